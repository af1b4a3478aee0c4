import { apiOf } from '../../frameworks/catalogue.ts';
import type { Work } from '../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../analysisFailures.ts';
import { meaningOf } from '../apis/configKeys.ts';
import { CommandLine, isSmoothingFlag } from '../apis/smoothingFlags.ts';
import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  guessed,
  type SaidClasses,
  saidFor,
} from '../classes/classEvidence.ts';
import { datasetClasses } from '../classes/datasetClasses.ts';
import { type LineStarts, lineAt } from '../lineStarts.ts';
import type { Classes, ConfigAlpha, LossAnalysis, LossConfig } from '../lossConfig.ts';
import { MOST_ORIGINS } from '../python/values/originLimit.ts';
import type { SourcePlace, SourceSpan } from '../sourcePlace.ts';
import { lastWord } from '../sourceTokens.ts';
import type { ConfigObject, Scalar } from './configEntries.ts';
import { configured } from './configLosses.ts';
import { commandsOf, type ShellWord } from './shellWords.ts';
import { scalarOf } from './yamlScalars.ts';

/** What is run says its name in the first so many characters of a command. */
const LONGEST_COMMAND = 1 << 15;
/** Words between two yields. */
const WORDS = 200;

/** α on the command lines of a script, from flags and from overrides (`criterion.label_smoothing=0.1`). */
export function* lossesInCommands(
  text: string,
  lineStarts: LineStarts,
  said: readonly SaidClasses[],
): Work<Pick<LossAnalysis, 'configs' | 'failures'>> {
  const shell = new Shell(text, lineStarts, said);
  const configs: LossConfig[] = [];
  const failures: AnalysisFailure[] = [];
  let count = 0;
  for (const words of commandsOf(text)) {
    if (!words) {
      yield 0;
      continue;
    }
    const line = lineAt(lineStarts, words[0]!.from);
    for (const config of yield* guardedSteps(failures, line, shell.lossesOfFlags(words)))
      configs.push(config);
    count += words.length;
    if (count < WORDS) continue;
    count = 0;
    yield words[0]!.from / text.length;
  }
  return { configs, failures };
}

/** A command, and what is found out about it once for all of its words. */
interface Command {
  readonly words: readonly ShellWord[];
  readonly line: CommandLine;
  readonly isFairseq: boolean;
  readonly classes: Classes;
}

class Shell {
  readonly #text: string;
  readonly #lines: LineStarts;
  /** `NAME=value` that were seen. */
  readonly #variables = new Map<string, Scalar>();
  readonly #said: readonly SaidClasses[];

  constructor(text: string, lines: LineStarts, said: readonly SaidClasses[]) {
    this.#text = text;
    this.#lines = lines;
    this.#said = said;
  }

