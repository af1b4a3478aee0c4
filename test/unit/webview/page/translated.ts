/**
 * Texts of the page that can be read or heard and don't come from the bundle of strings, whose own are in ⟦brackets⟧. `known` are words
 * that are the same in any language. Runs in the page.
 */
export function untranslatedTexts(known: readonly string[]): string[] {
  const found: string[] = [];
  const isKnown = (word: string) => known.includes(word) || !/\p{L}{2}/u.test(word);
  const look = (text: string | null) => {
    let rest = text ?? '';
    // A shortened text has lost its end.
    while (/⟦[^⟦⟧]*(⟧|…)/.test(rest)) rest = rest.replace(/⟦[^⟦⟧]*(⟧|…)/g, ' ');
    if (!rest.split(/[^\p{L}\p{N}_.]+/u).every(isKnown)) found.push(rest.trim());
  };
  for (const element of document.querySelectorAll('#root, #root *')) {
    // A sentence has figures in it, which are elements; around them it's the text of one element.
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    look(own.map((node) => node.textContent).join(' '));
  }
  for (const element of document.querySelectorAll('#root *'))
    for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt'])
      look(element.getAttribute(name));
  return [...new Set(found)];
}

/** What is cut off, or leaves the page, from left to right. Runs in the page. */
export function cutOff(): string[] {
  const width = document.documentElement.clientWidth;
  const say = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 60)}”`;
  /** Whether an element between this one and the page lets its content be scrolled. */
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.querySelectorAll<HTMLElement>('#root *')]
    .filter((element) => {
      if (element instanceof SVGElement || element.checkVisibility?.() === false) return false;
      const { overflowX, clip, position } = getComputedStyle(element);
      // What is only heard is one pixel wide.
      if (position === 'absolute' && clip !== 'auto') return false;
      const box = element.getBoundingClientRect();
      if (box.width <= 1) return false;
      if (box.right > width + 1 && !scrolls(element.parentElement)) return true;
      const hides = /hidden|clip/.test(overflowX);
      return hides && element.scrollWidth > element.clientWidth + 1;
    })
    .map(say);
}
