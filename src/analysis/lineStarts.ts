import { finish, SLICE, type Work } from '../loss/work.ts';

/** Where the lines of a text begin. */
export type LineStarts = ArrayLike<number>;

const LINE_FEED = 0x0a;

/** They're counted first: a list of a million that grows is copied in one go, again and again. */
export function* lineStartsWork(text: string): Work<LineStarts> {
  const { length } = text;
  let count = 1;
  for (let from = 0; from < length; from += SLICE) {
    if (from > 0) yield from / length / 2;
    const to = Math.min(length, from + SLICE);
    for (let at = from; at < to; at++) if (text.charCodeAt(at) === LINE_FEED) count++;
  }
  const starts = new Uint32Array(count);
  let line = 1;
  for (let from = 0; from < length; from += SLICE) {
    if (from > 0) yield (1 + from / length) / 2;
    const to = Math.min(length, from + SLICE);
    for (let at = from; at < to; at++) if (text.charCodeAt(at) === LINE_FEED) starts[line++] = at + 1;
  }
  return starts;
}

export function lineStartsOf(text: string): LineStarts {
  return finish(lineStartsWork(text));
}

/** The zero-based line of an offset. */
export function lineAt(starts: LineStarts, offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
