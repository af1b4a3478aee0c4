import { ColorThemeKind, l10n } from 'vscode';
import { markupText } from '../../../escape/markup.ts';
import type { SpecFigures } from '../../../loss/theory/specFigures.ts';
import { count, fixedNats, plain } from '../../../words/numberFormat.ts';

/** An image knows nothing of the theme: its colours are those the panel has in themes of this kind. */
const COLORS: Readonly<Record<ColorThemeKind, Colors>> = {
  [ColorThemeKind.Light]: { text: '#3b3b3b', quiet: '#6b6b6b', target: '#005fb8', floor: '#717171' },
  [ColorThemeKind.Dark]: { text: '#cccccc', quiet: '#9d9d9d', target: '#59a4f9', floor: '#8b8b8b' },
  [ColorThemeKind.HighContrast]: { text: '#ffffff', quiet: '#ffffff', target: '#4daafc', floor: '#c5c5c5' },
  [ColorThemeKind.HighContrastLight]: {
    text: '#292929',
    quiet: '#292929',
    target: '#0062a3',
    floor: '#4d4d4d',
  },
};

interface Colors {
  readonly text: string;
  readonly quiet: string;
  readonly target: string;
  readonly floor: string;
}

/** An editor gives its hovers 250 pixels of height: bars and ruler are side by side. */
const WIDTH = 500;
const HEIGHT = 80;
const SIDE = 6;
/** The bars: how wide they are together, where 0 is, and how high 1 is. */
const BARS = 200;
const BASE = 63;
const TALL = 45;
const WIDEST = 40;
/** How wide a digit is at most, and how high. */
const DIGIT = 7;
const LETTERS = 9;
/** Between two lines of text. */
const LINE = 13;
/** More classes than this are not all drawn; then the true class is so near the start that its caption leaves room for their number. */
const MOST_BARS = 10;
const TRUE_OF_MANY = 3;
/** The ruler beside them. */
const RULER = { from: BARS + 34, to: WIDTH - SIDE, y: 48 };

interface Subject {
  readonly figures: SpecFigures;
  readonly classes: number;
  /** Whether the loss has the floor of its targets. */
  readonly floor: boolean;
}

/** The targets of a row, hard and smoothed, over a ruler of the loss: an SVG image as a data URI. */
export function targetsPicture(subject: Subject, theme: ColorThemeKind): string {
  const colors = COLORS[theme];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, -apple-system, 'Segoe UI', Ubuntu, sans-serif" font-size="11" fill="${colors.text}">${bars(subject, colors)}${subject.floor ? ruler(subject.figures, colors) : ''}</svg>`;
  const bytes = new TextEncoder().encode(svg);
  return `data:image/svg+xml;base64,${btoa(String.fromCharCode(...bytes))}`;
}

/** What the picture shows, for who can't see it. */
export function targetsAlt({ figures: { on, off, smoothing }, classes }: Subject): string {
  if (smoothing.activation === 'sigmoid')
    return l10n.t('Targets: {0} for label 1, {1} for label 0', plain(on), plain(off));
  return l10n.t(
    'Target over {0} classes: {1} for the true class, {2} for every other class',
    count(classes),
    plain(on),
    plain(off),
  );
}

function bars(
  { figures: { on, off, smoothing }, classes }: Subject,
  { text, quiet, target }: Colors,
): string {
  const shown = Math.min(classes, MOST_BARS);
  const slot = Math.min(WIDEST, (BARS - 2 * SIDE) / shown);
  const wide = slot * 0.62;
  const left = SIDE;
  const trueClass = classes > shown ? TRUE_OF_MANY : Math.floor(shown / 2);
  const y = (value: number) => BASE - TALL * Math.min(1, Math.max(0, value));
  const parts = [line(left, BASE, left + slot * shown, BASE, `stroke="${quiet}" stroke-opacity="0.5"`)];
  for (let k = 0; k < shown; k++) {
    const middle = left + slot * (k + 0.5);
    const isTrue = k === trueClass;
    const value = isTrue ? on : off;
    const height = value > 0 ? Math.max(1.5, BASE - y(value)) : 0;
    parts.push(rect(middle - wide / 2, BASE - height, wide, height, `fill="${target}"`));
    // The hard target: 1 or 0.
    const hard = isTrue ? y(1) : BASE;
    parts.push(
      line(middle - wide / 2 - 2, hard, middle + wide / 2 + 2, hard, `stroke="${text}" stroke-width="1.5"`),
    );
    // On its bar; where there's no room below the hard target, which is named at its end then, beside the bar: above it the number would look larger than 1.
    const hasRoom = isTrue && y(on) - LETTERS > y(1) + 8;
    const label = Math.min(y(value), BASE) - 6;
    const beside = middle + wide / 2 + 4;
    if (hasRoom) parts.push(caption(middle, y(1) - 6, l10n.t('hard label: 1'), `fill="${quiet}"`));
    else if (isTrue) parts.push(caption(beside, y(1) + 4, '1', `fill="${quiet}"`, 'start'));
    const own = `fill="${target}" font-weight="600"`;
    if (isTrue && hasRoom) parts.push(caption(middle, label, plain(on), own));
    else if (isTrue) parts.push(caption(beside, y(1) + 4 + LINE, plain(on), own, 'start'));
    else if (slot > DIGIT * plain(off).length + 4)
      parts.push(caption(middle, label, plain(off), `fill="${target}"`));
    // The only one of its kind: it has the room up to the true class.
    else if (k === 0) parts.push(caption(left, label, plain(off), `fill="${target}"`, 'start'));
  }
  // With a sigmoid each class has a label of its own.
  const below = smoothing.activation === 'sigmoid' ? l10n.t('label 1') : l10n.t('true class');
  parts.push(caption(left + slot * (trueClass + 0.5), BASE + 13, below, `fill="${quiet}"`));
  if (classes > shown)
    parts.push(
      caption(
        left + slot * shown,
        BASE + 13,
        l10n.t('+ {0} more', count(classes - shown)),
        `fill="${quiet}"`,
        'end',
      ),
    );
  return parts.join('');
}

/** One axis in nats: grey up to the floor, and a mark for a uniform guess. */
function ruler({ floor, guessing }: SpecFigures, { quiet, floor: grey, text }: Colors): string {
  const { from, to, y } = RULER;
  const most = Math.max(guessing, floor, 1e-9);
  const x = (value: number) => from + ((to - from) * value) / most;
  const below = l10n.t('floor {0}', floor > 0 ? fixedNats(floor, 6) : '0');
  return [
    line(from, y, to, y, `stroke="${quiet}" stroke-opacity="0.5"`),
    rect(from, y - 12, Math.max(0, x(floor) - from), 12, `fill="${grey}" fill-opacity="0.75"`),
    line(x(guessing), y - 17, x(guessing), y + 4, `stroke="${quiet}" stroke-dasharray="2 2"`),
    caption(from, y + 15, l10n.t('0 nats'), `fill="${quiet}"`, 'start'),
    caption(to, y + 15, l10n.t('uniform guess {0}', fixedNats(guessing, 4)), `fill="${quiet}"`, 'end'),
    caption(from, y - 19, below, `fill="${text}" font-weight="600"`, 'start'),
  ].join('');
}

function rect(x: number, y: number, width: number, height: number, style: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${style}/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${style}/>`;
}

function caption(x: number, y: number, text: string, style: string, anchor = 'middle'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" ${style}>${markupText(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
