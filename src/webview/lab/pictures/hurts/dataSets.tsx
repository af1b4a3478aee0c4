import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import { minus, plain } from '../../../../words/numberFormat.ts';
import { ChartFrame } from '../../../charts/chartFrame.tsx';
import { shownAs } from '../../../charts/chartTable.ts';
import { DataTable } from '../../../charts/dataTable.tsx';
import { textWidth } from '../../../charts/textWidth.ts';
import type { StoryView } from '../../state/storyView.ts';
import { changeText, changeWithUnit } from '../../words/labNumbers.ts';
import { SeedDots } from './seedDots.tsx';
import { linesOf, type SetLine } from './setLines.ts';

interface Props {
  readonly view: StoryView;
}

const ROW = 44;
const [RIGHT, TOP, FOOT] = [58, 8, 42];
/** Between the axis's numbers, in pixels. */
const TICK_ROOM = 46;

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

/** Points on the axis: with their sign, as the changes beside it have theirs. */
function signed(points: number): string {
  const text = minus(plain(points));
  return points > 0 ? `+${text}` : text;
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
  const values = lines.flatMap(({ verdict }) => verdict?.differences.filter(Number.isFinite) ?? []);
  const reach = Math.max(0.03, ...values.map(Math.abs)) * 1.05;
  const x = scaleLinear()
    .domain([-reach, reach])
    .range([left, width - RIGHT]);
  return (
    <>
      <line class="axis" x1={x(0)} x2={x(0)} y1={2} y2={height - FOOT} />
      {x.ticks(Math.max(2, Math.floor((width - RIGHT - left) / TICK_ROOM))).map((tick) => (
        <g key={tick} class="tick" transform={`translate(${x(tick)},${height - FOOT})`}>
          <line y2={4} />
          <text y={16} text-anchor="middle">
            {signed(100 * tick)}
          </text>
        </g>
      ))}
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
