/** A picture as text that a person can read and compare: an element a line, coordinates to a tenth of a pixel. */
export function readableSvg(svg: SVGSVGElement): string {
  return `${linesOf(svg, '').join('\n')}\n`;
}

function linesOf(element: Element, indent: string): readonly string[] {
  const attributes = [...element.attributes].map(
    ({ name, value }) => ` ${name}="${escaped(shown(name, value))}"`,
  );
  // A file of its own says what it is; in a page that's known.
  const space = indent === '' ? ' xmlns="http://www.w3.org/2000/svg"' : '';
  const open = `${indent}<${element.localName}${space}${attributes.join('')}`;
  const children = [...element.children];
  if (children.length > 0)
    return [
      `${open}>`,
      ...children.flatMap((child) => linesOf(child, `${indent}  `)),
      `${indent}</${element.localName}>`,
    ];
  // Tooltips have all digits; the last ones are the platform's.
  const text = (element.textContent ?? '').replace(/\d+\.\d{7,}/g, (number) => Number(number).toPrecision(6));
  return [text === '' ? `${open}/>` : `${open}>${escaped(text)}</${element.localName}>`];
}

/** Words stay as they are. */
function shown(name: string, value: string): string {
  if (name.startsWith('aria-') || name.startsWith('data-') || name === 'class') return value;
  const digits = name === 'fill-opacity' ? 2 : 1;
  return value.replace(/-?\d+\.\d+(?:e-?\d+)?/g, (number) =>
    String(Number(Number(number).toFixed(digits)) + 0),
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
