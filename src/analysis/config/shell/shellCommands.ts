import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import { CommandLine } from '../../apis/smoothingFlags.ts';
import { classesOf, guessed, type SaidClasses, saidFor } from '../../classes/classEvidence.ts';
import { type LineStarts, lineAt } from '../../lineStarts.ts';
import type { Classes, LossAnalysis, LossConfig } from '../../lossConfig.ts';
import { certain } from '../configAlpha.ts';
import type { Scalar } from '../configEntries.ts';
import { configured } from '../configuredLoss.ts';
import { classesOfCommand } from './commandClasses.ts';
import { type Setting, settingsOf } from './commandSettings.ts';
import { ShellBlocks } from './shellBlocks.ts';
import { ShellValues } from './shellValues.ts';
import { commandsOf, type ShellWord, wordsIn } from './shellWords.ts';

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
  const shell = new Shell(text, lineStarts, comments, apis);
  const configs: LossConfig[] = [];
  const failures: AnalysisFailure[] = [];
  let count = 0;
  for (const words of commandsOf(text)) {
    if (!words) {
      yield 0;
      continue;
    }
    const line = lineAt(lineStarts, words[0]!.from);
    for (const config of yield* guardedSteps(failures, line, shell.lossesOf(words))) configs.push(config);
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

/** A script, command by command: what one assigns the next ones see. */
export class Shell {
  readonly #text: string;
  readonly #values: ShellValues;
  readonly #blocks = new ShellBlocks();
  readonly #comments: readonly SaidClasses[];
  readonly #apis: KnownApis;

  /** `outside`: variables that are set outside of it. */
  constructor(
    text: string,
    lineStarts: LineStarts,
    comments: readonly SaidClasses[],
    apis: KnownApis,
    outside: (name: string) => Scalar | undefined = () => undefined,
  ) {
    this.#text = text;
    this.#values = new ShellValues(text, lineStarts, outside);
    this.#comments = comments;
    this.#apis = apis;
  }

  /** The losses that the next command configures. */
  *lossesOf(words: readonly ShellWord[]): Work<readonly LossConfig[]> {
    const { array, maybe, loop } = this.#blocks.enter(words, this.#text);
    if (array !== undefined) this.#values.assignOneOf(array, words);
    if (loop) {
      this.#values.assignOneOf(loop.variable, loop.words);
      return [];
    }
    const first = yield* this.#assignedTo(words, 0, maybe);
    const declares = /^(?:export|declare|local|readonly|env)$/.test(words[first]?.text ?? '');
    if (first < words.length && !declares) return yield* this.#lossesOfCommand(words, first);
    yield* this.#assignedTo(words, first + 1, maybe);
    return yield* this.#lossesInTexts(words);
  }

  /** `isInner`: it's in quotes itself. */
  *#lossesOfCommand(
    words: readonly ShellWord[],
    first: number,
    isInner = false,
  ): Work<readonly LossConfig[]> {
    const configs: LossConfig[] = [];
    let command: Command | undefined;
    const hands = !isInner && !/^(?:echo|printf|git|grep)$/.test(words[first]!.text);
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if (hands && mayBeCommand(word)) {
        configs.push(...(yield* this.#lossesInText(word)));
        continue;
      }
      if ((i <= first && !word.text.startsWith('-')) || !maySmooth(word)) continue;
      command ??= yield* this.#command(words, words[first]!.from);
      for (const setting of settingsOf(words, i, command.line, this.#values, this.#apis))
        configs.push(this.#config(setting, command));
    }
    return configs;
  }

  /** `bash -c "python train.py --label-smoothing 0.1"`, `--wrap="…"` */
  *#lossesInText(word: ShellWord): Work<readonly LossConfig[]> {
    const quote = /^[\w-]*=?["']/.exec(this.#text.slice(word.from, word.from + LONGEST_VARIABLE));
    if (!quote) return [];
    const inner = wordsIn(this.#text, { from: word.from + quote[0].length, to: word.to - 1 });
    return yield* this.#lossesOfCommand(inner, 0, true);
  }

  /** `ARGS="--lr 0.1 --label-smoothing 0.1"` */
  *#lossesInTexts(words: readonly ShellWord[]): Work<readonly LossConfig[]> {
    const configs: LossConfig[] = [];
    for (const [i, word] of words.entries()) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      const flags = /^\w+\+?=\$?["']/.exec(this.#text.slice(word.from, word.from + LONGEST_VARIABLE));
      if (!flags || !/\s-/.test(word.text)) continue;
      const inner = wordsIn(this.#text, { from: word.from + flags[0].length, to: word.to - 1 });
      if (inner.length > 1) configs.push(...(yield* this.#lossesOfCommand(inner, 0)));
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

  /** Takes what is assigned from a word on; returns where that ends. */
  *#assignedTo(words: readonly ShellWord[], from: number, maybe: boolean): Work<number> {
    for (let i = from; i < words.length; i++) {
      if (i % WORDS === WORDS - 1) yield i / words.length;
      if (!this.#values.assign(words[i]!, maybe) && from === 0) return i;
    }
    return words.length;
  }

  #config(
    { scalar, fixed, span: { from, to }, ...setting }: Setting,
    { classes, line }: Command,
  ): LossConfig {
    return configured({
      ...setting,
      by: setting.convention && 'api',
      span: { from, to },
      line: this.#values.lineOf(from),
      alpha: {
        ...certain(fixed ?? scalar?.number, scalar?.written ?? setting.name, scalar),
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
      around: [line.text],
    });
  }
}

/** Characters of a command in quotes. */
const LONGEST_QUOTED = 4000;
/** Characters of the name of a variable that is looked at. */
const LONGEST_VARIABLE = 100;

/** A command in quotes, which another one hands on. */
function mayBeCommand({ text }: ShellWord): boolean {
  return (
    text.length < LONGEST_QUOTED &&
    text.includes(' -') &&
    /smooth/i.test(text) &&
    /\bpython|torchrun|accelerate|\.py\b/.test(text)
  );
}

/** It is worth looking closer at. */
function maySmooth({ text }: ShellWord): boolean {
  return text.startsWith('-') || text.includes('=') || (text.includes('.') && /smooth|eps/i.test(text));
}
