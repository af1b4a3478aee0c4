import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import type { KnownApis } from '../../apis/knownApis.ts';
import { remembered } from '../../common/remembered.ts';
import type { LineStarts } from '../../lineStarts.ts';
import type { LossConfig } from '../../lossConfig.ts';
import type { ConfigEntry, ConfigObject, Scalar } from '../configEntries.ts';
import type { ConfigFile } from '../configFile.ts';
import { choiceOf } from '../configLosses.ts';
import { Shell } from './shellCommands.ts';
import { commandsIn, type ShellWord } from './shellWords.ts';

/** Keys of what is run: of launch.json and tasks.json, of workflows, pipelines and containers. */
const COMMAND =
  /^(?:run|script|before_script|commandLine|commands|argv|arguments|entry_?point|setup|(?:\w+_)?(?:args|flags|cmd|command))$/i;
/** A word without which no flag is α's. */
const HINT = /smooth|lsm|\blsr?\b|\bls_|eps/i;
/** Variables of a workflow that are known at its commands. */
const MOST_VARIABLES = 200;
/** Entries between two yields. */
const ENTRIES = 200;

/** α on the command lines that a config file holds: `"args": ["--label-smoothing", "0.1"]`, `run: python train.py …`. */
export function* lossesInConfigCommands(
  { objects, comments }: ConfigFile,
  text: string,
  lines: LineStarts,
  apis: KnownApis,
  failures: AnalysisFailure[],
): Work<readonly LossConfig[]> {
  const losses: LossConfig[] = [];
  let count = 0;
  for (const object of objects) {
    for (const entry of object.entries) {
      if (++count % ENTRIES === 0) yield 0;
      if (!COMMAND.test(entry.key)) continue;
      const shell = new Shell(text, lines, comments, apis, (name) => variablesOf(objects).get(name));
      for (const words of commandsOfEntry(entry, text)) {
        if (++count % ENTRIES === 0 || !words) yield 0;
        if (!words) continue;
        for (const loss of yield* guardedSteps(failures, entry.line, shell.lossesOf(words)))
          losses.push(loss);
      }
    }
  }
  return losses;
}

/** The commands that an entry holds, of those that may set α. Gives nothing at times: long texts take theirs. */
function* commandsOfEntry(
  { scalar, items = [], lines }: ConfigEntry,
  text: string,
): Generator<readonly ShellWord[] | undefined> {
  const texts = [scalar, lines, ...items].filter((each) => each?.text !== undefined) as Scalar[];
  if (!texts.some((each) => HINT.test(each.text!))) return;
  if (items.length > 0 && !items.some((each) => /\s/.test(each.text ?? '')))
    yield items.map((each) => wordOf(each, text));
  else for (const each of texts) yield* commandsOfText(each, text);
}

/** A scalar as the word it's handed over as. */
function wordOf(scalar: Scalar, text: string): ShellWord {
  return { ...insideQuotes(scalar, text), text: scalar.text ?? scalar.written, literal: false };
}

/** Text in quotes has its escapes: it's read as long as it has none. */
function* commandsOfText(scalar: Scalar, text: string): Generator<readonly ShellWord[] | undefined> {
  const span = insideQuotes(scalar, text);
  if (text.slice(span.from, span.to).includes('\\"')) return;
  const commands = commandsIn(text, span);
  if (!isFolded(scalar, text)) return yield* commands;
  const all: ShellWord[] = [];
  for (const words of commands) {
    yield undefined;
    for (const word of words ?? []) all.push(word);
  }
  if (all.length > 0) yield all;
}

/** Its lines are one: below a `>`, or without any sign. */
function isFolded({ span: { from }, written }: Scalar, text: string): boolean {
  const isBlock = text[from - 1] === '\n';
  return isBlock
    ? />[-+\d]*[ \t]*\r?\n$/.test(text.slice(Math.max(0, from - 10), from))
    : written.includes('\n');
}

function insideQuotes(
  { span: { from, to } }: Scalar,
  text: string,
): { readonly from: number; readonly to: number } {
  const first = text[from];
  const isQuoted = (first === '"' || first === "'") && to - from > 1 && text[to - 1] === first;
  return isQuoted ? { from: from + 1, to: to - 1 } : { from, to };
}

/** `${{ matrix.smoothing }}` and `${{ env.SMOOTHING }}`: what a workflow sets. */
const variablesOf = remembered((objects: readonly ConfigObject[]): ReadonlyMap<string, Scalar> => {
  const variables = new Map<string, Scalar>();
  for (const { key, entries } of objects) {
    if (key !== 'matrix' && key !== 'env') continue;
    for (const entry of entries) {
      const value = entry.scalar ?? choiceOf(entry)?.scalar;
      if (!value || variables.size >= MOST_VARIABLES) continue;
      variables.set(`${key}.${entry.key}`, value);
      if (key === 'env') variables.set(entry.key, value);
    }
  }
  return variables;
});
