import type { FlagForm } from '../../frameworks/callForm.ts';
import type { FrameworkApi } from '../../frameworks/frameworkApi.ts';
import type { CommandSigns } from '../../frameworks/surroundings.ts';
import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { lastWord } from '../sourceTokens.ts';
import { fitsCommand } from './commandSigns.ts';
import { chosenConvention } from './conventionChoice.ts';

/** α on a command line. */
interface FlagMeaning {
  readonly entry: FrameworkApi | null;
  readonly convention: ConventionName | null;
  /** Of a flag that takes no value. */
  readonly fixed?: number;
  /** By a flag that may be another's: only a value that may be α makes it one. */
  readonly isGuess?: true;
}

/** Flags that say it is labels that are smoothed, in any framework. Without dashes, and with underscores. */
const SHARED =
  /^(?:label_smooth(?:ing)?(?:_(?:factor|eps(?:ilon)?|value|val|rate|alpha))?|ls_(?:eps(?:ilon)?|alpha)|smooth_eps|lsr)$/;

/** `--smoothing` may be anything's, but what a training script of classifiers is told. */
const GUESSED = 'smoothing';
const TRAINS =
  /^(?:main|run|fit|train|training|finetune|fine_tune|pretrain|train_\w+|main_\w+|finetune_\w+)$/;
const RUNNERS = /python|torchrun|accelerate|deepspeed|executable|launch/;
const OTHER_SCRIPTS = /tts|voice|speech|pitch|pose|depth|flow|plot|track|ppo|dqn|_rl|forecast|gan|nerf/i;

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
    return SHARED.test(name) || name === GUESSED || this.#byName.has(name);
  }

  /** What a flag of the command sets. Undefined for one of another matter. */
  meaningOf(flag: string, command: CommandLine, hasValue: boolean): FlagMeaning | undefined {
    if (OTHER_MATTERS.test(command.text)) return undefined;
    const name = plainFlag(flag);
    const takes = (bare: number | null | undefined) => (hasValue ? bare !== null : bare !== undefined);
    const known = this.#byName
      .get(name)
      ?.find(({ form, signs }) => takes(form.bare) && (!signs || fitsCommand(signs, command)));
    if (!known) {
      const isGuess = name === GUESSED && command.trains;
      if (!hasValue || !(isGuess || SHARED.test(name))) return undefined;
      return { entry: null, convention: null, ...(isGuess && { isGuess }) };
    }
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

  /** It runs a script, or a module, that trains a classifier, by its name. */
  get trains(): boolean {
    let isRun = false;
    return this.#words.some(({ text }, i) => {
      // `tensorboard … main.py` runs no script.
      const runs = isRun || i === 0;
      isRun ||= RUNNERS.test(text);
      if (!runs) return false;
      const isModule = this.#words[i - 1]?.text === '-m';
      if (!isModule && !text.endsWith('.py')) return false;
      const name = lastWord(isModule ? text : text.slice(0, -'.py'.length));
      return TRAINS.test(name) && !OTHER_SCRIPTS.test(name);
    });
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
