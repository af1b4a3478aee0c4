import { scaleLinear } from 'd3-scale';
import { textWidth } from '../../charts/textWidth.ts';

/** From the top of the picture to p = 1, from there to 0, and what is below, in pixels. */
export const BAR_TOP = 30;
const BAR_ROOM = 190;
export const BAR_HEIGHT = BAR_TOP + BAR_ROOM + 6;
/** Of the axis's numbers, left of the bars; playground.css has the same. */
export const BAR_LEFT = 32;
const WIDEST = 46;

/** As playground.css has the figures of bars. */
export const BAR_FONT = { size: 12, weight: 600 };

export const yOf = scaleLinear([0, 1], [BAR_TOP + BAR_ROOM, BAR_TOP]).clamp(true);

/** Where the bars of so many columns are. */
export function barsOf(width: number, columns: number) {
  const slot = Math.max(1, (width - BAR_LEFT) / columns);
  const bar = Math.min(WIDEST, slot * 0.62);
  return { slot, bar, middle: (column: number) => BAR_LEFT + slot * (column + 0.5) };
}

/** The middle of a text as near to `x` as it may be within the picture. */
export function middleWithin(x: number, text: string, width: number): number {
  const half = textWidth(text, BAR_FONT) / 2;
  return Math.max(half, Math.min(x, width - half));
}

/** A text in lines that aren't wider, broken between words. */
export function linesWithin(text: string, room: number, weight = 400): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, { ...BAR_FONT, weight }) > room) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return lines;
}
