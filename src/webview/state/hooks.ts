import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { PanelRequests } from '../../protocol/panelChannel.ts';
import { usePage } from './page.ts';

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

type Frameworks = Awaited<ReturnType<PanelRequests['frameworks']>>;

/** Who uses which convention; undefined until that's known. */
export function useFrameworks(): Frameworks | undefined {
  const { host, answers } = usePage();
  const [known, setKnown] = useState<Frameworks>();
  useEffect(() => {
    // Without an answer the names that are known anyway are shown.
    answers.frameworks(() => host.frameworks()).then(setKnown, () => {});
  }, []);
  return known;
}

/** What is here sooner than this needs no word about it. */
const LATE_MS = 100;

/** True once something has been awaited for so long that it has to be said. */
export function useLate(isAwaited: boolean): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isAwaited) return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isAwaited]);
  return isAwaited && isLate;
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
