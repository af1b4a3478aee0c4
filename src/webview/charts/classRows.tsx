import type { ScaleContinuousNumeric } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { plain } from '../format.ts';
import { Frame } from './frame.tsx';

/** The height of a class's row, and of the axis above all of them, in pixels. */
const LINE = 26;
const TOP = 24;
/** The room for a figure on the right. */
const FIGURE = 62;

export interface ClassRow {
  /** The class's index; −1: all the others. */
  readonly index: number;
  readonly label: string;
  /** What is said on hover, line by line. */
  readonly tooltip: string;
  readonly figure: string;
}

export type Scale = ScaleContinuousNumeric<number, number>;

interface Props {
  readonly rows: readonly ClassRow[];
  /** What a screen reader says of the picture. */
  readonly label: string;
  /** What the figures on the right are. */
  readonly head: string;
  /** The axis for a range of pixels. */
  readonly scale: (range: [number, number]) => Scale;
  readonly ticks: (x: Scale, most: number) => readonly { readonly value: number; readonly text: string }[];
  readonly marks: (row: number, x: Scale) => ComponentChildren;
}

/** One row for each class on a common axis: its name, its marks, and a figure. */
export function ClassRows({ rows, label, head, scale, ticks, marks }: Props) {
  const left = 14 + 7 * Math.max(3, ...rows.map((row) => [...row.label].length));
  return (
    <Frame height={TOP + LINE * rows.length + 4} label={label}>
      {(width) => {
        const range: [number, number] = [left, Math.max(left + 40, width - FIGURE - 10)];
        const x = scale(range);
        return (
          <>
            {ticks(x, Math.floor((range[1] - range[0]) / 60)).map(({ value, text }) => (
              <g key={value} class="tick" transform={`translate(${x(value)},0)`}>
                <text y={12} text-anchor="middle">
                  {text}
                </text>
                <line class="grid" y1={TOP - 6} y2={TOP + LINE * rows.length - 6} />
              </g>
            ))}
            <text class="quiet" x={width - 2} y={12} text-anchor="end">
              {head}
            </text>
            {rows.map((row, i) => (
              <g key={row.index} class="class" transform={`translate(0,${TOP + LINE * i + LINE / 2 - 6})`}>
                <title>{row.tooltip}</title>
                <rect class="hit" x={0} y={-LINE / 2} width={width} height={LINE} />
                <text x={left - 12} y={4} text-anchor="end">
                  {row.label}
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
    </Frame>
  );
}

/** Ticks as they come, no more of them than there's room for. */
export function linearTicks(x: Scale, most: number): { value: number; text: string }[] {
  return x.ticks(Math.max(2, Math.min(5, most))).map((value) => ({ value, text: plain(value) }));
}
