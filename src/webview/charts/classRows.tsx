import type { ScaleContinuousNumeric } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { mostOf } from '../../loss/mostOf.ts';
import { plain } from '../../words/numberFormat.ts';
import { isolated, shownName } from '../widgets/classNames.ts';
import { ChartFrame } from './chartFrame.tsx';
import { fitted, textWidth } from './textWidth.ts';

/** The height of a class's row, and of the axis above all of them, in pixels. */
const LINE = 26;
const TOP = 24;
/** Between a name and the axis, and between the axis and a figure. */
const GAP = 12;
/** Between the texts of two ticks. */
const TICK_GAP = 8;
/** At the end of the axis, where it touches neither the head nor is left out for it. */
const WIDEST_TICK = '0.05';
/** Figures change while α is dragged: there is room for the widest that's usual. */
const WIDEST_FIGURE = '−0.0000';
/** Names have no more than this, and no more than this share of the width. */
const MOST_NAME = 130;
const NAME_SHARE = 0.36;

interface ClassRow {
  /** The class's index; −1: all the others. */
  readonly index: number;
  readonly name: string;
  /** What stands behind the name, also where that is shortened: ✓. */
  readonly mark: string;
  /** What is said on hover, line by line. */
  readonly tooltip: string;
  readonly figure: string;
}

export type ClassScale = ScaleContinuousNumeric<number, number>;

interface Props {
  readonly rows: readonly ClassRow[];
  /** What a screen reader says of the picture. */
  readonly label: string;
  /** What the figures on the right are. */
  readonly head: string;
  /** The axis for a range of pixels. */
  readonly scale: (range: [number, number]) => ClassScale;
  readonly ticks: (
    x: ClassScale,
    most: number,
  ) => readonly { readonly value: number; readonly text: string }[];
  readonly marks: (row: number, x: ClassScale) => ComponentChildren;
}

/** One row for each class on a common axis: its name, its marks, and a figure. */
export function ClassRows({ rows, label, head, scale, ticks, marks }: Props) {
  return (
    <ChartFrame height={TOP + LINE * rows.length + 4} label={label}>
      {(width) => {
        const most = Math.min(MOST_NAME, NAME_SHARE * width);
        const labels = rows.map(
          ({ name, mark }) => isolated(fitted(shownName(name), most - textWidth(mark))) + mark,
        );
        const left =
          GAP +
          Math.max(
            20,
            mostOf(labels, (text) => textWidth(text)),
          );
        const figures = [WIDEST_FIGURE, ...rows.map(({ figure }) => figure)];
        const headStart = width - 2 - textWidth(head);
        const right = Math.min(
          width - GAP - mostOf(figures, (text) => textWidth(text)),
          headStart - TICK_GAP - textWidth(WIDEST_TICK) / 2,
        );
        const range: [number, number] = [left, Math.max(left + 1, right)];
        const x = scale(range);
        return (
          <>
            {roomy(ticks(x, Math.floor((range[1] - range[0]) / 60)), x, headStart - TICK_GAP).map(
              ({ value, text }) => (
                <g key={value} class="tick" transform={`translate(${x(value)},0)`}>
                  <text y={12} text-anchor="middle">
                    {text}
                  </text>
                  <line class="grid" y1={TOP - 6} y2={TOP + LINE * rows.length - 6} />
                </g>
              ),
            )}
            <text class="quiet" x={width - 2} y={12} text-anchor="end">
              {head}
            </text>
            {rows.map((row, i) => (
              <g key={row.index} class="class" transform={`translate(0,${TOP + LINE * i + LINE / 2 - 6})`}>
                <title>{row.tooltip}</title>
                <rect class="hit" x={0} y={-LINE / 2} width={width} height={LINE} />
                <text x={left - GAP} y={4} text-anchor="end">
                  {labels[i]}
                </text>
                <line class="grid" x1={range[0]} x2={range[1]} />
                {marks(i, x)}
                <text class="gradient" x={width - 2} y={4} text-anchor="end">
                  {row.figure}
                </text>
              </g>
            ))}
          </>
        );
      }}
    </ChartFrame>
  );
}

/** Ticks whose texts touch neither each other nor what begins at `end`. */
function roomy(ticks: ReturnType<Props['ticks']>, x: ClassScale, end: number): ReturnType<Props['ticks']> {
  const placed: { readonly value: number; readonly text: string }[] = [];
  let taken = 0;
  for (const tick of ticks.toSorted((a, b) => x(a.value) - x(b.value))) {
    const half = textWidth(tick.text) / 2;
    const centre = x(tick.value);
    if (centre - half < taken || centre + half > end) continue;
    placed.push(tick);
    taken = centre + half + TICK_GAP;
  }
  return placed;
}

/** Ticks as they come, no more of them than there's room for. */
export function linearTicks(x: ClassScale, most: number): { value: number; text: string }[] {
  return x.ticks(Math.max(2, Math.min(5, most))).map((value) => ({ value, text: plain(value) }));
}
