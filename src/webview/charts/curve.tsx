import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { asBetweenTwo, valuesOf } from '../../loss/conventions/smoothing.ts';
import { lossAtProbability, optimalGap } from '../../loss/theory/floors.ts';
import { count, nats, plain, plainProbability, probability } from '../../words/numberFormat.ts';
import { type RowCount, rowCountText } from '../summary/certainty.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { pushedDown } from '../summary/pushedDown.ts';
import { ChartFrame, LeftGrid, UnitAxis } from './chartFrame.tsx';
import { shownAs } from './chartTable.ts';
import { DataTable } from './dataTable.tsx';
import type { Samples } from './density.tsx';
import { Density } from './density.tsx';
import { Legend } from './legend.tsx';
import { textWidth } from './textWidth.ts';

interface Props {
  readonly terms: Pick<LossTerms, 'smoothing' | 'constant'>;
  readonly alpha: number;
  readonly samples?: Samples;
  /** Points to look at. */
  readonly marks?: readonly Mark[];
}

interface Mark {
  readonly p: number;
  readonly loss: number;
}

const HEIGHT = 314;
const MARGIN = { top: 28, right: 14, left: 30, bottom: 62 };
/** Of the axis's unit, above its numbers. */
const TOP_NAME = 10;
const BARS = 26;
/** Denser towards both ends, where the curve is steep. */
const STEPS = Array.from({ length: 161 }, (_, i) => 0.5 - 0.5 * Math.cos((Math.PI * i) / 160)).map((p) =>
  Math.min(Math.max(p, 1e-4), 1 - 1e-4),
);

/** The loss of one row against the probability of its class, and where the rows are. A sigmoid's is that of its class alone. */
export function Curve({ terms, alpha, samples, marks = [] }: Props) {
  const smoothing = asBetweenTwo(terms.smoothing);
  const loss = (p: number) => lossAtProbability(p, smoothing) - terms.constant;
  // At α = 0 no form subtracts anything.
  const hardLoss = (p: number) => lossAtProbability(p, { ...smoothing, uniform: 0 });
  const { on: best } = valuesOf(smoothing);
  const measured = samples?.measured;
  const table = () => ({
    head: [
      'p',
      l10n.t('loss at α = {0}', plain(alpha)),
      l10n.t('loss at α = 0'),
      ...(measured ? [l10n.t('rows at this p')] : []),
    ],
    rows: Array.from({ length: 10 }, (_, i) => {
      const p = (i + 1) / 10;
      const losses = [loss(p), hardLoss(p)].map((value) => shownAs(value, nats));
      if (!measured) return [p, ...losses];
      const { rows, above } = measured.certainties;
      return [p, ...losses, belowText(rows, above(p))];
    }),
  });
  return (
    <DataTable
      title={
        terms.smoothing.activation === 'sigmoid'
          ? l10n.t('Loss of the true class against its p')
          : l10n.t('Loss of a row against p(true class)')
      }
      table={table}
    >
      <ChartFrame
        height={samples ? HEIGHT : HEIGHT - BARS}
        label={l10n.t('Minimum at p = {0}: {1} nats', plainProbability(best), nats(loss(best)))}
      >
        {(width) => (
          <Picture
            loss={loss}
            hardLoss={hardLoss}
            best={best}
            highest={Math.max(4, 1.6 * Math.log(smoothing.among))}
            smoothed={smoothing.uniform > 0}
            samples={samples}
            marks={marks}
            width={width}
          />
        )}
      </ChartFrame>
      <Legend
        entries={[
          { sign: '━', mark: 'target', text: l10n.t('loss at α = {0}', plain(alpha)) },
          ...(smoothing.uniform > 0 ? [{ sign: '╌', mark: 'hard', text: l10n.t('loss at α = 0') }] : []),
          ...(samples && samples.measured.stats.rows > 0
            ? [{ sign: '▲', mark: 'prediction', text: l10n.t('row {0}', samples.row) }]
            : []),
        ]}
      />
      <p class="says">
        {[
          measured ? says(measured, terms.smoothing) : meaning(smoothing, terms.smoothing.activation),
          ...assumptions(terms.smoothing, measured),
        ].join(' ')}
      </p>
    </DataTable>
  );
}

/** How many rows aren't above. */
function belowText(rows: number, { least, most }: RowCount) {
  if (least === most) return shownAs(rows - least, count);
  return rowCountText({ least: rows - most, most: rows - least });
}

interface PictureProps {
  readonly loss: (p: number) => number;
  readonly hardLoss: (p: number) => number;
  /** Where the loss is lowest. */
  readonly best: number;
  /** The loss at the top of the picture. */
  readonly highest: number;
  readonly smoothed: boolean;
  readonly samples: Samples | undefined;
  readonly marks: readonly Mark[];
  readonly width: number;
}

