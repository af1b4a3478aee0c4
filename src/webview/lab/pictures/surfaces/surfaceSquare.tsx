import * as l10n from '@vscode/l10n';
import { useMemo, useRef } from 'preact/hooks';
import { SURFACE_REACH } from '../../../../lab/experiments/comparison.ts';
import { useDrawn } from '../drawQueue.ts';
import { type ProbedSquare, sureLine } from './sureness.ts';
import type { SurfacePainter } from './surfacePainter.ts';

interface Props {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly square: ProbedSquare | undefined;
  readonly points: { readonly features: Float32Array; readonly labels: Int32Array } | undefined;
  readonly painter: SurfacePainter;
}

/** A line is drawn where the largest probability is this. */
const LINE_LEVEL = 0.9;

/** How sure a network is, where, with the points that it's trained on. */
export function SurfaceSquare({ x, y, side, square, points, painter }: Props) {
  const lines = useRef<SVGGElement>(null);
  const drawn = [square?.probabilities.buffer, square?.probabilities.byteOffset, side, painter];
  const canvas = useDrawn(drawn, (each) => {
    painter.paint(each, square!);
    const line = sureLine(square!, LINE_LEVEL, side);
    for (const path of lines.current?.children ?? []) path.setAttribute('d', line);
  });
  // They stay while what they're on changes.
  const marks = useMemo(() => points && <Points points={points} side={side} />, [points, side]);
  const { pixels } = painter;
  return (
    <g transform={`translate(${x},${y})`}>
      {square ? (
        <>
          <foreignObject width={side} height={side}>
            <canvas ref={canvas} class="pixels" width={pixels} height={pixels} />
          </foreignObject>
          <g ref={lines}>
            <path class="sure-line around" />
            <path class="sure-line" />
          </g>
        </>
      ) : (
        <text class="quiet" x={side / 2} y={side - 10} text-anchor="middle">
          {l10n.t('no network yet')}
        </text>
      )}
      <rect class="frame" width={side} height={side} />
      {marks}
    </g>
  );
}

/** A mark that would be cut off isn't drawn. */
const NEAREST = 4;

function Points({ points, side }: { readonly points: NonNullable<Props['points']>; readonly side: number }) {
  const place = (value: number) => ((value / SURFACE_REACH + 1) / 2) * side;
  const isWithin = (at: number) => at >= NEAREST && at <= side - NEAREST;
  return [...points.labels].map((label, row) => {
    const [x, y] = [place(points.features[2 * row]!), side - place(points.features[2 * row + 1]!)];
    if (!isWithin(x) || !isWithin(y)) return null;
    return <path key={String(row)} class="point" d={SHAPES[label]!} transform={`translate(${x},${y})`} />;
  });
}

/** A class is a shape: colour says which network it is. */
export const SHAPES: readonly string[] = [
  'M-3,-3H3V3H-3Z',
  'M3.2,0A3.2,3.2 0 1 1 -3.2,0A3.2,3.2 0 1 1 3.2,0Z',
  'M0,-4L3.6,2.6H-3.6Z',
];
