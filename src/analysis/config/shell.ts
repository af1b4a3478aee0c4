import { isSmoothingFlag, meaningOfFlag } from '../apis/flags.ts';
import { meaningOf } from '../apis/keys.ts';
import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  rankedGuesses,
  type SaidClasses,
  saidFor,
} from '../classEvidence.ts';
import { datasetClasses } from '../datasets.ts';
import { type LineStarts, lineAt } from '../lines.ts';
import type { Alpha, LossConfig, Place, Span } from '../lossConfig.ts';
import { configured } from './configs.ts';
import type { ConfigObject, Scalar } from './entries.ts';
import { scalarOf } from './scalars.ts';
import { commandsOf, type Word } from './words.ts';

/** `NAME=value` that were seen. */
type Variables = Map<string, Scalar>;

/** α on the command lines of a script, from flags and from overrides (`criterion.label_smoothing=0.1`). */
export function shellConfigs(
  text: string,
  lineStarts: LineStarts,
  said: readonly SaidClasses[],
): readonly LossConfig[] {
  const variables: Variables = new Map();
  const shell = new Shell(text, lineStarts, variables, said);
  const found: LossConfig[] = [];
  for (const words of commandsOf(text)) found.push(...shell.configs(words));
  return found;
}

class Shell {
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #variables: Variables;
  readonly #said: readonly SaidClasses[];

  constructor(text: string, lines: LineStarts, variables: Variables, said: readonly SaidClasses[]) {
    this.#text = text;
    this.#lines = lines;
    this.#variables = variables;
    this.#said = said;
  }

  configs(words: readonly Word[]): readonly LossConfig[] {
    const first = words.findIndex((word) => !this.#assigned(word));
    if (first === -1 || /^(?:export|declare|local|readonly)$/.test(words[first]!.text)) {
      for (const word of words.slice(first + 1)) this.#assigned(word);
      return [];
    }
    const command = this.#text.slice(words[first]!.from, words.at(-1)!.to).replace(/\\\r?\n/g, ' ');
    return words.flatMap((word, i) => {
      if (i <= first && !/^-/.test(word.text)) return [];
      const config = this.#flag(word, words[i + 1], command, words) ?? this.#override(word, words);
      return config ? [config] : [];
    });
  }

  /** `LS=0.1` */
  #assigned(word: Word): boolean {
    const found = /^([A-Za-z_]\w*)=/.exec(word.text);
    if (!found) return false;
    this.#variables.set(found[1]!, this.#valueFor(word, found[0].length));
    return true;
  }

