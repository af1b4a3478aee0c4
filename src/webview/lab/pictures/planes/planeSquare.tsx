import * as l10n from '@vscode/l10n';
import type { PlaneRows } from '../../../../lab/training/trainer.ts';
import { SHAPES } from '../surfaces/surfaceSquare.tsx';

/** Shown from the middle to each edge, in mean distances of the three centres. */
const REACH = 1.25;

interface SquareProps {
  readonly x: number;
  readonly side: number;
  readonly rows: PlaneRows | undefined;
  readonly mark: 'hard' | 'smoothed';
  readonly name: string;
  readonly says: string;
}

/** A network in the plane of three classes: a shape is a class. */
export function PlaneSquare({ x, side, rows, mark, name, says }: SquareProps) {
  const place = (value: number) => ((value / REACH + 1) / 2) * side;
  return (
    <g transform={`translate(${x},0)`}>
      <svg class="clip" width={side} height={side} aria-hidden="true">
        {rows ? (
          [...rows.classes].map((of, i) => (
            <path
              key={String(i)}
              class={rows.right[i] ? `row ${mark}` : 'row mistaken'}
              d={SHAPES[of]!}
              transform={`translate(${place(rows.points[2 * i]!)},${side - place(rows.points[2 * i + 1]!)})`}
            />
          ))
        ) : (
          <text class="quiet" x={side / 2} y={side / 2} text-anchor="middle">
            {l10n.t('no network yet')}
          </text>
        )}
      </svg>
      <rect class="frame" width={side} height={side} />
      <text class={mark === 'smoothed' ? 'caption t' : 'caption'} x={0} y={side + 17}>
        {name}
      </text>
      <text class="quiet" x={side} y={side + 17} text-anchor="end">
        {says}
      </text>
    </g>
  );
}

/** Those of the page as it is now. To ask for them while it changes costs a layout of its styles. */
export function dotColors() {
  const style = getComputedStyle(document.body);
  return {
    hard: style.getPropertyValue('--vscode-smoothLabels-hardTarget'),
    smoothed: style.getPropertyValue('--vscode-smoothLabels-target'),
  };
}

/** Dots in small: shapes can't be told apart there. */
export function paintPoints(canvas: HTMLCanvasElement, { points, classes }: PlaneRows, color: string): void {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context?.clearRect) return;
  const { width } = canvas;
  context.clearRect(0, 0, width, width);
  context.fillStyle = color;
  context.globalAlpha = 0.6;
  classes.forEach((_, i) => {
    const place = (value: number) => ((value / REACH + 1) / 2) * width;
    context.fillRect(place(points[2 * i]!) - 0.75, width - place(points[2 * i + 1]!) - 0.75, 1.5, 1.5);
  });
}
