/** The predictions of held-out rows with about the same confidence. */
export interface ShownBin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly rows: number;
}

/** Above a diagram, in pixels. */
export const TOP = 6;

interface DiagramProps {
  readonly x: number;
  readonly side: number;
  readonly bins: readonly ShownBin[];
  readonly name: string;
  readonly mark: string;
  readonly says: string;
}

/** Accuracy over confidence, and the gap of each bin. */
export function PooledDiagram({ x, side, bins, name, mark, says }: DiagramProps) {
  const most = bins.reduce((sum, { rows }) => Math.max(sum, rows), 1);
  const place = (share: number) => share * side;
  return (
    <g transform={`translate(${x},${TOP})`}>
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} class="tick">
          <line class="grid" x1={0} x2={side} y1={side - place(tick)} y2={side - place(tick)} />
          <text x={-6} y={side - place(tick) + 4} text-anchor="end">
            {tick}
          </text>
          <text x={place(tick)} y={side + 15} text-anchor="middle">
            {tick}
          </text>
        </g>
      ))}
      <path class="ideal" d={`M0,${side}L${side},0`} />
      {bins.map(({ confidence, accuracy, rows }) => (
        <g key={confidence}>
          <path
            class="miss"
            d={`M${place(confidence)},${side - place(confidence)}V${side - place(accuracy)}`}
          />
          <circle
            class="accuracy"
            cx={place(confidence)}
            cy={side - place(accuracy)}
            r={2.5 + 4.5 * Math.sqrt(rows / most)}
          />
        </g>
      ))}
      <text class={`caption ${mark}`} x={0} y={side + 34}>
        {name}
      </text>
      <text class="quiet" x={side} y={side + 34} text-anchor="end">
        {says}
      </text>
    </g>
  );
}
