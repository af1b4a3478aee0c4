import type { FlagForm } from '../../frameworks/callForm.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { CommandSigns } from '../../frameworks/surroundings.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { fitsCommand } from './commandSigns.ts';
import { chosenConvention } from './conventionChoice.ts';

/** α on a command line. */
interface FlagMeaning {
  readonly entry: FrameworkApi | null;
  readonly convention: ConventionName | null;
  /** Of a flag that takes no value. */
  readonly fixed?: number;
}

/** Flags that say it is labels that are smoothed, in any framework. Without dashes, and with underscores. */
const SHARED =
  /^(?:label_smooth(?:ing)?(?:_(?:factor|eps(?:ilon)?|value|val|rate|alpha))?|ls_(?:eps(?:ilon)?|alpha)|smooth_eps|lsr)$/;

/** The probability that a preference is flipped goes by the same flag. */
const OTHER_MATTERS = /dpo|preference|reward/i;

/** What a flag means where a command has these signs. */
interface KnownFlag {
  readonly api: FrameworkApi;
  readonly form: FlagForm;
  readonly signs: CommandSigns | undefined;
}

/** The flags of the catalogue. */
export class SmoothingFlags {
  readonly #byName = new Map<string, KnownFlag[]>();

  constructor(apis: readonly FrameworkApi[]) {
    for (const api of apis) {
      for (const form of api.calls) {
        if (form.kind !== 'flag') continue;
        for (const name of new Set(form.paths.map(plainFlag))) {
          const list = this.#byName.get(name) ?? [];
          for (const signs of form.signs ?? [undefined]) list.push({ api, form, signs });
          this.#byName.set(name, list);
        }
      }
    }
    // A script is named, words are guessed from.
    for (const list of this.#byName.values())
      list.sort((a, b) => Number(b.signs?.script !== undefined) - Number(a.signs?.script !== undefined));
  }

  /** True for what may set α on a command line. */
  has(word: string): boolean {
    if (!/^--?\w/.test(word)) return false;
    const name = plainFlag(word);
    return SHARED.test(name) || this.#byName.has(name);
  }

  /** What a flag of the command sets. Undefined for one of another matter. */
  meaningOf(flag: string, command: CommandLine, hasValue: boolean): FlagMeaning | undefined {
    if (OTHER_MATTERS.test(command.text)) return undefined;
    const name = plainFlag(flag);
    const takes = (bare: number | null | undefined) => (hasValue ? bare !== null : bare !== undefined);
    const known = this.#byName
      .get(name)
      ?.find(({ form, signs }) => takes(form.bare) && (!signs || fitsCommand(signs, command)));
    if (!known) return hasValue && SHARED.test(name) ? { entry: null, convention: null } : undefined;
    const { api, form } = known;
    const { entry, convention } = chosenConvention({ api, variants: [] }, (option) =>
      command.valueOf(option),
    );
    return { entry, convention, ...(!hasValue && form.bare != null && { fixed: form.bare }) };
  }
}

/** A command with all its words, and what its flags mean. */
export class CommandLine {
  /** On one line. */
  readonly text: string;
  readonly #words: readonly { readonly text: string }[];
  readonly #flags: SmoothingFlags;
  readonly #known = new Map<string, FlagMeaning | undefined>();

  constructor(text: string, words: readonly { readonly text: string }[], flags: SmoothingFlags) {
    this.text = text;
    this.#words = words;
    this.#flags = flags;
  }

  /** What a flag sets. Undefined for one of another matter. The whole command is looked at once for each kind of flag. */
  meaningOf(flag: string, hasValue: boolean): FlagMeaning | undefined {
    const key = `${flag} ${hasValue}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#flags.meaningOf(flag, this, hasValue));
    return this.#known.get(key);
  }

  /** What an option is given; undefined if the command doesn't have it. */
  valueOf(option: string): { readonly kind: 'text'; readonly text: string } | undefined {
    const name = plainFlag(option);
    for (const [i, { text }] of this.#words.entries()) {
      if (!text.startsWith('-')) continue;
      const sign = text.indexOf('=');
      if (plainFlag(sign === -1 ? text : text.slice(0, sign)) !== name) continue;
      return { kind: 'text', text: sign === -1 ? (this.#words[i + 1]?.text ?? '') : text.slice(sign + 1) };
    }
    return undefined;
  }
}

/** The name of a flag: without its dashes, and with underscores. */
function plainFlag(flag: string): string {
  return flag.replace(/^--?/, '').replaceAll('-', '_');
}
