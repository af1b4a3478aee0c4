import { countUpTo } from '../loss/binarySearch.ts';
import type { Work } from '../loss/work.ts';
import { finish, SLICE } from '../loss/work.ts';

/** Where the lines of a text begin. */
export type LineStarts = ArrayLike<number>;

/** In so much text one character is found within a few milliseconds. */
const SHORT = 1 << 20;
const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d];

/** Where lines end as in VS Code: with \n, \r\n, or a \r alone. */
function endsLine(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === LINE_FEED || (unit === CARRIAGE_RETURN && text.charCodeAt(index + 1) !== LINE_FEED);
}

/** They're counted first: a list of a million that grows is copied in one go, again and again. */
export function* findLineStarts(text: string): Work<LineStarts> {
  const { length } = text;
  if (length <= SHORT && !text.includes('\r')) return afterLineFeeds(text);
  let count = 1;
  for (let from = 0; from < length; from += SLICE) {
    if (from > 0) yield from / length / 2;
    const to = Math.min(length, from + SLICE);
    for (let index = from; index < to; index++) if (endsLine(text, index)) count++;
  }
  const starts = new Uint32Array(count);
  let line = 1;
  for (let from = 0; from < length; from += SLICE) {
    if (from > 0) yield (1 + from / length) / 2;
    const to = Math.min(length, from + SLICE);
    for (let index = from; index < to; index++) if (endsLine(text, index)) starts[line++] = index + 1;
  }
  return starts;
}

/** Of a text that is short, and has no \r: looking for one character is far quicker than looking at each. */
function afterLineFeeds(text: string): LineStarts {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function lineStartsOf(text: string): LineStarts {
  return finish(findLineStarts(text));
}

/** The zero-based line of an offset. */
export function lineAt(starts: LineStarts, offset: number): number {
  return Math.max(0, countUpTo(starts, offset) - 1);
}
