import { SLICE, type Work } from '../../loss/work.ts';
import { excerptOf, type ReadProblem } from '../readProblem.ts';
import { readCodeNumber } from '../text/codeNumbers.ts';
import type { Cursor, Printing } from '../text/cursor.ts';
import { Digits } from '../text/digits.ts';
import { Growable, growableDoubles } from '../text/growable.ts';
import type { NumberScan, OpenRow, Scanned } from '../text/numberScanner.ts';
import { readNumber } from '../text/scannedScalars.ts';
import { skipValue } from '../text/skipValue.ts';
import { isTruth } from '../text/truthValues.ts';
import type { TensorNode } from './jsonNodes.ts';

const COMMA = 0x2c;
const DOT = 0x2e;
const OPEN = 0x5b;
const OPEN_TUPLE = 0x28;
const CLOSE = 0x5d;
/** t, T, f, F */
const TRUTH_STARTS: ReadonlySet<number> = new Set([0x74, 0x54, 0x66, 0x46]);
const TRUTH = /^(?:true|false|"?(?:True|False)"?)$/;
/** Harnesses write numbers and truth values as texts, too. */
const QUOTED_NUMBER = /^"(-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan))"$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);
/** A number, and what was cut from it, are shorter. */
const LONGEST_ITEM = 80;
/** , [ ] ( ) { } */
const ENDS_ITEM: ReadonlySet<number> = new Set([COMMA, OPEN, CLOSE, OPEN_TUPLE, 0x29, 0x7b, 0x7d]);

/** Collects the numbers of nested lists, and checks on the way that they form a tensor. */
export class TensorReader {
  readonly #cursor: Cursor;
  /** Of float32 only. */
  readonly #scan: NumberScan | undefined;
  readonly #values: Growable<Float32Array> | Growable<Float64Array>;
  readonly #spans: Growable<Float64Array>;
  readonly #shape: number[] = [];
  /** How many lists have been closed on each axis. */
  readonly #closed: number[] = [];
  /** The axis whose lists hold numbers, once one is seen. */
  #innermost = -1;
  #decimals = 0;
  #flaw: ReadProblem | undefined;
  /** What isn't a number is a truth value that stands second, beside one. */
  #sides = true;
  #nextYield: number;
  #firstTruth: { readonly offset: number; readonly found: string } | undefined;
  /** How many of its values are truth values, which count as 1 and 0 if all are. */
  #truths = 0;
  /** Where the last item ended: after it there may be white space. */
  #lastEnd = 0;
  /** Of what is printed only: JSON counts as exact. */
  readonly digits = new Digits();

  /** `precise` keeps float64; logits are float32, as in the frameworks. */
  constructor(cursor: Cursor, precise: boolean) {
    this.#cursor = cursor;
    this.#scan = precise ? undefined : cursor.scan;
    const start = cursor.offset;
    this.#nextYield = start + SLICE;
    const fraction = () => (cursor.offset - start) / (cursor.end - start);
    this.#values = precise ? growableDoubles(fraction) : new Growable(cursor.room, fraction);
    this.#spans = growableDoubles(fraction);
  }

  /** What is wrong with the lists that were read so far, though they have no end. */
  get flaw(): ReadProblem | undefined {
    return this.#flaw;
  }

  /** Reads the list that begins at the cursor. */
  *readList(): Work<TensorNode> {
    const start = this.#cursor.offset;
    yield* this.#readArray(0);
    return this.#node(start, this.#cursor.offset, this.#shape);
  }

  /** Reads rows, or numbers, that stand one after the other with nothing around them, with commas or only white space between. */
  *readSequence(): Work<TensorNode> {
    this.#cursor.peek();
    const start = this.#cursor.offset;
    const count = yield* this.#readItems(0);
    const end = this.#lastEnd;
    const single = count === 1 && this.#innermost !== 0;
    if (!single) this.#close(0, count, start, end);
    return this.#node(start, end, single ? this.#shape.slice(1) : this.#shape);
  }

