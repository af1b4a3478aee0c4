import { plainColor } from './colors.ts';
import { fontOf, inlined } from './inlined.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 16;
/** The title's line, and the legend's. */
const LINE = 28;
/** Pixels of a PNG for each CSS pixel. */
const SCALE = 2;

/** The drawing of a chart, if that's what the chart shows now. */
export function drawingIn(chart: Element): SVGSVGElement | null {
  return chart.querySelector<SVGSVGElement>('.canvas svg');
}

/**
 * A chart as one SVG file of its own: with its title, its legend, and what a screen reader says of it, in the colours of the
 * theme, on the theme's background.
 */
export function svgOf(chart: HTMLElement, drawing: SVGSVGElement): string {
  const heading = chart.querySelector('h2');
  const legend = chart.querySelector('.legend');
  const [width, height] = [drawing.clientWidth, drawing.clientHeight];
  const size = {
    width: width + 2 * MARGIN,
    height: height + 2 * MARGIN + LINE + (legend ? LINE : 0),
  };
  const root = make('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' });
  root.setAttribute('xmlns', SVG);
  root.append(
    make('title', {}, heading?.textContent ?? chart.ariaLabel ?? ''),
    make('desc', {}, descriptionOf(chart, drawing)),
    make('rect', { ...size, fill: plainColor(getComputedStyle(document.body).backgroundColor).hex }),
  );
  if (heading) root.append(textLine(heading, MARGIN + LINE / 2, 'bold'));
  const picture = inlined(drawing);
  for (const [name, value] of Object.entries({
    x: MARGIN,
    y: MARGIN + LINE,
    width,
    height,
    overflow: 'visible',
  }))
    picture.setAttribute(name, String(value));
  picture.removeAttribute('role');
  picture.removeAttribute('aria-label');
  root.append(picture);
  if (legend) root.append(textLine(legend, MARGIN + LINE + height + LINE * 0.7, 'normal'));
  return new XMLSerializer().serializeToString(root);
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
  const said = chart.querySelector('.says')?.textContent ?? '';
  return [drawing.getAttribute('aria-label') ?? '', said].filter((text) => text !== '').join('. ');
}

/** A line of HTML as a line of SVG, each part in its own colour. */
function textLine(element: Element, y: number, weight: string): SVGElement {
  const style = getComputedStyle(element);
  const text = make('text', {
    x: MARGIN,
    y,
    'font-family': fontOf(style),
    'font-size': style.fontSize,
    'font-weight': weight,
    fill: plainColor(style.color).hex,
  });
  for (const node of element.childNodes) {
    const content = (node.textContent ?? '').replace(/\s+/g, ' ');
    if (node instanceof Element) {
      const fill = plainColor(getComputedStyle(node).color).hex;
      text.append(make('tspan', { fill, dx: text.childNodes.length > 0 ? 10 : 0 }, content.trim()));
    } else if (content !== '') text.append(make('tspan', {}, content));
  }
  return text;
}

function make(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.textContent = content;
  return element;
}
