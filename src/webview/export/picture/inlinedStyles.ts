import { plainColor } from './plainColors.ts';

/** What children have from their parents. */
const INHERITED = [
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
];
const PAINTS = ['fill', 'stroke'] as const;

/** A copy of a drawing that needs no style sheet: what its theme makes of it is written into it. */
export function inlined(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = [drawing, ...drawing.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, element] of copies.entries()) inline(element, originals[i]!, i === 0);
  for (const [i, element] of copies.entries()) {
    const original = originals[i];
    if (original instanceof HTMLCanvasElement) element.parentElement?.replaceWith(imageOf(original));
  }
  // What only takes the mouse.
  for (const element of copy.querySelectorAll('.hit')) element.remove();
  for (const element of copies)
    for (const name of ['class', 'style', 'data-figure', 'data-cell', 'tabindex', 'tabIndex'])
      element.removeAttribute(name);
  return copy;
}

function inline(element: Element, original: Element, isRoot: boolean): void {
  if (original.localName === 'title' || original.localName === 'desc') return;
  const style = getComputedStyle(original);
  const above = isRoot || !original.parentElement ? undefined : getComputedStyle(original.parentElement);
  for (const name of INHERITED) {
    const value = style.getPropertyValue(name);
    if (value !== above?.getPropertyValue(name)) element.setAttribute(name, value);
  }
  if (isRoot) element.setAttribute('font-family', fontOf(style));
  const { opacity } = style;
  if (opacity !== '1') element.setAttribute('opacity', opacity);
  for (const name of PAINTS) {
    const value = style.getPropertyValue(name);
    const share = style.getPropertyValue(`${name}-opacity`);
    const same =
      above?.getPropertyValue(name) === value && above.getPropertyValue(`${name}-opacity`) === share;
    if (!same) paint(element, name, value, Number(share));
  }
}

/** What is drawn on a canvas, as wide as what has it in the drawing. */
function imageOf(canvas: HTMLCanvasElement): SVGImageElement {
  const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
  for (const name of ['width', 'height'])
    image.setAttribute(name, canvas.parentElement?.getAttribute(name) ?? '');
  image.setAttribute('preserveAspectRatio', 'none');
  image.setAttribute('href', canvas.toDataURL());
  return image;
}

/** Ends in a family that every viewer has. */
export function fontOf({ fontFamily }: CSSStyleDeclaration): string {
  return fontFamily.includes('sans-serif') ? fontFamily : `${fontFamily}, sans-serif`;
}

function paint(element: Element, name: (typeof PAINTS)[number], value: string, share: number): void {
  if (value === 'none' || value.startsWith('url(')) {
    element.setAttribute(name, value);
    return;
  }
  const { hex, opacity } = plainColor(value);
  element.setAttribute(name, hex);
  element.setAttribute(`${name}-opacity`, String(opacity * share));
}
