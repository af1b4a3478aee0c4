import { firstIndex } from '../../loss/binarySearch.ts';

/** Of the texts in charts, in pixels; charts.css says the same. */
const CHART_TEXT = 11;

interface Font {
  /** CSS pixels. */
  readonly size?: number;
  readonly weight?: number | string;
}

// Those of the document the module is in; emptied when its font changes.
let family: string | undefined;
let context: CanvasRenderingContext2D | undefined;

/** Letters that are as wide as they're high in the fonts that have them. */
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/gu;

/**
 * How wide a text is drawn, in CSS pixels: charts place their labels by it. A font that lacks a wide letter measures the box it draws
 * instead; whoever opens an exported picture may have a font with the letter, so it counts as an em at least.
 */
export function textWidth(text: string, { size = CHART_TEXT, weight = 400 }: Font = {}): number {
  context ??= newContext();
  family ??= getComputedStyle(document.body).fontFamily;
  context.font = `${weight} ${size}px ${family}`;
  const { width } = context.measureText(text);
  const narrow = text.replace(WIDE, '');
  if (narrow.length === text.length) return width;
  const wide = [...text].length - [...narrow].length;
  return Math.max(width, context.measureText(narrow).width + wide * size);
}

/** A text, or as much of it as there's room for, with an ellipsis. */
export function fitted(text: string, width: number, font?: Font): string {
  if (textWidth(text, font) <= width) return text;
  const letters = [...text];
  const cut = (length: number) => `${letters.slice(0, length).join('').trimEnd()}…`;
  const fits = firstIndex(letters.length - 1, (index) => textWidth(cut(index + 1), font) > width);
  return cut(fits);
}

function newContext(): CanvasRenderingContext2D {
  // VS Code writes its variables, the font among them, into the style of the root, and does so again when they change.
  const changed = new MutationObserver(() => {
    family = undefined;
  });
  changed.observe(document.documentElement, { attributeFilter: ['style'] });
  return document.createElement('canvas').getContext('2d')!;
}
