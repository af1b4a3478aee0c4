/** The height of a row of the table, in CSS pixels. */
export const ROW_HEIGHT = 24;

/** Browsers stop at about 33 million pixels; beyond this the scroll bar stands for more than one pixel each. */
export const MOST_HEIGHT = 12_000_000;

export interface Window {
  /** The first row to draw, and the row after the last. */
  readonly first: number;
  readonly end: number;
  /** Where the first row is, from the top of the scrolled area. */
  readonly offset: number;
}

export function scrolledHeight(rows: number): number {
  return Math.min(rows * ROW_HEIGHT, MOST_HEIGHT);
}

/** The rows in view, and one more on each side. */
export function windowAt(scrollTop: number, viewHeight: number, rows: number): Window {
  const height = scrolledHeight(rows);
  const reach = Math.max(1, height - viewHeight);
  const exactTop = (Math.min(scrollTop, reach) / reach) * Math.max(0, rows * ROW_HEIGHT - viewHeight);
  const first = Math.max(0, Math.floor(exactTop / ROW_HEIGHT) - 1);
  const end = Math.min(rows, Math.ceil((exactTop + viewHeight) / ROW_HEIGHT) + 1);
  return { first, end, offset: scrollTop + first * ROW_HEIGHT - exactTop };
}

/** Where to scroll so that a place in the order is in view; `scrollTop` itself if it is already. */
export function scrollTo(place: number, scrollTop: number, viewHeight: number, rows: number): number {
  const height = scrolledHeight(rows);
  const reach = Math.max(1, height - viewHeight);
  const exactReach = Math.max(1, rows * ROW_HEIGHT - viewHeight);
  const exactTop = (scrollTop / reach) * exactReach;
  const top = place * ROW_HEIGHT;
  if (top < exactTop) return (top / exactReach) * reach;
  if (top + ROW_HEIGHT > exactTop + viewHeight) return ((top + ROW_HEIGHT - viewHeight) / exactReach) * reach;
  return scrollTop;
}