function Picture({ loss, hardLoss, best, highest, smoothed, samples, marks, width }: PictureProps) {
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const x = scaleLinear().domain([0, 1]).range([MARGIN.left, right]);
  const y = scaleLinear().domain([0, highest]).range([bottom, MARGIN.top]);
  const path = (of: (p: number) => number) =>
    `M${STEPS.filter((p) => of(p) <= highest)
      .map((p) => `${x(p).toFixed(2)},${y(of(p)).toFixed(2)}`)
      .join('L')}`;
  const base = bottom + 8 + (samples ? BARS : 0);
  const lowest = loss(best);
  const label = l10n.t('minimum at p = {0}: {1} nats', plainProbability(best), nats(lowest));
  const wide = textWidth(label);
  const beside = x(best) > width / 2 ? x(best) - wide : x(best) + 8;
  const start = Math.max(MARGIN.left, Math.min(beside, right - wide));
  // Above both curves where it begins: from there on they fall.
  const first = x.invert(start);
  const above = start < x(best) ? Math.min(highest, Math.max(loss(first), hardLoss(first))) : lowest;
  const labelled = Math.max(MARGIN.top + 10, Math.min(y(lowest) - 34, y(above) - 8));
  return (
    <>
      {smoothed && best < 1 && (
        <rect class="beyond" x={x(best)} y={MARGIN.top} width={right - x(best)} height={bottom - MARGIN.top}>
          <title>
            {l10n.t('Above p = {0} the gradient lowers the logit of the true class', plainProbability(best))}
          </title>
        </rect>
      )}
      <LeftGrid y={y} ticks={y.ticks(5)} left={MARGIN.left} right={right} />
      <text class="quiet" x={0} y={TOP_NAME}>
        {l10n.t('nats')}
      </text>
      <path class="hard-curve" d={path(hardLoss)} />
      {/* Towards p = 1 the smoothed loss rises without end. */}
      <path class="curve" d={smoothed && best < 1 ? `${path(loss)}L${x(1)},${MARGIN.top}` : path(loss)} />
      {smoothed && (
        <g class="best" transform={`translate(${x(best)},${y(lowest)})`}>
          <path d={`M0,0V${bottom - y(lowest)}`} />
          <circle class="target" r={4.5} />
          <text x={start - x(best)} y={labelled - y(lowest)}>
            {label}
          </text>
        </g>
      )}
      {marks.map(({ p, loss: lossSeen }) => (
        <circle key={p} class="mark" cx={x(p)} cy={Math.max(MARGIN.top, y(lossSeen))} r={5}>
          <title>{l10n.t('p = {0}: {1} nats', probability(p), nats(lossSeen))}</title>
        </circle>
      ))}
      {samples && <Density {...samples} x={x} base={base} height={BARS} best={smoothed ? best : 1} />}
      <UnitAxis
        x={x}
        y={base + 20}
        names={[
          ...(samples ? [l10n.t('p of the true class; the bars count rows')] : []),
          l10n.t('p(true class)'),
        ]}
      />
    </>
  );
}

/** What the curve means for any row. */
function meaning(smoothing: Smoothing, activation = smoothing.activation): string {
  if (smoothing.uniform === 0)
    return l10n.t(
      'With hard targets, a larger p always lowers the loss, so the model is never told to stop.',
    );
  if (activation === 'sigmoid')
    return l10n.t(
      'Above p = {0} the loss rises again, so more confidence than that is penalised. The optimal logit is {1}.',
      plainProbability(valuesOf(smoothing).on),
      nats(optimalGap(smoothing)),
    );
  return l10n.t(
    'Above p = {0} the loss rises again, so more confidence than that is penalised. The optimal logit gap is {1}.',
    plainProbability(valuesOf(smoothing).on),
    nats(optimalGap(smoothing)),
  );
}

/** What has to be so for a loss that depends on p of the true class alone. */
function assumptions({ uniform, activation, classes }: Smoothing, measured: Measured | undefined): string[] {
  return [
    uniform > 0 && activation === 'softmax' && classes > 2
      ? l10n.t('The curve assumes that the other classes share the rest equally.')
      : '',
    measured?.stats.targets === 'soft' ? l10n.t('The curve is for a row with a hard label.') : '',
    measured?.weight
      ? l10n.t('The curve leaves out the class weights, which give each class its own minimum.')
      : '',
  ].filter(Boolean);
}

/** What the curve means for these rows. */
function says(measured: Measured, smoothing: Smoothing): string {
  const above = pushedDown(measured, smoothing);
  if (smoothing.uniform === 0 || above === undefined || measured.weight)
    return meaning(asBetweenTwo(smoothing), smoothing.activation);
  const best = plainProbability(valuesOf(smoothing).on);
  const gap = nats(optimalGap(asBetweenTwo(smoothing)));
  const isSigmoid = smoothing.activation === 'sigmoid';
  // Of a NaN nobody knows where it is.
  const { rows } = measured.certainties;
  if (above.most === 0 && rows < measured.totals.counted)
    return l10n.t(
      'The loss is lowest at p = {0}. In {1} of {2} rows p is NaN; in the other rows no true class has a higher p.',
      best,
      count(measured.totals.counted - rows),
      count(measured.totals.counted),
    );
  if (above.most === 0)
    return isSigmoid
      ? l10n.t(
          'The loss is lowest at p = {0} (a logit of {1}), and no row’s true class has a higher p.',
          best,
          gap,
        )
      : l10n.t(
          'The loss is lowest at p = {0} (a logit gap of {1}), and no row’s true class has a higher p.',
          best,
          gap,
        );
  const figures = [rowCountText(above), count(rows), best, gap] as const;
  return isSigmoid
    ? l10n.t(
        'In {0} of {1} rows the true class has a p above {2}, so the gradient lowers its logit. The optimal logit is {3}.',
        ...figures,
      )
    : l10n.t(
        'In {0} of {1} rows the true class has a p above {2}, so the gradient lowers its logit. The optimal logit gap is {3}.',
        ...figures,
      );
}
