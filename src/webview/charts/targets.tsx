import * as l10n from '@vscode/l10n';
import { scaleLinear } from 'd3-scale';
import type { Figures } from '../../loss/figures.ts';
import { count, exact, plain } from '../format.ts';
import { Frame, LeftGrid } from './frame.tsx';
import { Twin } from './twin.tsx';

interface Props {
  readonly figures: Figures;
  readonly classes: number;
}

const HEIGHT = 270;
const MARGIN = { top: 22, right: 4, left: 30, bottom: 42 };
/** More classes than this are not all drawn. */
const MOST_BARS = 12;
const WIDEST = 56;

/** The target of a row before and after: one bar for each class. */
export function Targets({ figures, classes }: Props) {
  const { on, off } = figures;
  const table = () => ({
    head: [l10n.t('class'), l10n.t('hard target'), l10n.t('smoothed target')],
    rows: [
      [l10n.t('the true one'), '1', exact(on)],
      [l10n.t('each of the {0} others', count(classes - 1)), '0', exact(off)],
    ],
  });
  return (
    <Twin title={l10n.t('Targets of a row')} table={table}>
      <Frame
        height={HEIGHT}
        label={l10n.t('{0} for the true class, {1} for each other', plain(on), plain(off))}
      >
        {(width) => <Bars figures={figures} classes={classes} width={width} />}
      </Frame>
      <p class="legend" aria-hidden="true">
        <span class="hard">━</span> {l10n.t('hard target')} <span class="target">■</span>{' '}
        {l10n.t('smoothed target')}
      </p>
    </Twin>
  );
}

function Bars({ figures: { on, off }, classes, width }: Props & { width: number }) {
  const shown = Math.min(classes, MOST_BARS, Math.max(2, Math.floor((width - 40) / 24)));
  const trueClass = Math.floor(shown / 2);
  const base = HEIGHT - MARGIN.bottom;
  const y = scaleLinear().domain([0, 1]).range([base, MARGIN.top]).clamp(true);
  const slot = (width - MARGIN.left - MARGIN.right) / shown;
  const bar = Math.min(WIDEST, slot * 0.64);
  return (
    <>
      <LeftGrid y={y} ticks={[0, 0.5, 1]} left={MARGIN.left} right={width - MARGIN.right} />
      {Array.from({ length: shown }, (_, k) => {
        const isTrue = k === trueClass;
        const value = isTrue ? on : off;
        const height = value > 0 ? Math.max(1.5, base - y(value)) : 0;
        const middle = MARGIN.left + slot * (k + 0.5);
        const hard = isTrue ? y(1) : base;
        const labelled = isTrue || slot > 34 || k === 0;
        return (
          <g key={String(k)} transform={`translate(${middle},0)`}>
            <title>
              {isTrue ? l10n.t('true class: {0}', exact(value)) : l10n.t('another class: {0}', exact(value))}
            </title>
            <rect class="bar-target" x={-bar / 2} y={base - height} width={bar} height={height} />
            <line class="hard" x1={-bar / 2 - 4} x2={bar / 2 + 4} y1={hard} y2={hard} />
            {labelled && (
              <text
                class="on-bar"
                transform={`translate(0,${(isTrue ? y(1) : base - height) - 7})`}
                text-anchor="middle"
              >
                {plain(value)}
              </text>
            )}
            {isTrue && (
              <text class="quiet" y={base + 18} text-anchor="middle">
                {l10n.t('true class')}
              </text>
            )}
          </g>
        );
      })}
      {classes > shown && (
        <text class="quiet" x={width - MARGIN.right} y={base + 18} text-anchor="end">
          {l10n.t('{0} of {1} classes', shown, count(classes))}
        </text>
      )}
    </>
  );
}
