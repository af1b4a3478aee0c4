import * as l10n from '@vscode/l10n';
import { plain } from '../../../words/numberFormat.ts';
import { ChartFrame, LeftGrid } from '../../charts/chartFrame.tsx';
import { DataTable } from '../../charts/dataTable.tsx';
import { textWidth } from '../../charts/textWidth.ts';
import { barName } from '../played/barNames.ts';
import { mayBeTrue, otherColumn } from '../played/columns.ts';
import type { Played } from '../played/whatChanged.ts';
import { BarLabels, namesHeight } from './barLabels.tsx';
import {
  BAR_FONT,
  BAR_HEIGHT,
  BAR_LEFT,
  BAR_TOP,
  barsOf,
  linesWithin,
  middleWithin,
  yOf,
} from './barLayout.ts';
import { takenWords } from './takenWords.ts';
import { TargetsFormula } from './targetsFormula.tsx';

/** Between texts and bars, and between lines. */
const GAP = 8;
const LINE = 15;

interface Props {
  readonly played: Played;
  readonly choose: (trueClass: number) => void;
}

/** Figure 1: hard and smoothed targets, and what goes from one to the other. */
export function TargetBars({ played, choose }: Props) {
  const { columns, figures, state } = played;
  const { targets } = figures;
  const other = otherColumn(columns, state.trueClass);
  const table = () => ({
    head: [l10n.t('class'), l10n.t('hard target'), l10n.t('smoothed target')],
    rows: targets.map((target, column) => [
      barName(columns, column),
      column === state.trueClass ? 1 : 0,
      target,
    ]),
  });
  const label = l10n.t(
    '{0}: {1} instead of 1. Every other class: {2} instead of 0.',
    barName(columns, state.trueClass),
    plain(targets[state.trueClass]!),
    plain(targets[other]!),
  );
  return (
    <DataTable title={l10n.t('What we ask for')} table={table}>
      <p class="says figure-head">{l10n.t('Click a name to make it the true class.')}</p>
      <div class="bars" dir="ltr">
        <ChartFrame height={BAR_HEIGHT + namesHeight(played)} label={label}>
          {(width) => (
            <>
              <Bars played={played} width={width} />
              <BarLabels played={played} width={width} />
            </>
          )}
        </ChartFrame>
        <div
          class="names"
          style={{
            gridTemplateColumns: `repeat(${targets.length}, minmax(0, 1fr))`,
            height: `${namesHeight(played) + 4}px`,
          }}
        >
          {targets.map((_, column) => {
            const name = barName(columns, column);
            return mayBeTrue(columns, column) ? (
              <button
                type="button"
                key={name}
                data-class={column}
                aria-pressed={column === state.trueClass}
                aria-label={l10n.t('{0}: the true class', name)}
                title={l10n.t('Make it the true class')}
                onClick={() => choose(column)}
              />
            ) : (
              <span key={name} />
            );
          })}
        </div>
      </div>
      <TargetsFormula played={played} />
    </DataTable>
  );
}

function Bars({ played, width }: { readonly played: Played; readonly width: number }) {
  const { columns, figures, state } = played;
  const { targets } = figures;
  const { trueClass } = state;
  const { slot, bar, middle } = barsOf(width, targets.length);
  const base = yOf(0);
  const other = otherColumn(columns, state.trueClass);
  const fits = textWidth(plain(targets[other]!), BAR_FONT) + 4 <= slot;
  return (
    <>
      <LeftGrid y={yOf} ticks={[0, 0.5, 1]} left={BAR_LEFT} right={width} />
      {targets.map((target, column) => {
        const isTrue = column === trueClass;
        // What every class gets alike lies on top of what's left of the label.
        const { kept, slice } = partsOf(played, column);
        const hard = yOf(isTrue ? 1 : 0);
        const top = yOf(target);
        const text = plain(target);
        const isWide = textWidth(text, BAR_FONT) + 2 <= bar;
        const inside = isTrue && base - yOf(kept) > 26 && isWide;
        return (
          <g key={String(column)} transform={`translate(${middle(column)},0)`}>
            {isTrue && target < 1 && (
              <rect class="gone" x={-bar / 2} y={hard} width={bar} height={Math.max(0, top - hard)} />
            )}
            <rect class="bar-target keep" x={-bar / 2} y={yOf(kept)} width={bar} height={base - yOf(kept)} />
            {slice > 0 && (
              <rect class="slice" x={-bar / 2} y={top} width={bar} height={Math.max(1.5, yOf(kept) - top)} />
            )}
            <line class="hard" x1={-bar / 2 - 5} x2={bar / 2 + 5} y1={hard} y2={hard} />
            {(isTrue ? isWide : fits) && (
              <text
                class={inside ? 'on-bar inside' : 'on-bar'}
                y={inside ? yOf(kept) + 17 : top - 7}
                text-anchor="middle"
              >
                {text}
              </text>
            )}
          </g>
        );
      })}
      {!fits && <OfEach played={played} other={other} width={width} />}
      <Taken played={played} width={width} />
    </>
  );
}

