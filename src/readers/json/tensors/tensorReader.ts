import { SLICE, type Work } from '../../../loss/work.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { readCodeNumber } from '../../text/codeNumbers.ts';
import type { Cursor } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import { Growable, growableDoubles } from '../../text/growable.ts';
import type { NumberScan, OpenRow, Scanned } from '../../text/numberScanner.ts';
import { readNumber } from '../../text/scannedScalars.ts';
import { skipValue } from '../../text/skipValue.ts';
import type { TensorNode } from '../jsonNodes.ts';
import { skipCut } from './listItems.ts';
import { NestedLists } from './nestedLists.ts';
import { isOnePerRow } from './onePerRow.ts';
import { TruthBeside } from './truthBeside.ts';
import { TruthNumbers } from './truthNumbers.ts';

const COMMA = 0x2c;
const OPEN = 0x5b;
const OPEN_TUPLE = 0x28;
const CLOSE = 0x5d;

/** Collects the numbers of nested lists, and checks on the way that they form a tensor. */
export class TensorReader {
  readonly #cursor: Cursor;
  /** Of float32 only. */
  readonly #scan: NumberScan | undefined;
  readonly #values: Growable<Float32Array> | Growable<Float64Array>;
  readonly #spans: Growable<Float64Array>;
  readonly #lists = new NestedLists();
  readonly #truths = new TruthNumbers();
  readonly #pairs = new TruthBeside(this.#lists);
  #decimals = 0;
  #nextYield: number;
  /** Where the last item ended: after it there may be white space. */
  #lastEnd = 0;
  /** Of what is printed only: JSON counts as exact. */
  readonly digits = new Digits();

  /** `precise` keeps float64; logits are float32, as in the frameworks, but for a single one per row. */
  constructor(cursor: Cursor, isPrecise: boolean) {
    const precise = isPrecise || isOnePerRow(cursor);
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
    return this.#lists.flaw;
  }

  /** Reads the list that begins at the cursor. */
  *readList(): Work<TensorNode> {
    const start = this.#cursor.offset;
    yield* this.#readArray(0);
    return this.#node(start, this.#cursor.offset, this.#lists.shape);
  }

  /** Reads rows, or numbers, that stand one after the other with nothing around them, with commas or only white space between. */
  *readSequence(): Work<TensorNode> {
    this.#cursor.peek();
    const start = this.#cursor.offset;
    const count = yield* this.#readItems(0);
    const end = this.#lastEnd;
    const { shape, innermost } = this.#lists;
    const single = count === 1 && innermost !== 0;
    if (!single) this.#close(0, count, start, end);
    return this.#node(start, end, single ? shape.slice(1) : shape);
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
        this.#lists.takeList(axis, start, count);
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
            this.#lists.flawed({ reason: 'not-a-number', offset: start, found });
            const quoted = this.#pairs.take(found, axis, count);
            if (quoted !== undefined) this.#values.push(quoted);
            yield* skipValue(cursor);
            count++;
          } else {
            const cut = skipCut(cursor, cursor.printing);
            if (cut) this.#lists.flawed(cut);
            else cursor.fail('value');
          }
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
      const value =
        readNumber(cursor) ??
        (cursor.printing && readCodeNumber(cursor)) ??
        this.#truths.read(cursor, this.#values.length);
      if (value === undefined) {
        cursor.offset = end;
        return count;
      }
      end = cursor.offset;
      if (this.#lists.innermost !== axis) this.#lists.takeNumber(axis, start);
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

  /** The rows that begin at the cursor, as far as the scanner reads them: complete ones and perhaps a part of one. */
  #rows(axis: number, bare: boolean): { readonly rows: number; readonly open?: OpenRow | undefined } {
    const { shape, innermost } = this.#lists;
    const length = shape[axis];
    // To the scanner rows of no numbers aren't rows.
    if (!this.#scan || axis !== innermost || !length) return { rows: 0 };
    const { spans, open } = this.#take(this.#scan.rows(this.#cursor.offset, length, bare));
    this.#spans.append(spans);
    const rows = spans.length / 2;
    this.#lists.takeRows(axis, rows);
    return { rows, open };
  }

  #take(scanned: Scanned): Scanned {
    this.#cursor.offset = scanned.offset;
    this.#values.append(scanned.values);
    this.#decimals = Math.max(this.#decimals, scanned.decimals);
    return scanned;
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
    if (!this.#lists.close(axis, count, start)) return;
    this.#spans.push(start);
    this.#spans.push(end);
  }

  #node(start: number, end: number, shape: readonly number[]): TensorNode {
    const values = this.#values.toArray();
    const flaw = this.#truths.flaw(values.length);
    if (flaw) this.#lists.flawed(flaw);
    const beside = this.#pairs.shapeWithout(shape, values.length);
    return {
      type: 'tensor',
      start,
      end,
      values,
      shape: beside ?? shape.slice(),
      decimals: this.#decimals,
      spans: beside ? Float64Array.of(start, end) : this.#spans.toArray(),
      flaw: beside ? undefined : this.#lists.flaw,
      ...(this.#truths.areAll(values.length) && { areTruths: true }),
    };
  }
}
