import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import { chosenConvention } from '../../apis/conventionChoice.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import { CommandLine } from '../../apis/smoothingFlags.ts';
import { classesOf, guessed, type SaidClasses, saidFor } from '../../classes/classEvidence.ts';
import { type LineStarts, lineAt } from '../../lineStarts.ts';
import type { Classes, LossAnalysis, LossConfig } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { lastWord } from '../../sourceTokens.ts';
import type { ConfigObject, Scalar } from '../configEntries.ts';
import { configured } from '../configuredLoss.ts';
import { classesOfCommand } from './commandClasses.ts';
import { ShellValues } from './shellValues.ts';
import { commandsOf, type ShellWord } from './shellWords.ts';

/** What is run says its name in the first so many characters of a command. */
const LONGEST_COMMAND = 1 << 15;
/** Words between two yields. */
const WORDS = 200;

/** α on the command lines of a script, from flags and from overrides (`criterion.label_smoothing=0.1`). */
export function* lossesInCommands(
  text: string,
  lineStarts: LineStarts,
  comments: readonly SaidClasses[],
  apis: KnownApis,
): Work<Pick<LossAnalysis, 'configs' | 'failures'>> {
  const shell = new Shell(text, new ShellValues(text, lineStarts), comments, apis);
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
  readonly line: CommandLine;
  readonly classes: Classes;
}

/** What a word of a command sets. */
interface Setting extends Pick<LossConfig, 'kind' | 'name' | 'entry' | 'convention' | 'callee'> {
  readonly span: SourceSpan;
  readonly scalar: Scalar | undefined;
  /** α of a flag that stands without a value. */
  readonly fixed?: number | undefined;
}

class Shell {
  readonly #text: string;
  readonly #values: ShellValues;
  readonly #comments: readonly SaidClasses[];
  readonly #apis: KnownApis;

  constructor(text: string, values: ShellValues, comments: readonly SaidClasses[], apis: KnownApis) {
    this.#text = text;
    this.#values = values;
    this.#comments = comments;
    this.#apis = apis;
  }

  *lossesOfFlags(words: readonly ShellWord[]): Work<readonly LossConfig[]> {
    const first = yield* this.#assignedTo(words);
    if (first === words.length || /^(?:export|declare|local|readonly)$/.test(words[first]!.text)) {
      for (const [i, word] of words.slice(first + 1).entries()) {
        if (i % WORDS === WORDS - 1) yield i / words.length;
        this.#values.assign(word);
      }
      return [];
    }
    const configs: LossConfig[] = [];
    let command: Command | undefined;
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if ((i <= first && !word.text.startsWith('-')) || !maySmooth(word)) continue;
      command ??= yield* this.#command(words, words[first]!.from);
      const setting = this.#flag(word, words[i + 1], command) ?? this.#override(word, command);
      if (setting) configs.push(this.#config(setting, command));
    }
    return configs;
  }

  /** `from`: where the program is, behind what is assigned for it. */
  *#command(words: readonly ShellWord[], from: number): Work<Command> {
    const { to } = words.at(-1)!;
    const [first, last] = [this.#values.lineOf(words[0]!.from), this.#values.lineOf(to)];
    const classes = guessed(yield* classesOfCommand(words, this.#values));
    const line = this.#text.slice(from, Math.min(to, from + LONGEST_COMMAND)).replace(/\\\r?\n/g, ' ');
    return {
      line: new CommandLine(line, words, this.#apis.flags),
      classes: classesOf(saidFor(this.#comments, first, last), undefined, classes, null),
    };
  }

  /** Takes what is assigned at the start of a command; returns where that ends. */
  *#assignedTo(words: readonly ShellWord[]): Work<number> {
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if (!this.#values.assign(word)) return i;
    }
    return words.length;
  }

  #flag(word: ShellWord, next: ShellWord | undefined, { line }: Command): Setting | undefined {
    const sign = word.text.indexOf('=');
    const flag = sign === -1 ? word.text : word.text.slice(0, sign);
    if (!this.#apis.flags.has(flag)) return undefined;
    const separate = sign === -1 && next && !/^--?[A-Za-z]/.test(next.text) ? next : undefined;
    const meaning = line.meaningOf(flag, sign !== -1 || separate !== undefined);
    if (!meaning) return undefined;
    const valued = sign === -1 ? separate : word;
    const scalar = valued && this.#values.valueFor(valued, sign + 1);
    const { entry, convention, fixed } = meaning;
    if (!scalar && fixed === undefined && entry?.instead !== 'fixed') return undefined;
    if (scalar?.boolean !== undefined) return undefined;
    const callee = { from: word.from, to: word.from + flag.length };
    const span = { from: word.from, to: separate?.to ?? word.to };
    return { kind: 'flag', name: flag, entry, convention, callee, span, scalar, fixed };
  }

  /** Hydra's */
  #override(word: ShellWord, { line }: Command): Setting | undefined {
    const match = /^\+{0,2}((?:\w+\.)*)([\w-]+)=/.exec(word.text);
    if (!match) return undefined;
    const [whole, above = '', key = ''] = match;
    const anywhere = this.#apis.keys.meaningOf(key, this.#object(above, word));
    if (!anywhere) return undefined;
    const scalar = this.#values.valueFor(word, whole.length);
    if (scalar.number === undefined && scalar.text === undefined) return undefined;
    const meaning = this.#apis.keys.overridden(key, line) ?? anywhere;
    const { entry, convention } = meaning.api
      ? chosenConvention(meaning, (option) => line.valueOf(option))
      : { entry: null, convention: null };
    const callee = { from: word.from, to: word.from + whole.length - 1 };
    const name = whole.slice(0, -1).replace(/^\++/, '');
    return { kind: 'key', name, entry, convention, callee, span: word, scalar };
  }

  #object(above: string, word: ShellWord): ConfigObject {
    const key = above === '' ? null : lastWord(above.slice(0, -1));
    const line = this.#values.lineOf(word.from);
    return { entries: [], parent: null, key, tag: null, span: word, line, lastLine: line };
  }

  #config({ scalar, fixed, span: { from, to }, ...setting }: Setting, { classes }: Command): LossConfig {
    return configured({
      ...setting,
      by: setting.convention && 'api',
      span: { from, to },
      line: this.#values.lineOf(from),
      alpha: {
        value: fixed ?? scalar?.number,
        text: scalar?.written ?? null,
        span: scalar?.span ?? null,
        argument: { from, to },
        origins: scalar?.origins ?? [],
        token: scalar?.token ?? null,
        insertion: null,
      },
      integer: scalar?.integer ?? false,
      classes,
      weighted: false,
    });
  }
}

/** It is worth looking closer at. */
function maySmooth({ text }: ShellWord): boolean {
  return text.startsWith('-') || text.includes('=');
}
