import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { type Smoothing, uniformSmoothing, valuesOf } from '../../loss/smoothing.ts';
import { lossAtProbability, optimalGap } from '../../loss/theory.ts';
import { count, nats, plain, probability } from '../format.ts';
import { useWidth } from '../hooks.ts';
import { countAbove, HISTOGRAM_BINS, type Measured } from '../model.ts';
import { Twin } from './twin.tsx';

interface Props {
  /** Softmax, or a sigmoid's as between two classes. */
  readonly smoothing: Smoothing;
  readonly alpha: number;
  readonly samples?: Samples;
}

/** The rows to be shown under the curve, and the one that's looked at. */
interface Samples {
  readonly measured: Measured;
  readonly row: number;
}

const HEIGHT = 300;
const MARGIN = { top: 14, right: 14, left: 30, bottom: 62 };
const BARS = 26;
/** Denser towards both ends, where the curve is steep. */
const STEPS = Array.from({ length: 161 }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / 160)).map((p) =>
  Math.min(Math.max(p, 1e-4), 1 - 1e-4),
);

/** The loss of one row against the probability of its class, and where the rows are. */
export function Curve({ smoothing, alpha, samples }: Props) {
  const [ref, width] = useWidth();
  const measured = samples?.measured;
  const unsmoothed = { ...smoothing, uniform: 0 };
  const table = () => ({
    head: [
      'p',
      l10n.t('loss at α = {0}', plain(alpha)),
      l10n.t('loss at α = 0'),
      ...(measured ? [l10n.t('rows up to here')] : []),
    ],
    rows: Array.from({ length: 10 }, (_, i) => {
      const p = (i + 1) / 10;
      const losses = [nats(lossAtProbability(p, smoothing)), nats(lossAtProbability(p, unsmoothed))];
      if (!measured) return [p.toFixed(1), ...losses];
      const below = measured.certainties.length - countAbove(measured.certainties, p);
      return [p.toFixed(1), ...losses, count(below)];
    }),
  });
  return (
    <Twin title={l10n.t('Loss of a row against p(target)')} table={table}>
      <div ref={ref} class="canvas">
        {width > 0 && <Picture smoothing={smoothing} samples={samples} width={width} />}
      </div>
      <p class="says">
        {measured ? says(measured, alpha) : meaning(smoothing)}
        {measured &&
          (measured.stats.targets === 'soft' || measured.weight) &&
          ` ${l10n.t('The curve is for a hard target without class weights.')}`}
      </p>
    </Twin>
  );
}

type PictureProps = Pick<Props, 'smoothing'> & {
  readonly samples: Samples | undefined;
  readonly width: number;
};

function Picture({ smoothing, samples, width }: PictureProps) {
  const { on: best } = valuesOf(smoothing);
  const lowest = lossAtProbability(best, smoothing);
  const x = scaleLinear()
    .domain([0, 1])
    .range([MARGIN.left, width - MARGIN.right]);
  const highest = Math.max(4, 1.6 * Math.log(smoothing.among));
  const y = scaleLinear()
    .domain([0, highest])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const path = (uniform: number) => {
    const loss = (p: number) => lossAtProbability(p, { ...smoothing, uniform });
    return line<number>(x, (p) => y(loss(p)))(STEPS.filter((p) => loss(p) <= highest)) ?? '';
  };
  const base = HEIGHT - MARGIN.bottom + 8 + (samples ? BARS : 0);
  const rightHalf = x(best) > width / 2;
  return (
    <svg
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={l10n.t('Lowest at p = {0}: {1} nats', probability(best), nats(lowest))}
    >
      {y.ticks(5).map((tick) => (
        <g key={tick} class="tick" transform={`translate(0,${y(tick)})`}>
          <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} />
          <text x={MARGIN.left - 8} y={4} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <path class="hard-curve" d={path(0)} />
      <path class="curve" d={path(smoothing.uniform)} />
      {smoothing.uniform > 0 && (
        <g class="best">
          <line x1={x(best)} x2={x(best)} y1={y(lowest)} y2={HEIGHT - MARGIN.bottom} />
          <circle class="target" cx={x(best)} cy={y(lowest)} r={4.5} />
          <text
            x={x(best) + (rightHalf ? 0 : 8)}
            y={y(lowest) - 34}
            text-anchor={rightHalf ? 'end' : 'start'}
          >
            {l10n.t('lowest at p = {0}: {1}', probability(best), nats(lowest))}
          </text>
        </g>
      )}
      {samples && <Rows {...samples} x={x} base={base} />}
      {[0, 0.5, 1].map((tick) => (
        <text key={tick} class="quiet" x={x(tick)} y={base + 20} text-anchor="middle">
          {tick === 0.5
            ? samples && width > 360
              ? l10n.t('p(target), and how many rows are there')
              : 'p(target)'
            : tick}
        </text>
      ))}
    </svg>
  );
}

type RowsProps = Samples & { readonly x: (p: number) => number; readonly base: number };

/** How many rows have which p(target), and a mark for the one that's looked at. */
function Rows({ measured, row, x, base }: RowsProps) {
  const { histogram, stats } = measured;
  const fullest = Math.max(1, ...histogram);
  const bar = (x(1) - x(0)) / HISTOGRAM_BINS;
  const p = stats.pTarget[row]!;
  return (
    <>
      {Array.from(histogram, (rows, i) => (
        <rect
          key={String(i)}
          class="bin"
          x={x(i / HISTOGRAM_BINS) + 0.5}
          width={Math.max(1, bar - 1)}
          y={base - (rows > 0 ? Math.max(1, BARS * Math.sqrt(rows / fullest)) : 0)}
          height={rows > 0 ? Math.max(1, BARS * Math.sqrt(rows / fullest)) : 0}
        >
          <title>
            {l10n.t(
              '{0} rows with p from {1} to {2}',
              count(rows),
              i / HISTOGRAM_BINS,
              (i + 1) / HISTOGRAM_BINS,
            )}
          </title>
        </rect>
      ))}
      {!Number.isNaN(p) && (
        <path class="here" d={`M${x(p)},${base + 2}l4,7h-8z`}>
          <title>{l10n.t('row {0}: p = {1}', row, probability(p))}</title>
        </path>
      )}
    </>
  );
}

/** What the curve means for any row. */
function meaning(smoothing: Smoothing): string {
  if (smoothing.uniform === 0)
    return l10n.t('With hard targets the loss falls as long as p grows: it never tells the model to stop.');
  return l10n.t(
    'Above p = {0} the loss grows again: more certainty than that is punished. A logit gap of {1} is best.',
    probability(valuesOf(smoothing).on),
    nats(optimalGap(smoothing)),
  );
}

/** What the curve means for these rows. */
function says({ certainties, stats }: Measured, alpha: number): string {
  if (alpha === 0)
    return l10n.t('With hard targets the loss falls as long as p grows: it never tells the model to stop.');
  const smoothing = uniformSmoothing(alpha, stats.classes);
  const { on: best } = valuesOf(smoothing);
  const above = countAbove(certainties, best);
  const gap = nats(optimalGap(smoothing));
  if (above === 0) {
    return l10n.t(
      'No row is more certain than {0}, where the loss is lowest: a logit gap of {1}.',
      probability(best),
      gap,
    );
  }
  return l10n.t(
    '{0} of {1} rows are more certain than {2}. For them the gradient points down: smoothing asks for a logit gap of {3} and no more.',
    count(above),
    count(certainties.length),
    probability(best),
    gap,
  );
}
