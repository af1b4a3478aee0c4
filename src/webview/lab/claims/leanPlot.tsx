import { scaleLinear } from 'd3-scale';
import type { PairedFigures } from '../../../lab/experiments/claims.ts';
import { useResized } from '../../charts/chartFrame.tsx';
import { useWidth } from '../../state/hooks.ts';
import { meanOf } from '../state/trainedPart.ts';

interface Props {
  readonly pairs: PairedFigures;
  readonly direction: 'up' | 'down';
  readonly names: readonly [without: string, smoothed: string];
  readonly format: (value: number) => string;
  readonly label: string;
  /** A level to compare with: 0 of a distance, an optimum. */
  readonly reference?: { readonly value: number; readonly name: string };
  readonly pointed: number | null;
  readonly point: (seed: number | null) => void;
}

const HEIGHT = 66;
const [UPPER, LOWER] = [12, 42];
const LEFT = 62;
const RIGHT = 14;

/** A line for each seed, from the network without smoothing to the one with it: all lean one way, or they cross. */
export function LeanPlot({ pairs, direction, names, format, label, reference, pointed, point }: Props) {
  const [ref, width] = useWidth();
  const resized = useResized(width);
  const { without, smoothed } = pairs;
  const known = [...without, ...smoothed, ...(reference ? [reference.value] : [])].filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = scaleLinear()
    .domain(low < high ? [low, high] : [low - 0.5, high + 0.5])
    .range([LEFT + 6, Math.max(LEFT + 20, width - RIGHT)]);
  const isWorse = (seed: number) => {
    const change = smoothed[seed]! - without[seed]!;
    return direction === 'up' ? change < 0 : change > 0;
  };
  return (
    <div ref={ref} class="canvas lean">
      {width > 0 && known.length > 0 && (
        <svg
          class={resized ? 'still' : undefined}
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={label}
        >
          <text class="name" x={0} y={UPPER + 4}>
            {names[0]}
          </text>
          <text class="name t" x={0} y={LOWER + 4}>
            {names[1]}
          </text>
          {reference && (
            <line class="reference" x1={x(reference.value)} x2={x(reference.value)} y1={2} y2={LOWER + 8} />
          )}
          {without.map((value, seed) => {
            const other = smoothed[seed]!;
            if (!Number.isFinite(value) || !Number.isFinite(other)) return null;
            return (
              <g
                key={String(seed)}
                class={pointed === seed ? 'pair pointed' : 'pair'}
                onPointerEnter={() => point(seed)}
                onPointerLeave={() => point(null)}
              >
                <path
                  class={isWorse(seed) ? 'slope worse' : 'slope'}
                  d={`M${x(value)},${UPPER}L${x(other)},${LOWER}`}
                />
                <circle class="hard" cx={x(value)} cy={UPPER} r={3.2} />
                <circle class="smoothed" cx={x(other)} cy={LOWER} r={3.4} />
              </g>
            );
          })}
          {[
            { mean: meanOf(without), y: UPPER, mark: 'hard' },
            { mean: meanOf(smoothed), y: LOWER, mark: 'smoothed' },
          ].map(({ mean, y, mark }) =>
            Number.isFinite(mean) ? (
              <path key={mark} class={`mean ${mark}`} d={`M${x(mean)},${y - 7}V${y + 7}`} />
            ) : null,
          )}
          <text class="quiet" x={x.range()[0]! - 6} y={HEIGHT - 3}>
            {format(low)}
          </text>
          <text class="quiet" x={width} y={HEIGHT - 3} text-anchor="end">
            {format(high)}
          </text>
        </svg>
      )}
    </div>
  );
}
