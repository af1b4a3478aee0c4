import type { ScaleContinuousNumeric } from 'd3-scale';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { plain } from '../../words/numberFormat.ts';
import { useWidth } from '../state/hooks.ts';
import { textWidth } from './textWidth.ts';

interface FrameProps {
  readonly height: number;
  /** What a screen reader says of the picture. */
  readonly label: string;
  readonly children: (width: number) => ComponentChildren;
}

/** A picture as wide as there's room for, laid out in real pixels. Its height is there before it is. */
export function ChartFrame({ height, label, children }: FrameProps) {
  const [ref, width] = useWidth();
  const resized = useResized(width);
  return (
    <div ref={ref} class="canvas" style={{ minHeight: `${height}px` }}>
      {width > 0 && (
        <svg
          class={resized ? 'still' : undefined}
          width={width}
          height={height}
          role="img"
          aria-label={label}
        >
          {children(width)}
        </svg>
      )}
    </div>
  );
}

/** True while a picture is drawn in another width: marks glide to where a figure takes them, a new size puts them there at once. */
export function useResized(width: number): boolean {
  const last = useRef(width);
  const resized = last.current !== width;
  last.current = width;
  return resized;
}

type Scale = Pick<ScaleContinuousNumeric<number, number>, 'range' | 'ticks'> & ((value: number) => number);

/** The room a tick's label needs, in pixels. */
const TICK_ROOM = 110;

/** A line with as many ticks below it as there's room for. */
export function BottomAxis({ x, y }: { readonly x: Scale; readonly y: number }) {
  const [start, end] = x.range() as [number, number];
  return (
    <>
      {x.ticks(Math.max(2, Math.floor((end - start) / TICK_ROOM))).map((tick) => (
        <g key={tick} class="tick" transform={`translate(${x(tick)},${y})`}>
          <line y2={5} />
          <text y={18} text-anchor={tick === 0 ? 'start' : 'middle'}>
            {plain(tick)}
          </text>
        </g>
      ))}
      <line class="axis" x1={start} x2={end} y1={y} y2={y} />
    </>
  );
}

interface UnitAxisProps {
  readonly x: Scale;
  readonly y: number;
  /** What is measured, the longest text first: the first that there's room for is shown. */
  readonly names: readonly string[];
}

/** Between the texts below an axis. */
const NAME_GAP = 8;

/** The texts below an axis from 0 to 1. */
export function UnitAxis({ x, y, names }: UnitAxisProps) {
  const room = x(1) - x(0) - textWidth('0') / 2 - textWidth('1') / 2 - 2 * NAME_GAP;
  return (
    <>
      {[0, 1].map((end) => (
        <text key={end} class="quiet" x={x(end)} y={y} text-anchor="middle">
          {end}
        </text>
      ))}
      <text class="quiet" x={x(0.5)} y={y} text-anchor="middle">
        {names.find((name) => textWidth(name) <= room) ?? ''}
      </text>
    </>
  );
}

interface GridProps {
  readonly y: Scale;
  readonly ticks: readonly number[];
  readonly left: number;
  readonly right: number;
}

/** Lines across the picture, each with its value at the left. */
export function LeftGrid({ y, ticks, left, right }: GridProps) {
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick} class="tick" transform={`translate(0,${y(tick)})`}>
          <line class="grid" x1={left} x2={right} />
          <text x={left - 8} y={4} text-anchor="end">
            {plain(tick)}
          </text>
        </g>
      ))}
    </>
  );
}
