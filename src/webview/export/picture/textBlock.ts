import { textWidth } from '../../charts/textWidth.ts';
import { plainColor } from './plainColors.ts';

/** A piece of text in one colour. */
export interface Run {
  readonly text: string;
  readonly fill: string;
}

/** What stays on one line: a word of a title, an entry of a legend. `x` counts from the block's left. */
interface Placed {
  readonly x: number;
  readonly runs: readonly Run[];
}

/** Text in lines, in a font of its own. */
export interface TextBlock {
  readonly lines: readonly (readonly Placed[])[];
  /** CSS pixels. */
  readonly size: number;
  readonly weight: string;
}

/** Whoever opens a picture may have another font, in which texts are wider than here. */
const OTHER_FONTS = 1.12;

/** A heading, broken between words. */
export function titleBlock(heading: Element, width: number): TextBlock {
  const { color, fontSize, fontWeight } = getComputedStyle(heading);
  const { hex: fill } = plainColor(color);
  const font = { size: Number.parseFloat(fontSize), weight: fontWeight };
  const words = (heading.textContent ?? '').split(/\s+/).filter((word) => word !== '');
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && OTHER_FONTS * textWidth(longer, font) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return { ...font, lines: lines.map((text) => [{ x: 0, runs: [{ text, fill }] }]) };
}

/** From one entry of a legend to the next, in pixels. */
const GAP = 12;

/** A legend, broken between its entries. */
export function legendBlock(legend: Element, width: number): TextBlock {
  const { fontSize, fontWeight } = getComputedStyle(legend);
  const font = { size: Number.parseFloat(fontSize), weight: fontWeight };
  const lines: Placed[][] = [];
  let end = Number.POSITIVE_INFINITY;
  for (const entry of legend.children) {
    const wide = OTHER_FONTS * textWidth(entry.textContent ?? '', font);
    const isNext = end + GAP + wide <= width;
    const x = isNext ? end + GAP : 0;
    if (!isNext) lines.push([]);
    lines.at(-1)!.push({ x, runs: [...entry.childNodes].map((node) => runOf(node, entry)) });
    end = x + wide;
  }
  return { ...font, lines };
}

function runOf(node: Node, entry: Element): Run {
  const { color } = getComputedStyle(node instanceof Element ? node : entry);
  return { text: node.textContent ?? '', fill: plainColor(color).hex };
}
