import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { host } from './hostConnection.ts';

/**
 * The width of an element in CSS pixels, so that charts are laid out in real pixels; 0 until it's known. The first value
 * is the element's `ref`: the element may go and come back.
 */
export function useWidth(): readonly [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

let frameworks: ReturnType<typeof host.frameworks> | undefined;

/** Who uses which convention: asked for once. */
export function useFrameworks(): Awaited<NonNullable<typeof frameworks>> | undefined {
  const [known, setKnown] = useState<Awaited<NonNullable<typeof frameworks>>>();
  useEffect(() => {
    frameworks ??= host.frameworks();
    frameworks.then(setKnown, () => {
      frameworks = undefined;
    });
  }, []);
  return known;
}

/** How long something stands still before it's read out. */
const SETTLED_MS = 700;

/** A text once it no longer changes: for what is read aloud. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
