import { textWidth } from '../../charts/textWidth.ts';

/** The words on a level are so far above it, or below it; and how high they are. */
const [WORDS_ABOVE, WORDS_BELOW, WORDS_HEIGHT] = [5, 14, 16];
/** Where the name of a curve is, from its end: beside it, or above or below it; and what it needs, in pixels. */
const [NAME_BESIDE, NAME_ABOVE, NAME_BELOW, NAME_HEIGHT, NAME_DISTANCE] = [8, 8, 16, 12, 30];
/** Half the height of a small letter: so far below the middle of a line its words begin. */
const TO_BASELINE = 4;

/** Where a curve ends, and what it's called. */
export interface CurveEnd {
  readonly name: string;
  readonly mark: 'hard' | 'smoothed';
  readonly y: number;
}

/** A name, and where its words begin or (`isBeside` false) end. */
export interface PlacedName extends CurveEnd {
  readonly x: number;
  readonly isBeside: boolean;
}

/** The place of the curves' ends, of the right edge, and the lowest place a name may have. */
interface Room {
  readonly x: number;
  readonly right: number;
  readonly lowest: number;
}

/**
 * While curves grow their names are beside their ends. At the right edge the upper one's name is above its end, and the lower one's below
 * it if there'd be no room between them.
 */
export function placedNames(ends: readonly CurveEnd[], { x, right, lowest }: Room): readonly PlacedName[] {
  const ordered = ends.toSorted((a, b) => a.y - b.y);
  const widest = Math.max(0, ...ends.map(({ name }) => textWidth(name)));
  if (x + NAME_BESIDE + widest <= right) {
    const [upper, lower] = ordered;
    const apart = upper && lower ? Math.max(0, NAME_HEIGHT - (lower.y - upper.y)) / 2 : 0;
    return ordered.map((end, i) => ({
      ...end,
      x: x + NAME_BESIDE,
      y: Math.min(
        lowest - NAME_HEIGHT * (ordered.length - 1 - i),
        end.y + TO_BASELINE + (i === 0 ? -apart : apart),
      ),
      isBeside: true,
    }));
  }
  return ordered.flatMap((end, i) => {
    const above = ordered[i - 1];
    const isBelow = above !== undefined && end.y - above.y < NAME_DISTANCE && end.y + NAME_BELOW < lowest;
    // Two that end in the same place are told apart by their colours alone.
    if (above !== undefined && !isBelow && end.y - above.y < NAME_HEIGHT) return [];
    return [{ ...end, x: right, y: isBelow ? end.y + NAME_BELOW : end.y - NAME_ABOVE, isBeside: false }];
  });
}

/** Where the words on a level at `y` are, which end at the right edge: above it, but below it if a curve ends there and there's room. */
export function levelWordsAt(y: number, ends: readonly CurveEnd[], lowest: number): number {
  const isTaken = ends.some((end) => end.y <= y && end.y > y - WORDS_HEIGHT);
  return isTaken && y + WORDS_BELOW < lowest ? y + WORDS_BELOW : y - WORDS_ABOVE;
}

/** True if the words on a level are where a name would be; `wordsAt` is theirs. */
export function isCovered(
  { name, x, y, isBeside }: PlacedName,
  level: { readonly name: string; readonly wordsAt: number },
  right: number,
): boolean {
  const end = isBeside ? x + textWidth(name) : x;
  return Math.abs(level.wordsAt - y) < NAME_HEIGHT && end > right - textWidth(level.name);
}

/** What each curve is, at its end; below `floor` all is on grey. */
export function CurveNames({
  names,
  floor,
}: {
  readonly names: readonly PlacedName[];
  readonly floor: number;
}) {
  return names.map(({ name, mark, x, y, isBeside }) => (
    <text
      key={mark}
      class={`name${mark === 'smoothed' ? ' t' : ''}${y - NAME_HEIGHT >= floor ? ' on-floor' : ''}`}
      x={x}
      y={y}
      text-anchor={isBeside ? 'start' : 'end'}
    >
      {name}
    </text>
  ));
}
