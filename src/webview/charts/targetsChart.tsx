import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { SpecFigures } from '../../loss/theory/specFigures.ts';
import { count, exact, plain } from '../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from './chartFrame.tsx';
import { DataTable } from './dataTable.tsx';
import { Legend } from './legend.tsx';
import { textWidth } from './textWidth.ts';

interface Props {
  readonly figures: SpecFigures;
  readonly classes: number;
}

const HEIGHT = 270;
const MARGIN = { top: 22, right: 4, left: 30, bottom: 42 };
/** More classes than this are not all drawn. */
const MOST_BARS = 12;
const WIDEST = 56;
/** From the axis to the line of text below it, and to the next. */
const LINE = 17;
/** Between texts. */
const GAP = 6;
/** As charts.css has the figures on bars. */
const BOLD = { weight: 600 };

/** The target of a row before and after: one bar for each class. */
export function TargetsChart({ figures, classes }: Props) {
  const { on, off } = figures;
  const table = () => ({
    head: [l10n.t('class'), l10n.t('hard target'), l10n.t('smoothed target')],
    rows: [
      [l10n.t('true class'), 1, on],
      [l10n.t('each of the other {0}', count(classes - 1)), 0, off],
    ],
  });
  return (
    <DataTable title={l10n.t('Target of a row')} table={table}>
      <ChartFrame
        height={HEIGHT}
        label={l10n.t('{0} for the true class, {1} for each other class', plain(on), plain(off))}
      >
        {(width) => <Bars figures={figures} classes={classes} width={width} />}
      </ChartFrame>
      <Legend
        entries={[
          { sign: '━', mark: 'hard', text: l10n.t('hard target') },
          { sign: '■', mark: 'target', text: l10n.t('smoothed target') },
        ]}
      />
    </DataTable>
  );
}

function Bars({ figures: { on, off }, classes, width }: Props & { width: number }) {
  const shown = Math.min(classes, MOST_BARS, Math.max(2, Math.floor((width - 40) / 24)));
  const trueClass = Math.floor(shown / 2);
  const base = HEIGHT - MARGIN.bottom;
  const y = scaleLinear().domain([0, 1]).range([base, MARGIN.top]).clamp(true);
  const slot = (width - MARGIN.left - MARGIN.right) / shown;
  const bar = Math.min(WIDEST, slot * 0.64);
  const middleOf = (k: number) => MARGIN.left + slot * (k + 0.5);
  const fits = textWidth(plain(off), BOLD) + GAP <= slot;
  const below = l10n.t('true class');
  const part = l10n.t('{0} of {1} classes', shown, count(classes));
  const isBeside = middleOf(trueClass) + textWidth(below) / 2 + GAP <= width - MARGIN.right - textWidth(part);
  return (
    <>
      <LeftGrid y={y} ticks={[0, 0.5, 1]} left={MARGIN.left} right={width - MARGIN.right} />
      {Array.from({ length: shown }, (_, k) => {
        const isTrue = k === trueClass;
        const value = isTrue ? on : off;
        const height = value > 0 ? Math.max(1.5, base - y(value)) : 0;
        const middle = middleOf(k);
        const hard = isTrue ? y(1) : base;
        // Where there isn't room for each, one stands for all the others: they're alike.
        const labelled = isTrue || fits || k === 0;
        const label = plain(value);
        const half = textWidth(label, BOLD) / 2;
        const start = Math.max(MARGIN.left, Math.min(middle - half, width - 2 * half));
        return (
          <g key={String(k)} transform={`translate(${middle},0)`}>
            <title>
              {isTrue
                ? l10n.t('true class: {0}', exact(value))
                : l10n.t('each other class: {0}', exact(value))}
            </title>
            <rect class="bar-target" x={-bar / 2} y={base - height} width={bar} height={height} />
            <line class="hard" x1={-bar / 2 - 4} x2={bar / 2 + 4} y1={hard} y2={hard} />
            {labelled && (
              <text
                class="on-bar"
                transform={`translate(${start - middle},${(isTrue ? y(1) : base - height) - 7})`}
              >
                {label}
              </text>
            )}
            {isTrue && (
              <text class="quiet" y={base + LINE} text-anchor="middle">
                {below}
              </text>
            )}
          </g>
        );
      })}
      {classes > shown && (
        <text
          class="quiet"
          x={width - MARGIN.right}
          y={base + (isBeside ? LINE : 2 * LINE)}
          text-anchor="end"
        >
          {part}
        </text>
      )}
    </>
  );
}