/** Where there isn't room for the same number above each bar: once, on the longer side. */
function OfEach({
  played,
  other,
  width,
}: {
  readonly played: Played;
  readonly other: number;
  readonly width: number;
}) {
  const { figures, state } = played;
  const { targets } = figures;
  const { slot } = barsOf(width, targets.length);
  const [left, right] = [state.trueClass, targets.length - 1 - state.trueClass];
  const from = right >= left ? state.trueClass + 1 : 0;
  const text = l10n.t('{0} each', plain(targets[other]!));
  const middle = BAR_LEFT + slot * (from + Math.max(left, right) / 2);
  return (
    <text
      class="on-bar"
      transform={`translate(${middleWithin(middle, text, width)},${yOf(targets[other]!) - 7})`}
      text-anchor="middle"
    >
      {text}
    </text>
  );
}

/** What the hard label loses, and who gets it: beside its bar, where there's more room. */
function Taken({ played, width }: { readonly played: Played; readonly width: number }) {
  const { figures, state } = played;
  const { bar, middle } = barsOf(width, figures.targets.length);
  const x = middle(state.trueClass);
  const isRight = width - x >= x - BAR_LEFT;
  const room = (isRight ? width - x : x - BAR_LEFT) - bar / 2 - GAP;
  const lines = linesWithin(takenWords(played), room);
  const left = plain(figures.targets[state.trueClass]!);
  const isBelow = textWidth(left, BAR_FONT) + 2 > bar && state.labelSmoothing > 0;
  const beside = (line: number) =>
    `translate(${x + (isRight ? 1 : -1) * (bar / 2 + GAP)},${BAR_TOP + 14 + LINE * line})`;
  const anchor = isRight ? 'start' : 'end';
  return (
    <>
      <text class="fg" transform={`translate(${x},${BAR_TOP - 10})`} text-anchor="middle">
        {l10n.t('hard label: 1')}
      </text>
      {lines.map((line, i) => (
        <text key={String(i)} class="fg" transform={beside(i)} text-anchor={anchor}>
          {line}
        </text>
      ))}
      {isBelow &&
        linesWithin(l10n.t('its target: {0}', left), room, BAR_FONT.weight).map((line, i) => (
          <text
            key={String(i)}
            class="on-bar"
            transform={beside(lines.length + i + 0.3)}
            text-anchor={anchor}
          >
            {line}
          </text>
        ))}
    </>
  );
}

/** What's left of the label, and the part that is shared out evenly, if the class gets one. */
function partsOf({ figures, state, columns, loss }: Played, column: number): { kept: number; slice: number } {
  const target = figures.targets[column]!;
  if (column === columns.padding) return { kept: 0, slice: 0 };
  if (column !== state.trueClass) return { kept: 0, slice: target };
  const other = figures.targets[otherColumn(columns, column)]!;
  // Where α goes to the others only, the true class gets nothing back.
  const back = loss.convention === 'UNIFORM_OTHERS' || loss.convention === 'PAD_EXCLUDED' ? 0 : other;
  return { kept: Math.max(0, target - back), slice: target > 0 ? Math.min(back, target) : 0 };
}
