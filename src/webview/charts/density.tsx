import * as l10n from '@vscode/l10n';
import { probability } from '../../words/numberFormat.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { rowsText } from '../widgets/rowsText.ts';

interface Props extends Samples {
  readonly x: (p: number) => number;
  readonly base: number;
  readonly height: number;
  /** Rows beyond it are pushed down. */
  readonly best: number;
}

/** How many rows have which p(target), and a mark for the one that's looked at. */
export function Density({ measured, row, x, base, height, best }: Props) {
  const { histogram, stats } = measured;
  const fullest = Math.max(1, ...histogram);
  const bar = (x(1) - x(0)) / histogram.length;
  const p = stats.pTarget[row] ?? Number.NaN;
  return (
    <>
      {Array.from(histogram, (rows, i) => {
        const tall = rows > 0 ? Math.max(1, height * Math.sqrt(rows / fullest)) : 0;
        return (
          <rect
            key={String(i)}
            class={i / histogram.length >= best ? 'bin pushed' : 'bin'}
            x={x(i / histogram.length) + 0.5}
            width={Math.max(1, bar - 1)}
            y={base - tall}
            height={tall}
          >
            <title>
              {l10n.t(
                'p from {0} to {1}: {2}',
                i / histogram.length,
                (i + 1) / histogram.length,
                rowsText(rows),
              )}
            </title>
          </rect>
        );
      })}
      {!Number.isNaN(p) && (
        <path class="here" d={`M${x(p)},${base + 2}l4,7h-8z`}>
          <title>{l10n.t('row {0}: p = {1}', row, probability(p))}</title>
        </path>
      )}
    </>
  );
}

/** The rows to be shown under the curve, and the one that's looked at. */
export interface Samples {
  readonly measured: Measured;
  readonly row: number;
}
