/** The words on a level are so far above it. */
export const LEVEL_ABOVE = 5;
/** Where the name of a curve is, from its end; and what it needs, in pixels. */
const [NAME_ABOVE, NAME_BELOW, NAME_HEIGHT, NAME_DISTANCE] = [8, 16, 12, 30];

/** True if the words on a level are where the name of a curve's end would be. */
export function isWhere(level: number, end: number): boolean {
  return Math.abs(level - LEVEL_ABOVE - (end - NAME_ABOVE)) < NAME_HEIGHT;
}

/** Where a curve ends, and what it's called. */
export interface CurveEnd {
  readonly name: string;
  readonly mark: 'hard' | 'smoothed';
  readonly y: number;
}

/** What each curve is, at its end: the upper one's name above it, the lower one's below it if there'd be no room between them. */
export function CurveNames({
  ends,
  x,
  lowest,
}: {
  readonly ends: readonly CurveEnd[];
  readonly x: number;
  readonly lowest: number;
}) {
  const ordered = ends.toSorted((a, b) => a.y - b.y);
  return ordered.map(({ name, mark, y }, i) => {
    const above = ordered[i - 1];
    const isBelow = above !== undefined && y - above.y < NAME_DISTANCE && y + NAME_BELOW < lowest;
    // Two that end in the same place are told apart by their colours alone.
    if (above !== undefined && !isBelow && y - above.y < NAME_HEIGHT) return null;
    return (
      <text
        key={mark}
        class={mark === 'smoothed' ? 'name t' : 'name'}
        x={x}
        y={isBelow ? y + NAME_BELOW : y - NAME_ABOVE}
        text-anchor="end"
      >
        {name}
      </text>
    );
  });
}
