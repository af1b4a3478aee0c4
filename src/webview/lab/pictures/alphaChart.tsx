import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from '../../charts/chartFrame.tsx';
import { shownAs } from '../../charts/chartTable.ts';
import { DataTable } from '../../charts/dataTable.tsx';
import { meanOf } from '../state/trainedPart.ts';
import { figureText } from '../words/labNumbers.ts';

/** What came of an α: a figure of every seed, none if it wasn't trained. */
export interface AlphaPoint {
  readonly alpha: number;
  readonly values: readonly number[];
}

interface Props {
  /** Ascending; the first is α = 0. */
  readonly points: readonly AlphaPoint[];
  /** The α that is looked at. */
  readonly looked: number | undefined;
  /** The seed that is pointed at. */
  readonly pointed: number | null;
  readonly figure: LabFigure;
  readonly title: string;
  /** What comes below the sentence that says what is drawn. */
  readonly children?: ComponentChildren;
}

const HEIGHT = 200;
const MARGIN = { top: 10, right: 6, left: 46, bottom: 26 };

/** A figure over α, side by side at equal distances: a dot for each seed and the mean. */
export function AlphaChart({ points, looked, pointed, figure, title, children }: Props) {
  const trained = points.filter(({ values }) => values.some(Number.isFinite));
  const table = () => ({
    head: ['α', l10n.t('mean over the seeds')],
    rows: trained.map(({ alpha, values }) => [alpha, shownAs(meanOf(values), (v) => figureText(figure, v))]),
  });
  const said =
    trained.length > 0
      ? trained
          .map(({ alpha, values }) => `α = ${plain(alpha)}: ${figureText(figure, meanOf(values))}`)
          .join(', ')
      : l10n.t('Nothing is trained yet');
  return (
    <DataTable title={title} table={table}>
      <ChartFrame height={HEIGHT} label={said}>
        {(width) => <Marks points={points} looked={looked} pointed={pointed} figure={figure} width={width} />}
      </ChartFrame>
      <p class="says">
        {looked === undefined
          ? l10n.t('A dot for each seed; dotted: α = 0.')
          : l10n.t('A dot for each seed; dotted: α = 0; shaded: the α of the slider.')}
      </p>
      {children}
    </DataTable>
  );
}

type MarksProps = Pick<Props, 'points' | 'looked' | 'pointed' | 'figure'> & { readonly width: number };

function Marks({ points, looked, pointed, figure, width }: MarksProps) {
  // Shares are read in percent.
  const unit = figure === 'accuracy' ? 100 : 1;
  const all = points
    .flatMap(({ values }) => values)
    .filter(Number.isFinite)
    .map((value) => unit * value);
  const [low, high] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const scale = scaleLinear()
    // Where all are the same there's room below them: a share can't be above 100 %.
    .domain(low < high ? [low, high] : [low - unit / 50, low])
    .nice(4)
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const y = (value: number) => scale(unit * value);
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, points.length);
  const x = (i: number) => MARGIN.left + step * (i + 0.5);
  const means = points.map(({ values }) => meanOf(values));
  const known = means.flatMap((mean, i) => (Number.isFinite(mean) ? [[x(i), y(mean)] as const] : []));
  const at = points.findIndex(({ alpha }) => alpha === looked);
  return (
    <>
      {at >= 0 && <rect class="chosen" x={x(at) - step / 2} width={step} y={0} height={HEIGHT - 4} />}
      <LeftGrid
        y={scale}
        ticks={all.length > 0 ? scale.ticks(4) : []}
        left={MARGIN.left}
        right={width - MARGIN.right}
      />
      {means[0] !== undefined && Number.isFinite(means[0]) && (
        <g class="level guess">
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(means[0])} y2={y(means[0])} />
        </g>
      )}
      {known.length > 1 && (
        <path class="mean smoothed faint" d={`M${known.map((each) => each.join(',')).join('L')}`} />
      )}
      {points.map(({ alpha, values }, i) => (
        <g key={alpha}>
          {values.map((value, seed) =>
            Number.isFinite(value) ? (
              <circle
                key={String(seed)}
                class={`dot ${i === 0 ? 'hard' : 'smoothed'} ${pointed === seed ? 'pointed' : ''}`}
                cx={x(i)}
                cy={y(value)}
                r={2.7}
              />
            ) : null,
          )}
          {Number.isFinite(means[i]!) && (
            <path class={`mean ${i === 0 ? 'hard' : 'smoothed'}`} d={`M${x(i) - 8},${y(means[i]!)}h16`} />
          )}
          <text
            class={i !== at ? 'quiet' : alpha === 0 ? 'caption' : 'caption t'}
            x={x(i)}
            y={HEIGHT - 8}
            text-anchor="middle"
          >
            {step > 26 || i % 2 === 0 || i === at ? plain(alpha) : ''}
          </text>
        </g>
      ))}
    </>
  );
}
