import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { claimOf } from '../../../lab/experiments/claims.ts';
import type { Verdict } from '../../../lab/statistics/verdicts.ts';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import { textWidth } from '../../charts/textWidth.ts';
import type { StoryView } from '../state/storyView.ts';
import { isFinished, verdictOn } from '../state/trainedPart.ts';
import { dataName } from '../words/dataWords.ts';
import { changeText, changeWithUnit } from '../words/labNumbers.ts';

interface Props {
  readonly view: StoryView;
}

interface SetLine {
  readonly name: string;
  /** On accuracy going up; undefined until that set is trained. */
  readonly verdict: Verdict | undefined;
  readonly isInFront: boolean;
}

function linesOf({ store, setup }: StoryView): readonly SetLine[] {
  return store.planned.flatMap(({ key, data }) => {
    if (typeof data !== 'string') return [];
    const part =
      store.parts.find((each) => each.plan.key === key) ??
      store.parts.find((each) => each.plan.data === data);
    return [
      {
        name: dataName(data),
        verdict: isFinished(part) ? verdictOn(part, claimOf('accuracy-up'), 1) : undefined,
        isInFront: data === setup.data,
      },
    ];
  });
}

/** Where accuracy was seen to rise, and where to fall. */
export function HurtsHeadline({ view }: Props) {
  const lines = linesOf(view);
  const front = lines.find(({ isInFront }) => isInFront);
  const named = (code: Verdict['code']) =>
    lines.filter(({ verdict }) => verdict?.code === code).map(({ name }) => name);
  const [up, down] = [named('seen'), named('opposite')];
  const [same, open] = [named('no-difference'), [...named('unclear'), ...named('unknown')]];
  const list = (names: readonly string[]) =>
    new Intl.ListFormat(document.documentElement.lang || 'en').format(names);
  return (
    <div class="sum">
      <p class="line">
        <span class="big t" data-figure="smoothed">
          {front?.verdict ? changeText('accuracy', front.verdict.interval.mean) : '…'}
        </span>
        <span>{l10n.t('points of test accuracy: {0}', front?.name ?? '')}</span>
      </p>
      <p>
        {up.length > 0 &&
          l10n.t('With α = {0}, accuracy was seen to rise on: {1}.', plain(view.alpha), list(up))}{' '}
        {down.length > 0 && l10n.t('Accuracy was seen to fall on: {0}.', list(down))}{' '}
        {same.length > 0 && l10n.t('It hardly changed on: {0}.', list(same))}{' '}
        {open.length > 0 && l10n.t('The effect isn’t clear on: {0}.', list(open))}{' '}
        {l10n.t('Whether it helps depends on the data: try yours.')}
      </p>
    </div>
  );
}

const ROW = 44;
/** A stack of dots is no higher. */
const MOST_STACKED = 30;
const [RIGHT, TOP, FOOT] = [58, 8, 24];

/** How accuracy changes on each data set: a dot for each seed, then the mean and its interval. */
export function DataSets({ view }: Props) {
  const lines = linesOf(view);
  const height = TOP + lines.length * ROW + FOOT;
  const table = () => ({
    head: [l10n.t('data'), l10n.t('change of accuracy'), l10n.t('from'), l10n.t('to'), l10n.t('seeds')],
    rows: lines.flatMap(({ name, verdict }) => {
      if (!verdict) return [];
      const { mean, low, high } = verdict.interval;
      const points = (value: number) => shownAs(value, (each) => changeText('accuracy', each));
      return [[name, points(mean), points(low), points(high), verdict.differences.length]];
    }),
  });
  const said = lines
    .map(({ name, verdict }) =>
      verdict
        ? `${name}: ${changeWithUnit('accuracy', verdict.interval.mean)}`
        : l10n.t('{0}: not trained yet', name),
    )
    .join('; ');
  return (
    <DataTable
      title={l10n.t('Change of test accuracy with α = {0}, points', plain(view.alpha))}
      table={table}
    >
      <ChartFrame height={height} label={said}>
        {(width) => <Lines lines={lines} width={width} height={height} />}
      </ChartFrame>
      <p class="says">
        {l10n.t(
          'One dot per seed; below, the mean and its confidence interval. If the interval includes 0, the effect isn’t clear.',
        )}
      </p>
    </DataTable>
  );
}

function Lines({
  lines,
  width,
  height,
}: {
  readonly lines: readonly SetLine[];
  readonly width: number;
  readonly height: number;
}) {
  const left = Math.min(
    0.42 * width,
    Math.max(...lines.map(({ name }) => textWidth(name, { weight: 600 }))) + 12,
  );
  const values = lines.flatMap(({ verdict }) => verdict?.differences ?? []);
  const reach = Math.max(0.03, ...values.map(Math.abs)) * 1.05;
  const x = scaleLinear()
    .domain([-reach, reach])
    .range([left, width - RIGHT]);
  return (
    <>
      <line class="axis" x1={x(0)} x2={x(0)} y1={2} y2={height - FOOT} />
      <text class="quiet" x={x(0) - 8} y={height - 6} text-anchor="end">
        {l10n.t('← worse')}
      </text>
      <text class="quiet" x={x(0) + 8} y={height - 6}>
        {l10n.t('better →')}
      </text>
      {lines.map(({ name, verdict, isInFront }, i) => {
        const y = TOP + i * ROW + 18;
        return (
          <g key={name}>
            <text class={isInFront ? 'caption' : ''} x={0} y={y + 4}>
              {name}
            </text>
            {verdict ? (
              <SeedDots verdict={verdict} x={x} y={y} width={width} />
            ) : (
              <text class="quiet" x={width} y={y + 4} text-anchor="end">
                {l10n.t('not yet')}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
}

function SeedDots({
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
      <path class="mean smoothed" d={`M${from},${y + 9}H${to}M${x(mean)},${y + 5}V${y + 13}`} />
      <text class="caption" x={width} y={y + 4} text-anchor="end">
        {changeText('accuracy', mean)}
      </text>
    </>
  );
}