  #flag(word: Word, next: Word | undefined, command: string, words: readonly Word[]): LossConfig | undefined {
    const [flag = '', ...inline] = word.text.split('=');
    if (!isSmoothingFlag(flag)) return undefined;
    const separate = inline.length === 0 && next && !/^--?[A-Za-z]/.test(next.text) ? next : undefined;
    const meaning = meaningOfFlag(flag, command, inline.length > 0 || separate !== undefined);
    if (!meaning) return undefined;
    const scalar =
      inline.length > 0 ? this.#valueFor(word, flag.length + 1) : separate && this.#valueFor(separate, 0);
    if (!scalar && meaning.fixed === undefined && meaning.entry?.instead !== 'fixed') return undefined;
    if (scalar?.boolean !== undefined) return undefined;
    const callee = { from: word.from, to: word.from + flag.length };
    const span = { from: word.from, to: separate?.to ?? word.to };
    return this.#config('flag', flag, callee, span, scalar, words, meaning.fixed, meaning);
  }

  /** Hydra's */
  #override(word: Word, words: readonly Word[]): LossConfig | undefined {
    const found = /^\+{0,2}((?:\w+\.)*)([\w-]+)=/.exec(word.text);
    if (!found) return undefined;
    const [whole, above = '', key = ''] = found;
    const criterion = words.some(({ text }) => /label_smoothed_cross_entropy/.test(text));
    const meaning = meaningOf(key, this.#object(above, word));
    if (!meaning) return undefined;
    const scalar = this.#valueFor(word, whole.length);
    if (scalar.number === undefined && scalar.text === undefined) return undefined;
    const fairseq = criterion
      ? meaningOfFlag('--label-smoothing', 'label_smoothed_cross_entropy', true)
      : undefined;
    const entry = fairseq?.entry ?? meaning.entry;
    const convention = entry?.conventions.length === 1 ? entry.conventions[0]! : null;
    const callee = { from: word.from, to: word.from + whole.length - 1 };
    const name = whole.slice(0, -1).replace(/^\++/, '');
    return this.#config('key', name, callee, word, scalar, words, undefined, { entry, convention });
  }

  #object(above: string, word: Word): ConfigObject {
    const key = above.split('.').at(-2) ?? null;
    const line = lineAt(this.#lines, word.from);
    return { entries: [], parent: null, key, tag: null, span: word, line, lastLine: line };
  }

  #config(
    kind: LossConfig['kind'],
    name: string,
    callee: Span,
    { from, to }: Span,
    scalar: Scalar | undefined,
    words: readonly Word[],
    fixed: number | undefined,
    { entry, convention }: Pick<LossConfig, 'entry' | 'convention'>,
  ): LossConfig {
    const alpha: Alpha = {
      value: fixed ?? scalar?.number,
      text: scalar?.written ?? null,
      span: scalar?.span ?? null,
      argument: { from, to },
      origins: scalar?.origins ?? [],
      token: scalar?.token ?? null,
      insertion: null,
    };
    const line = lineAt(this.#lines, from);
    const last = lineAt(this.#lines, words.at(-1)!.to);
    const first = lineAt(this.#lines, words[0]!.from);
    return configured({
      kind,
      entry,
      name,
      convention,
      by: convention && 'api',
      span: { from, to },
      line,
      callee,
      alpha,
      integer: scalar?.integer ?? false,
      classes: classesOf(
        saidFor(this.#said, first, last),
        undefined,
        rankedGuesses(this.#classes(words)),
        null,
      ),
      weighted: false,
    });
  }

  /** `--num-classes 10`, `--dataset cifar10` */
  #classes(words: readonly Word[]): readonly Evidence[] {
    return words.flatMap((word, i): Evidence[] => {
      const [flag = '', inline] = word.text.split('=');
      if (!/^-|\./.test(flag)) return [];
      const next = inline === undefined ? words[i + 1] : undefined;
      const scalar =
        inline === undefined ? next && this.#valueFor(next, 0) : this.#valueFor(word, flag.length + 1);
      const name = flag.replace(/^-+|.*\./g, '').replaceAll('-', '_');
      if (!scalar) return [];
      const place = this.#place({ from: word.from, to: next?.to ?? word.to });
      const token = scalar.token?.place ?? null;
      if (COUNT_NAME.test(name) && scalar.number !== undefined)
        return [{ value: scalar.number, by: 'count', name: flag, place, token, weight: 4 }];
      const classes =
        /data|task/.test(name) && scalar.text !== undefined ? datasetClasses(scalar.text) : undefined;
      return classes === undefined
        ? []
        : [{ value: classes, by: 'dataset', name: scalar.text ?? '', place, token: null, weight: 3 }];
    });
  }

  /** What a word, or what of it is behind `skip` characters, comes to. */
  #valueFor(word: Word, skip: number): Scalar {
    const span = { from: word.from + (word.literal ? 0 : skip), to: word.to };
    const written = this.#text.slice(span.from, span.to);
    const bare = /^"[^"]*"$/.test(written) ? { from: span.from + 1, to: span.to - 1 } : span;
    const value = word.text.slice(skip);
    const scalar = scalarOf(this.#text.slice(bare.from, bare.to), value, false, this.#place(bare));
    const found = /^\$(?:(\w+)|\{(\w+)(?::?[-=]([^}]*))?\})$/.exec(value);
    const name = found?.[1] ?? found?.[2];
    if (name === undefined || word.text.includes("'")) return scalar;
    const known = this.#variables.get(name);
    const fallback = found?.[3];
    if (!known && fallback === undefined) return scalar;
    const target = known ?? scalarOf(fallback!, fallback!, false, this.#place(bare));
    const origin = { kind: 'constant', name, place: this.#place(target.span) } as const;
    const { number, text, integer, token, origins } = target;
    return {
      ...scalar,
      ...(number !== undefined && { number }),
      ...(text !== undefined && { text }),
      integer,
      token: known ? token : null,
      origins: [origin, ...origins],
    };
  }

  #place(span: Span): Place {
    return { span: { from: span.from, to: span.to }, line: lineAt(this.#lines, span.from) };
  }
}
