import type { PictureTheme } from '../../../protocol/panelChannel.ts';
import { withIsolates } from '../../widgets/classNames.ts';
import { fontOf, inlined } from './inlinedStyles.ts';
import { withColorsOf } from './pictureColors.ts';
import { plainColor } from './plainColors.ts';
import { legendBlock, type TextBlock, titleBlock } from './textBlock.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
/** Between the title and the drawing, and between that and the legend. */
const GAP = 10;
/** The height of a line of text, in its font size. */
const LINE = 1.5;
/** Pixels of a PNG for each CSS pixel. */
const SCALE = 2;

/** The drawing of a chart, if that's what the chart shows now. */
function drawingIn(chart: Element): SVGSVGElement | null {
  return chart.querySelector<SVGSVGElement>('.canvas svg');
}

/**
 * A chart as one SVG file of its own: with its title, its legend, and what a screen reader says of it, in the colours of the
 * theme, on the theme's background.
 */
export function svgOf(chart: HTMLElement, theme: PictureTheme): string {
  const draw = () => drawn(chart, drawingIn(chart)!);
  return theme === 'window' ? draw() : withColorsOf(theme, draw);
}

function drawn(chart: HTMLElement, drawing: SVGSVGElement): string {
  const heading = chart.querySelector('h2');
  const legend = chart.querySelector('.legend');
  const [width, height] = [drawing.clientWidth, drawing.clientHeight];
  const title = heading && titleBlock(heading, width);
  const entries = legend && legendBlock(legend, width);
  const top = MARGIN + (title ? heightOf(title) + GAP : 0);
  const below = top + height + GAP;
  const size = {
    width: width + 2 * MARGIN,
    height: Math.ceil(entries ? below + heightOf(entries) + MARGIN : below - GAP + MARGIN),
  };
  const root = make('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  root.setAttribute('xmlns', SVG);
  root.append(
    make('title', {}, heading?.textContent ?? chart.ariaLabel ?? ''),
    make('desc', {}, descriptionOf(chart, drawing)),
    make('rect', { ...size, fill: plainColor(getComputedStyle(document.body).backgroundColor).hex }),
  );
  const family = fontOf(getComputedStyle(chart));
  if (title) root.append(...texts(title, MARGIN, family));
  chart.classList.add('exported');
  const picture = inlined(drawing);
  chart.classList.remove('exported');
  for (const [name, value] of Object.entries({ x: MARGIN, y: top, width, height, overflow: 'visible' }))
    picture.setAttribute(name, String(value));
  picture.removeAttribute('role');
  picture.removeAttribute('aria-label');
  root.append(picture);
  if (entries) root.append(...texts(entries, below, family));
  // XML has no character for some that a name may have, and these are written as they are.
  return withIsolates(new XMLSerializer().serializeToString(root));
}

/** The same as PNG, twice as fine as the screen's pixels. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * image.width;
  canvas.height = SCALE * image.height;
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture'))), 'image/png'),
  );
}

function descriptionOf(chart: Element, drawing: Element): string {
  const caption = chart.querySelector('.says:not([data-hint])')?.textContent ?? '';
  return [drawing.getAttribute('aria-label') ?? '', caption]
    .filter((text) => text !== '')
    .map((text) => (/[.!?]$/.test(text) ? text : `${text}.`))
    .join(' ');
}

function heightOf({ lines, size }: TextBlock): number {
  return lines.length * size * LINE;
}

/** A block of text whose first line begins at `top`. */
function texts({ lines, size, weight }: TextBlock, top: number, family: string): SVGElement[] {
  return lines.flatMap((line, i) =>
    line.map(({ x, runs }) => {
      const text = make('text', {
        x: MARGIN + x,
        // The baseline is below the middle of a line by about a third of the letters' size.
        y: top + size * (LINE * (i + 0.5) + 0.35),
        'font-family': family,
        'font-size': `${size}px`,
        'font-weight': weight,
      });
      text.append(...runs.map((run) => make('tspan', { fill: run.fill }, run.text)));
      return text;
    }),
  );
}

function make(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = content;
  return element;
}
