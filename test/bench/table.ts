import { type Column, columnName, find, NAMES, shapeName, shapesOf } from './columns.ts';
import { limitsTable } from './limitsTable.ts';
import { duration, ratio, table } from './markdown.ts';
import type { Shape } from './options.ts';
import { othersTable } from './otherWork.ts';
import { questionsTable } from './questionsTable.ts';
import type { Limits, Report, Result } from './report.ts';

/** Who is compared with whom: contender and threads. */
const RATIOS: readonly (readonly [slow: Column, quick: Column])[] = [
  [
    ['torch-eager', 2],
    ['smooth-labels', 1],
  ],
  [
    ['torch-eager', 2],
    ['smooth-labels', 2],
  ],
  [
    ['torch-eager-kept', 1],
    ['smooth-labels', 1],
  ],
  [
    ['torch-eager-kept', 2],
    ['smooth-labels', 2],
  ],
  [
    ['torch-compile', 1],
    ['smooth-labels', 1],
  ],
  [
    ['torch-compile', 2],
    ['smooth-labels', 2],
  ],
  [
    ['tfjs-wasm', 1],
    ['smooth-labels', 1],
  ],
  // In Node it has no threads to use.
  [
    ['tfjs-wasm', 1],
    ['smooth-labels', 2],
  ],
  [
    ['tfjs-cpu', 1],
    ['smooth-labels', 1],
  ],
];

/** All that was measured, as Markdown that can be read as it is. */
export function renderReport(report: Report): string {
  const { results, limits, notes } = report;
  const parts = [about(report)];
  if (results.length > 0) {
    const shapes = shapesOf(results);
    parts.push('The loss of logits in memory, median in ms; T are threads:', timesTable(results, shapes));
    const ratios = ratiosTable(results, shapes);
    if (ratios !== undefined) parts.push('Speedup:', ratios);
    const nearness = limits && limitsTable(results, limits);
    if (nearness)
      parts.push(
        'By what the machine takes at least, either to read the logits, or for an exponential of each and a logarithm of each row:',
        nearness,
      );
  }
  const others = othersTable(report);
  if (others !== undefined) parts.push('Other work, medians:', others);
  const questions = questionsTable(report.questions);
  if (questions !== undefined)
    parts.push('What else is asked of logits in memory, by what the loss takes in the same run:', questions);
  if (limits) parts.push(limitsLine(limits));
  if (notes.length > 0) parts.push(`Left out: ${notes.join('; ')}.`);
  return `${parts.join('\n\n')}\n`;
}

function about({ machine, versions }: Report): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const { cpu, threads, memoryGB, system } = machine;
  return `${cpu}, ${threads} threads, ${memoryGB} GB, ${system}; ${programs.join(', ')}.`;
}

function timesTable(results: readonly Result[], shapes: readonly Shape[]): string {
  const columns = columnsOf(results);
  return table(
    ['rows × classes', ...columns.map(columnName)],
    shapes.map((shape) => [
      shapeName(shape),
      ...columns.map((column) => duration(find(results, shape, column))),
    ]),
  );
}

function ratiosTable(results: readonly Result[], shapes: readonly Shape[]): string | undefined {
  const has = ([contender, threads]: Column) =>
    results.some((result) => result.contender === contender && result.threads === threads);
  const pairs = RATIOS.filter((pair) => pair.every(has));
  if (pairs.length === 0) return undefined;
  return table(
    ['rows × classes', ...pairs.map((pair) => pair.map(columnName).join(' ÷ '))],
    shapes.map((shape) => [
      shapeName(shape),
      ...pairs.map(([slow, quick]) => ratio(find(results, shape, slow), find(results, shape, quick))),
    ]),
  );
}

function limitsLine(limits: Limits): string {
  const {
    readGBPerSecond: read,
    expGigaPerSecond: exp,
    logGigaPerSecond: log,
    firstTouchGBPerSecond,
  } = limits;
  return [
    `Limits of this machine in WASM on 1 and 2 threads: memory is read at ${duration(read.oneThread)}`,
    `and ${duration(read.twoThreads)} GB/s; of numbers in cache exponentials come at ${duration(exp.oneThread)}`,
    `and ${duration(exp.twoThreads)} billion/s, logarithms at ${duration(log.oneThread)} and ${duration(log.twoThreads)}. Memory written for the first time comes at`,
    `${duration(firstTouchGBPerSecond)} GB/s, as that of PyTorch does in every call unless it's kept.`,
  ].join(' ');
}

function columnsOf(results: readonly Result[]): Column[] {
  const columns = Object.keys(NAMES).flatMap((name) => {
    const of = results.filter(({ contender }) => contender === name);
    return [...new Set(of.map(({ threads }) => threads))]
      .sort((a, b) => a - b)
      .map((threads) => [of[0]!.contender, threads] as const);
  });
  return columns;
}
