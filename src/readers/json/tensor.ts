import { SLICE, type Work } from '../../loss/work.ts';
import { Growable } from '../growable.ts';
import type { ReadProblem } from '../problem.ts';
import type { Cursor } from './cursor.ts';
import type { TensorNode } from './node.ts';
import { readNumber, written } from './scalars.ts';
import { skipValue } from './values.ts';

const COMMA = 0x2c;
const OPEN = 0x5b;
const CLOSE = 0x5d;

/** Collects the numbers of nested lists, and checks on the way that they form a tensor. */
export class TensorReader {
  readonly #cursor: Cursor;
  readonly #values: Growable<Float32Array> | Growable<Float64Array>;
  readonly #spans = new Growable(Float64Array);
  readonly #shape: number[] = [];
  /** How many lists have been closed on each axis. */
  readonly #closed: number[] = [];
  /** The axis whose lists hold numbers, once one is seen. */
  #innermost = -1;
  #decimals = 0;
  #flaw: ReadProblem | undefined;
  #nextYield = SLICE;
  /** Where the last item ended: after it there may be white space. */
  #lastEnd = 0;

  /** `precise` keeps float64; logits are float32, as in the frameworks. */
  constructor(cursor: Cursor, precise: boolean) {
    this.#cursor = cursor;
    this.#values = precise ? new Growable(Float64Array) : new Growable(Float32Array);
  }

  /** Reads the list that begins at the cursor. */
  *listWork(): Work<TensorNode> {
    const start = this.#cursor.offset;
    yield* this.#arrayWork(0);
    return this.#node(start, this.#cursor.offset, this.#shape);
  }

  /** Reads rows, or numbers, that stand one after the other with nothing around them, with commas or only white space between. */
  *sequenceWork(): Work<TensorNode> {
    this.#cursor.peek();
    const start = this.#cursor.offset;
    const count = yield* this.#itemsWork(0);
    const end = this.#lastEnd;
    const single = count === 1 && this.#innermost !== 0;
    if (!single) this.#close(0, count, start, end);
    return this.#node(start, end, single ? this.#shape.slice(1) : this.#shape);
  }

  *#arrayWork(axis: number): Work<void> {
    const start = this.#cursor.offset;
    this.#cursor.enter();
    const count = yield* this.#itemsWork(axis);
    this.#cursor.leave();
    this.#close(axis, count, start, this.#cursor.offset);
  }

  /** Items up to the closing bracket, or to the end of the text if none is open. */
  *#itemsWork(axis: number): Work<number> {
    const cursor = this.#cursor;
    const bare = cursor.depth === 0;
    for (let count = 0; ; ) {
      const byte = cursor.peek();
      if (byte === CLOSE && !bare) return count;
      if (byte === -1 && bare) return count;
      if (byte === -1 || byte === CLOSE) cursor.fail('value');
      const start = cursor.offset;
      if (byte === OPEN) {
        if (this.#innermost === axis) this.#flawed({ reason: 'mixed-depth', offset: start, row: count });
        yield* this.#arrayWork(axis + 1);
        count++;
        if (this.#values.length >= this.#nextYield) {
          this.#nextYield = this.#values.length + SLICE;
          yield cursor.offset / cursor.end;
        }
      } else {
        const read = this.#numbers(axis, SLICE);
        count += read;
        if (read === SLICE) yield cursor.offset / cursor.end;
        if (read === 0) {
          this.#flawed({ reason: 'not-a-number', offset: start, found: cursor.excerpt() });
          skipValue(cursor);
          count++;
        }
      }
      this.#separator(bare);
    }
  }

  /** As many numbers as follow here, at most `limit`; the comma after the last one is left. */
  #numbers(axis: number, limit: number): number {
    const cursor = this.#cursor;
    const { bytes } = cursor;
    const start = cursor.offset;
    for (let count = 0; ; ) {
      const value = readNumber(cursor);
      if (value === undefined) return count;
      if (this.#innermost === -1) this.#innermost = axis;
      if (this.#innermost !== axis)
        this.#flawed({ reason: 'mixed-depth', offset: start, row: this.#closed[axis + 1] ?? 0 });
      this.#values.push(value);
      if (written.decimals > this.#decimals) this.#decimals = written.decimals;
      if (++count === limit) return count;
      // The common ", 1.5" goes on here; anything unusual is left to the caller.
      if (bytes[cursor.offset] !== COMMA) return count;
      let next = cursor.offset + 1;
      while (bytes[next] === 0x20) next++;
      const byte = bytes[next]!;
      if (next >= cursor.end || !(byte === 0x2d || (byte >= 0x30 && byte <= 0x39))) return count;
      cursor.offset = next;
    }
  }

  #separator(bare: boolean): void {
    const cursor = this.#cursor;
    this.#lastEnd = cursor.offset;
    const byte = cursor.peek();
    if (byte === COMMA) cursor.offset++;
    else if (byte !== (bare ? -1 : CLOSE) && !bare) cursor.fail('comma');
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

  #flawed(problem: ReadProblem): void {
    this.#flaw ??= problem;
  }

  #node(start: number, end: number, shape: readonly number[]): TensorNode {
    return {
      type: 'tensor',
      start,
      end,
      values: this.#values.toArray(),
      shape: shape.slice(),
      decimals: this.#decimals,
      spans: this.#spans.toArray(),
      flaw: this.#flaw,
    };
  }
}
