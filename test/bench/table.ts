import type { Shape } from './options.ts';
import type { AlphaResult, ContenderName, IngestResult, Limits, Report, Result } from './report.ts';

const NAMES: Readonly<Record<ContenderName, string>> = {
  'smooth-labels': 'Smooth Labels',
  'torch-eager': 'PyTorch',
  'torch-eager-kept': 'PyTorch kept',
  'torch-compile': 'torch.compile',
  'tfjs-wasm': 'tfjs wasm',
  'tfjs-cpu': 'tfjs cpu',
};
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
  [
    ['tfjs-cpu', 1],
    ['smooth-labels', 1],
  ],
];

type Column = readonly [contender: ContenderName, threads: number];

/** All that was measured, as Markdown that can be read as it is. */
export function renderReport(report: Report): string {
  const { results, limits, notes } = report;
  const parts = [about(report)];
  if (results.length > 0) {
    const shapes = shapesOf(results);
    parts.push('The loss of logits in memory, median in ms; T are threads:', timesTable(results, shapes));
    const ratios = ratiosTable(results, shapes);
    if (ratios !== undefined) parts.push('How many times as fast:', ratios);
  }
  const others = othersTable(report);
  if (others !== undefined) parts.push('Other work, median:', others);
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

function othersTable({ gradient, ingest, alpha }: Report): string | undefined {
  const rows = [
    ...gradientRows(gradient),
    ...ingestRows(ingest, 'npy', '.npy to all row statistics, a new process', 'torch-eager'),
    ...ingestRows(ingest, 'json', 'JSON of all digits to float32', 'json-parse'),
    ...alphaRows(alpha),
  ];
  return rows.length === 0 ? undefined : table(['', 'Smooth Labels', 'other', 'times as fast'], rows);
}

function gradientRows(gradient: readonly Result[]): string[][] {
  return shapesOf(gradient).flatMap((shape) => {
    const ours = find(gradient, shape, ['smooth-labels', 1]);
    return (['torch-eager', 'torch-eager-kept'] as const).map((peer) => {
      const theirs = find(gradient, shape, [peer, 1]);
      const other = theirs === undefined ? '' : `${duration(theirs)} ms, ${columnName([peer, 1])}`;
      return [
        `loss and gradient, ${shapeName(shape)}`,
        `${duration(ours)} ms, 1T`,
        other,
        ratio(theirs, ours),
      ];
    });
  });
}

function ingestRows(
  ingest: readonly IngestResult[],
  input: IngestResult['input'],
  title: string,
  peer: IngestResult['contender'],
): string[][] {
  const theirs = ingest.find((result) => result.input === input && result.contender === peer);
  return ingest
    .filter((result) => result.input === input && result.contender === 'smooth-labels')
    .map(({ megabytes, threads, medianMs }) => [
      `${megabytes.toFixed(0)} MB of ${title}`,
      `${duration(medianMs)} ms, ${threads}T`,
      theirs
        ? `${duration(theirs.medianMs)} ms, ${peer === 'json-parse' ? 'JSON.parse' : 'PyTorch'} ${theirs.threads}T`
        : '',
      ratio(theirs?.medianMs, medianMs),
    ]);
}

/** What doesn't depend on the shape is said once. */
function alphaRows(alpha: readonly AlphaResult[]): string[][] {
  if (alpha.length === 0) return [];
  const range = (values: readonly number[]) => {
    const [least, most] = [duration(Math.min(...values)), duration(Math.max(...values))];
    return least === most ? least : `${least} to ${most}`;
  };
  const means = range(alpha.map(({ meanMs }) => 1e6 * meanMs));
  const rows = range(alpha.map(({ shape, rowsMs }) => (1e6 * rowsMs) / shape[0]));
  return [
    ['another α: the mean, whatever the shape', `${means} ns`, '', ''],
    ['another α: the loss of each row', `${rows} ns a row`, '', ''],
  ];
}

function limitsLine({ readGBPerSecond: read, expGigaPerSecond: exp, firstTouchGBPerSecond }: Limits): string {
  return [
    `Limits of this machine in WASM on 1 and 2 threads: memory is read at ${duration(read.oneThread)}`,
    `and ${duration(read.twoThreads)} GB/s, exponentials of numbers in cache come at`,
    `${duration(exp.oneThread)} and ${duration(exp.twoThreads)} billion/s. Memory written for the first time comes at`,
    `${duration(firstTouchGBPerSecond)} GB/s: that's where PyTorch, if it doesn't keep its memory, spends its time.`,
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

function columnName([contender, threads]: Column): string {
  return `${NAMES[contender]} ${threads}T`;
}

function shapesOf(results: readonly Result[]): Shape[] {
  return [...new Map(results.map(({ shape }) => [shapeName(shape), shape])).values()];
}

function shapeName([rows, classes]: Shape): string {
  return `${rows}×${classes}`;
}

function find(results: readonly Result[], shape: Shape, [name, threads]: Column): number | undefined {
  const result = results.find(
    (each) =>
      each.contender === name && each.threads === threads && shapeName(each.shape) === shapeName(shape),
  );
  return result?.medianMs;
}

/** Three digits, or all those of a whole number. */
function duration(value: number | undefined): string {
  if (value === undefined) return '–';
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function ratio(slow: number | undefined, quick: number | undefined): string {
  if (slow === undefined || quick === undefined) return '–';
  const times = slow / quick;
  return `${times >= 100 ? times.toFixed(0) : times.toPrecision(2)}×`;
}

/** A Markdown table whose columns are aligned as text, too. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(header), rule, ...rows.map(line)].join('\n');
}
