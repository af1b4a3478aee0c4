/** A text of a picture, and where it is, in CSS pixels of the page. */
interface Placed {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What can't be read in a picture: texts that leave it, and texts over other texts. Runs in the page. */
export function illegible(picture: SVGSVGElement): string[] {
  // A line's box is higher than its letters: boxes of lines that stand close may touch.
  const [besides, above] = [0.5, 2];
  const placed: Placed[] = [...picture.querySelectorAll('text')]
    .filter((element) => (element.textContent ?? '').trim() !== '')
    .map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { text: element.textContent ?? '', left, right, top, bottom };
    });
  const box = picture.getBoundingClientRect();
  const outside = placed.filter(
    ({ left, right, top, bottom }) =>
      left < box.left - besides ||
      right > box.right + besides ||
      top < box.top - above ||
      bottom > box.bottom + above,
  );
  const over = placed.flatMap((one, i) =>
    placed
      .slice(i + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > besides &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > above,
      )
      .map((other) => `“${one.text}” over “${other.text}”`),
  );
  return [...outside.map(({ text }) => `“${text}” leaves the picture`), ...over];
}

/** The same of a picture that stands for itself, as it was exported. Runs in the page. */
export function illegibleIn(svg: string): string[] {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const frame = document.createElement('div');
  frame.style.cssText = 'position: absolute; inset: 0 auto auto 0';
  // No style sheet of the page is for it.
  const root = frame.attachShadow({ mode: 'open' });
  root.append(document.importNode(parsed, true));
  document.body.append(frame);
  const found = illegible(root.querySelector('svg')!);
  frame.remove();
  return found;
}
