import { columnName, find, shapeName, shapesOf } from './columns.ts';
import { duration, ratio, table } from './markdown.ts';
import type { AlphaResult, IngestResult, Report, Result } from './report.ts';

/** What isn't a loss of logits in memory; undefined if nothing of it was measured. */
export function othersTable({ gradient, ingest, alpha }: Report): string | undefined {
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
