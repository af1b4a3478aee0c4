import { useEffect, useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { LossTotals } from '../loss/reduce.ts';
import type { RowDetail, SmoothingChoice, View } from '../protocol/engine.ts';
import { host } from './bridge.ts';
import { type Floors, hardFloors, type Measured, softFloors, type Terms } from './model.ts';

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

/** One row from the engine. While another is on its way, the last one. */
export function useRowDetail(revision: number, row: number): RowDetail | undefined {
  const [detail, setDetail] = useState<RowDetail>();
  useEffect(() => {
    let wanted = true;
    host.row(revision, row).then(
      (next) => wanted && setDetail(next),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [revision, row]);
  return detail;
}

/** The sums over all rows with part of the view changed; undefined until they're here, or if nothing is asked for. */
export function useTotals(revision: number, change: View | undefined): LossTotals | undefined {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly totals: LossTotals }>();
  const key = change && JSON.stringify([revision, change]);
  useEffect(() => {
    if (!change || !key) return;
    let wanted = true;
    host.totals(revision, change).then(
      (totals) => wanted && setAnswer({ key, totals }),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return answer?.key === key ? answer?.totals : undefined;
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

/**
 * The floors of a loss. Those of hard targets are here at once; those of soft targets come from the engine, so for a moment
 * they may be of an earlier loss: `floors.terms` tells.
 */
export function useFloors(measured: Measured, revision: number, of: SmoothingChoice, terms: Terms): Floors {
  const [soft, setSoft] = useState<Floors & { readonly revision: number }>();
  const isSoft = measured.stats.targets === 'soft';
  const hard = useMemo(() => (isSoft ? undefined : hardFloors(measured, terms)), [measured, terms]);
  useEffect(() => {
    if (!isSoft) return;
    let wanted = true;
    host.floors(revision, of).then(
      (byRow) => wanted && setSoft({ ...softFloors(terms, byRow), revision }),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [revision, terms, isSoft]);
  if (hard) return hard;
  return soft?.revision === revision ? soft : { terms, of: () => Number.NaN, sum: Number.NaN };
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