  /** The list at the cursor, or what is left of one: the cursor is after one of its numbers then. */
  *#readArray(axis: number, open?: OpenRow): Work<void> {
    const cursor = this.#cursor;
    const { offset } = cursor;
    const start = open?.start ?? offset;
    cursor.offset = start;
    cursor.enter();
    if (open) {
      cursor.offset = offset;
      this.#separator(false);
    }
    const count = yield* this.#readItems(axis, open?.count);
    cursor.leave();
    this.#close(axis, count, start, cursor.offset);
  }

  /** Items up to the closing bracket, or to the end of the text if none is open. */
  *#readItems(axis: number, before = 0): Work<number> {
    const cursor = this.#cursor;
    const bare = cursor.depth === 0;
    const { closing } = cursor;
    for (let count = before; ; ) {
      const byte = cursor.peek();
      if (byte === closing) return count;
      if (byte === -1 || byte === CLOSE) cursor.fail('value');
      const start = cursor.offset;
      if (byte === OPEN || (byte === OPEN_TUPLE && cursor.printing)) {
        if (this.#innermost === axis) this.#flawed({ reason: 'mixed-depth', offset: start, row: count });
        const { rows, open } = this.#rows(axis + 1, bare);
        count += rows;
        if (rows === 0 || open) {
          yield* this.#readArray(axis + 1, open);
          count++;
        }
      } else {
        const read = this.#numbers(axis, SLICE);
        count += read;
        if (read === 0) {
          if (!cursor.printing) {
            const found = cursor.excerpt();
            this.#flawed({ reason: 'not-a-number', offset: start, found });
            this.#takeBeside(found, axis, count);
            yield* skipValue(cursor);
            count++;
          } else if (!this.#skipCut(cursor.printing)) cursor.fail('value');
        }
      }
      if (cursor.offset >= this.#nextYield) {
        this.#nextYield = cursor.offset + SLICE;
        yield cursor.offset / cursor.end;
      }
      this.#separator(bare);
    }
  }

  /** As many numbers as follow here, at most `limit`; the comma after the last one is left. */
  #numbers(axis: number, limit: number): number {
    const cursor = this.#cursor;
    const { bytes } = cursor;
    const start = cursor.offset;
    let end = start;
    for (let count = 0; ; ) {
      const value = readNumber(cursor) ?? (cursor.printing && readCodeNumber(cursor)) ?? this.#truth();
      if (value === undefined) {
        cursor.offset = end;
        return count;
      }
      end = cursor.offset;
      if (this.#innermost === -1) {
        this.#innermost = axis;
        // Empty lists came before it.
        if (this.#closed[axis + 1] !== undefined)
          this.#flawed({ reason: 'mixed-depth', offset: start, row: 0 });
      }
      if (this.#innermost !== axis)
        this.#flawed({ reason: 'mixed-depth', offset: start, row: this.#closed[axis + 1] ?? 0 });
      this.#values.push(value);
      if (cursor.printing) this.digits.take(value, cursor.written);
      const { decimals } = cursor.written;
      if (decimals > this.#decimals) this.#decimals = decimals;
      if (++count === limit) return count;
      // The common ", 1.5" goes on here; anything unusual is left to the caller.
      if (bytes[end] !== COMMA) return count;
      if (this.#scan) return count + this.#take(this.#scan.numbers(end)).values.length;
      let next = end + 1;
      while (bytes[next] === 0x20) next++;
      const byte = bytes[next]!;
      if (next >= cursor.end || !(byte === 0x2d || (byte >= 0x30 && byte <= 0x39))) return count;
      cursor.offset = next;
    }
  }

  /** A truth value at the cursor, after nothing but others, as 1 or 0. */
  #truth(): number | undefined {
    const cursor = this.#cursor;
    if (this.#truths !== this.#values.length || !TRUTH_STARTS.has(cursor.bytes[cursor.offset]!))
      return undefined;
    const end = this.#endOfItem(cursor.offset);
    const text = cursor.text(cursor.offset, end);
    if (!isTruth(text)) return undefined;
    cursor.offset = end;
    cursor.written.decimals = 0;
    cursor.written.point = false;
    cursor.written.exponent = undefined;
    this.#firstTruth ??= { offset: end - text.length, found: text };
    this.#truths++;
    return /^t/i.test(text) ? 1 : 0;
  }

  /** The rows that begin at the cursor, as far as the scanner reads them: complete ones and perhaps a part of one. */
  #rows(axis: number, bare: boolean): { readonly rows: number; readonly open?: OpenRow | undefined } {
    const length = this.#shape[axis];
    // To the scanner rows of no numbers aren't rows.
    if (!this.#scan || axis !== this.#innermost || !length) return { rows: 0 };
    const { spans, open } = this.#take(this.#scan.rows(this.#cursor.offset, length, bare));
    this.#spans.append(spans);
    const rows = spans.length / 2;
    this.#closed[axis] = (this.#closed[axis] ?? 0) + rows;
    return { rows, open };
  }

  #take(scanned: Scanned): Scanned {
    this.#cursor.offset = scanned.offset;
    this.#values.append(scanned.values);
    this.#decimals = Math.max(this.#decimals, scanned.decimals);
    return scanned;
  }

  /** "..." stands for what wasn't printed, and within a number for what was cut: "2.5...49". The rest is read on, to know where all of it ends. */
  #skipCut({ printer }: Printing): boolean {
    const { offset } = this.#cursor;
    const end = this.#endOfItem(offset);
    const at = this.#dotsIn(offset, end);
    if (at === undefined) return false;
    // In the middle of a number it was cut by whoever showed it.
    const isWhole = at === offset && end - at === 3;
    this.#flawed(
      isWhole
        ? { reason: 'summarised', offset: at, printer }
        : { reason: 'cut', offset, found: excerptOf(this.#cursor.text(offset, end)) },
    );
    this.#cursor.offset = end;
    return true;
  }

  /** Where the item at `offset` ends: at a space, a comma or a bracket, within so many bytes as a number may have. */
  #endOfItem(offset: number): number {
    const { bytes, end } = this.#cursor;
    const limit = Math.min(end, offset + LONGEST_ITEM);
    let i = offset;
    while (i < limit && bytes[i]! > 0x20 && !ENDS_ITEM.has(bytes[i]!)) i++;
    return i;
  }

  #dotsIn(start: number, end: number): number | undefined {
    const { bytes } = this.#cursor;
    for (let i = start; i + 2 < end; i++) {
      if (bytes[i] === DOT && bytes[i + 1] === DOT && bytes[i + 2] === DOT) return i;
      // "…"
      if (bytes[i] === 0xe2 && bytes[i + 1] === 0x80 && bytes[i + 2] === 0xa6) return i;
    }
    return undefined;
  }

  #separator(bare: boolean): void {
    const cursor = this.#cursor;
    this.#lastEnd = cursor.offset;
    const byte = cursor.peek();
    if (byte === COMMA) cursor.offset++;
    else if (byte !== cursor.closing && !bare && !this.#isSpaced(byte)) cursor.fail('comma');
  }

  /** White space before `byte`, where that is enough between two items. Brackets need none. */
  #isSpaced(byte: number): boolean {
    const { printing, offset } = this.#cursor;
    if (!printing || printing.commas || byte === -1) return false;
    return offset > this.#lastEnd || byte === OPEN;
  }

  #close(axis: number, count: number, start: number, end: number): void {
    const index = this.#closed[axis] ?? 0;
    this.#closed[axis] = index + 1;
    const expected = this.#shape[axis];
    if (expected === undefined) this.#shape[axis] = count;
    else if (expected !== count)
      this.#flawed({ reason: 'ragged', offset: start, row: index, found: count, expected });
    if (axis === this.#innermost) {
      this.#spans.push(start);
      this.#spans.push(end);
    } else if (count === 0 && this.#innermost > axis) {
      this.#flawed({ reason: 'mixed-depth', offset: start, row: index });
    }
  }

  /** Takes what isn't a number for a part of a pair: a truth value, or a number in quotes before one. */
  #takeBeside(found: string, axis: number, count: number): void {
    const quoted = count === 0 ? QUOTED_NUMBER.exec(found)?.[1] : undefined;
    const isFirst = quoted !== undefined && (this.#innermost === -1 || this.#innermost === axis);
    if (isFirst) {
      this.#innermost = axis;
      this.#values.push(SPECIAL.get(quoted) ?? Number(quoted));
    } else if (count !== 1 || axis !== this.#innermost || !TRUTH.test(found)) this.#sides = false;
  }

  /**
   * The shape without its last axis, where each innermost list has a number and a truth value: a test harness writes the log-likelihood
   * of each answer so, and whether it's the likeliest continuation.
   */
  #besideTruth(shape: readonly number[]): readonly number[] | undefined {
    if (this.#flaw?.reason !== 'not-a-number' || !this.#sides || shape.length < 2 || shape.at(-1) !== 2)
      return undefined;
    const size = shape.slice(0, -1).reduce((product, axis) => product * axis, 1);
    return size === this.#values.length && size === shape[0] ? [size] : undefined;
  }

  #flawed(problem: ReadProblem): void {
    this.#flaw ??= problem;
  }

  #node(start: number, end: number, shape: readonly number[]): TensorNode {
    const areTruths = this.#truths > 0 && this.#truths === this.#values.length;
    // Beside numbers a truth value is none.
    if (this.#firstTruth && !areTruths) this.#flawed({ reason: 'not-a-number', ...this.#firstTruth });
    const beside = this.#besideTruth(shape);
    if (beside) {
      const values = this.#values.toArray();
      const spans = Float64Array.of(start, end);
      return {
        type: 'tensor',
        start,
        end,
        values,
        shape: beside,
        decimals: this.#decimals,
        spans,
        flaw: undefined,
      };
    }
    return {
      type: 'tensor',
      start,
      end,
      values: this.#values.toArray(),
      shape: shape.slice(),
      decimals: this.#decimals,
      spans: this.#spans.toArray(),
      flaw: this.#flaw,
      ...(areTruths && { areTruths }),
    };
  }
}