  *lossesOfFlags(words: readonly ShellWord[]): Work<readonly LossConfig[]> {
    const first = yield* this.#assignedTo(words);
    if (first === words.length || /^(?:export|declare|local|readonly)$/.test(words[first]!.text)) {
      for (const [i, word] of words.slice(first + 1).entries()) {
        if (i % WORDS === WORDS - 1) yield i / words.length;
        this.#assigned(word);
      }
      return [];
    }
    const found: LossConfig[] = [];
    let command: Command | undefined;
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if ((i <= first && !word.text.startsWith('-')) || !maySmooth(word)) continue;
      command ??= yield* this.#lossesOfCommand(words, words[first]!.from);
      const config = this.#flag(word, words[i + 1], command) ?? this.#override(word, command);
      if (config) found.push(config);
    }
    return found;
  }

  *#lossesOfCommand(words: readonly ShellWord[], from: number): Work<Command> {
    const to = words.at(-1)!.to;
    const [first, last] = [lineAt(this.#lines, words[0]!.from), lineAt(this.#lines, to)];
    const classes = yield* this.#classesOfCommand(words);
    return {
      words,
      line: new CommandLine(
        this.#text.slice(from, Math.min(to, from + LONGEST_COMMAND)).replace(/\\\r?\n/g, ' '),
      ),
      isFairseq: words.some(({ text }) => text.includes('label_smoothed_cross_entropy')),
      classes: classesOf(saidFor(this.#said, first, last), undefined, guessed(classes), null),
    };
  }

  /** Takes what is assigned at the start of a command; returns where that ends. */
  *#assignedTo(words: readonly ShellWord[]): Work<number> {
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if (!this.#assigned(word)) return i;
    }
    return words.length;
  }

  /** `LS=0.1` */
  #assigned(word: ShellWord): boolean {
    const found = /^([A-Za-z_]\w*)=/.exec(word.text);
    if (!found) return false;
    this.#variables.set(found[1]!, this.#valueFor(word, found[0].length));
    return true;
  }

  #flag(word: ShellWord, next: ShellWord | undefined, command: Command): LossConfig | undefined {
    const sign = word.text.indexOf('=');
    const flag = sign === -1 ? word.text : word.text.slice(0, sign);
    if (!isSmoothingFlag(flag)) return undefined;
    const separate = sign === -1 && next && !/^--?[A-Za-z]/.test(next.text) ? next : undefined;
    const meaning = command.line.meaningOf(flag, sign !== -1 || separate !== undefined);
    if (!meaning) return undefined;
    const scalar =
      sign !== -1 ? this.#valueFor(word, flag.length + 1) : separate && this.#valueFor(separate, 0);
    if (!scalar && meaning.fixed === undefined && meaning.entry?.instead !== 'fixed') return undefined;
    if (scalar?.boolean !== undefined) return undefined;
    const callee = { from: word.from, to: word.from + flag.length };
    const span = { from: word.from, to: separate?.to ?? word.to };
    return this.#config('flag', flag, callee, span, scalar, command, meaning.fixed, meaning);
  }

  /** Hydra's */
  #override(word: ShellWord, command: Command): LossConfig | undefined {
    const found = /^\+{0,2}((?:\w+\.)*)([\w-]+)=/.exec(word.text);
    if (!found) return undefined;
    const [whole, above = '', key = ''] = found;
    const meaning = meaningOf(key, this.#object(above, word));
    if (!meaning) return undefined;
    const scalar = this.#valueFor(word, whole.length);
    if (scalar.number === undefined && scalar.text === undefined) return undefined;
    const entry = command.isFairseq ? (apiOf('fairseq') ?? meaning.entry) : meaning.entry;
    const convention = entry?.conventions.length === 1 ? entry.conventions[0]! : null;
    const callee = { from: word.from, to: word.from + whole.length - 1 };
    const name = whole.slice(0, -1).replace(/^\++/, '');
    return this.#config('key', name, callee, word, scalar, command, undefined, { entry, convention });
  }

  #object(above: string, word: ShellWord): ConfigObject {
    const key = above === '' ? null : lastWord(above.slice(0, -1));
    const line = lineAt(this.#lines, word.from);
    return { entries: [], parent: null, key, tag: null, span: word, line, lastLine: line };
  }

  #config(
    kind: LossConfig['kind'],
    name: string,
    callee: SourceSpan,
    { from, to }: SourceSpan,
    scalar: Scalar | undefined,
    { classes }: Command,
    fixed: number | undefined,
    { entry, convention }: Pick<LossConfig, 'entry' | 'convention'>,
  ): LossConfig {
    const alpha: ConfigAlpha = {
      value: fixed ?? scalar?.number,
      text: scalar?.written ?? null,
      span: scalar?.span ?? null,
      argument: { from, to },
      origins: scalar?.origins ?? [],
      token: scalar?.token ?? null,
      insertion: null,
    };
    const line = lineAt(this.#lines, from);
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
      classes,
      weighted: false,
    });
  }

  /** `--num-classes 10`, `--dataset cifar10` */
  *#classesOfCommand(words: readonly ShellWord[]): Work<readonly Evidence[]> {
    const found: Evidence[] = [];
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      const evidence = this.#evidence(word, words[i + 1]);
      if (evidence) found.push(evidence);
    }
    return found;
  }

  #evidence(word: ShellWord, next: ShellWord | undefined): Evidence | undefined {
    const sign = word.text.indexOf('=');
    const flag = sign === -1 ? word.text : word.text.slice(0, sign);
    if (!flag.startsWith('-') && !flag.includes('.')) return undefined;
    const name = flag
      .slice(flag.lastIndexOf('.') + 1)
      .replace(/^-+/, '')
      .replaceAll('-', '_');
    const isCount = COUNT_NAME.test(name);
    if (!isCount && !/data|task/.test(name)) return undefined;
    const separate = sign === -1 ? next : undefined;
    const scalar =
      sign === -1 ? separate && this.#valueFor(separate, 0) : this.#valueFor(word, flag.length + 1);
    if (!scalar) return undefined;
    const { number, text } = scalar;
    const place = this.#place({ from: word.from, to: separate?.to ?? word.to });
    if (isCount && number !== undefined) {
      const token = scalar.token?.place ?? null;
      return { value: number, by: 'count', name: flag, place, token, weight: 4 };
    }
    const classes = isCount || text === undefined ? undefined : datasetClasses(text);
    if (classes === undefined) return undefined;
    return { value: classes, by: 'dataset', name: text ?? '', place, token: null, weight: 3 };
  }

  /** What a word, or what of it is behind `skip` characters, comes to. */
  #valueFor(word: ShellWord, skip: number): Scalar {
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
    if (target.origins.length >= MOST_ORIGINS) return scalar;
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

  #place(span: SourceSpan): SourcePlace {
    return { span: { from: span.from, to: span.to }, line: lineAt(this.#lines, span.from) };
  }
}

/** It is worth looking closer at. */
function maySmooth({ text }: ShellWord): boolean {
  return text.startsWith('-') || text.includes('=');
}
