import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { RowDetail } from '../protocol/engine.ts';
import { host } from './bridge.ts';
import { type Floors, hardFloors, type Measured, softFloors } from './model.ts';

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

/**
 * Floors at α. Those of hard targets are here at once; those of soft targets come from the engine, so for a moment they
 * may be of an earlier α: `floors.alpha` tells.
 */
export function useFloors(measured: Measured, revision: number, alpha: number): Floors {
  const [soft, setSoft] = useState<Floors & { readonly revision: number }>();
  const isSoft = measured.stats.targets === 'soft';
  useEffect(() => {
    if (!isSoft) return;
    let wanted = true;
    host.floors(revision, alpha).then(
      (byRow) => wanted && setSoft({ ...softFloors(alpha, byRow), revision }),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [revision, alpha, isSoft]);
  if (!isSoft) return hardFloors(measured, alpha);
  return soft?.revision === revision ? soft : { alpha, of: () => Number.NaN, sum: Number.NaN };
}
