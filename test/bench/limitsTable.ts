import { find, shapeName, shapesOf } from './columns.ts';
import { duration, ratio, table } from './markdown.ts';
import type { Shape } from './options.ts';
import type { Limits, Result } from './report.ts';

const THREADS = ['oneThread', 'twoThreads'] as const;

/** How near the loss comes to what the machine can do at most; undefined if that wasn't measured. */
export function limitsTable(results: readonly Result[], limits: Limits): string | undefined {
  const own = results.filter(({ contender }) => contender === 'smooth-labels');
  if (own.length === 0) return undefined;
  const header = THREADS.flatMap((_, i) => [`limit ${i + 1}T, ms`, `loss ÷ limit ${i + 1}T`]);
  return table(
    ['rows × classes', ...header],
    shapesOf(own).map((shape) => [
      shapeName(shape),
      ...THREADS.flatMap((threads, i) => {
        const least = leastMs(shape, limits, threads);
        return [duration(least), ratio(find(own, shape, ['smooth-labels', i + 1]), least)];
      }),
    ]),
  );
}

/** Reading the logits, or an exponential for each of them and a logarithm for each row: whichever takes longer. */
function leastMs([rows, classes]: Shape, limits: Limits, threads: (typeof THREADS)[number]): number {
  const { readGBPerSecond, expGigaPerSecond, logGigaPerSecond } = limits;
  const logits = rows * classes;
  const computing = logits / expGigaPerSecond[threads] + rows / logGigaPerSecond[threads];
  return Math.max(computing, (4 * logits) / readGBPerSecond[threads]) / 1e6;
}
