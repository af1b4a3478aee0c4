import type { Verdict } from '../../../../lab/statistics/verdicts.ts';
import { changeText } from '../../words/labNumbers.ts';

/** A stack of dots is no higher. */
const MOST_STACKED = 30;

/** The seeds of a data set, the mean of their changes and its interval. */
export function SeedDots({
  verdict,
  x,
  y,
  width,
}: {
  readonly verdict: Verdict;
  readonly x: (value: number) => number;
  readonly y: number;
  readonly width: number;
}) {
  const { mean, low, high } = verdict.interval;
  // Dots at the same place are stacked.
  const stacked = new Map<number, number>();
  const apart = Math.min(4.5, MOST_STACKED / verdict.differences.length);
  const [from, to] = [x(low), x(high)];
  return (
    <>
      {verdict.differences.map((difference, seed) => {
        if (!Number.isFinite(difference)) return null;
        const place = Math.round(x(difference) / 5);
        const above = stacked.get(place) ?? 0;
        stacked.set(place, above + 1);
        return (
          <circle
            key={String(seed)}
            class="dot smoothed"
            cx={x(difference)}
            cy={y - 2 - apart * above}
            r={2.8}
          />
        );
      })}
      {Number.isFinite(mean) && (
        <path class="mean smoothed" d={`M${from},${y + 9}H${to}M${x(mean)},${y + 5}V${y + 13}`} />
      )}
      <text class="caption" x={width} y={y + 4} text-anchor="end">
        {changeText('accuracy', mean)}
      </text>
    </>
  );
}
