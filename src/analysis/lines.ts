/** Where the lines of a text begin. */
export type LineStarts = readonly number[];

const LINE_FEED = 0x0a;

export function lineStartsOf(text: string): LineStarts {
  const starts = [0];
  const { length } = text;
  for (let at = 0; at < length; at++) if (text.charCodeAt(at) === LINE_FEED) starts.push(at + 1);
  return starts;
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
