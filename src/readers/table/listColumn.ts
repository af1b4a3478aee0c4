import { excerptOf } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { growableDoubles } from '../text/growable.ts';
import { looseNumber } from './looseNumber.ts';

/** What a cell with a list begins with, and ends with: as Python, NumPy, PyTorch and Spark print it. */
const START = /^(?:array\(|tensor\(|DenseVector\()?\[/;
const END = /\](?:, ?dtype=[\w.]+)?\)?$/;
/** Spark shows 20 characters of a cell: "[0.9525741268224...". */
const CUT = /^\[[^\]]*\d\.\.\.$/;

/** True for a cell that begins as a list of numbers does. */
export function isListCell(text: string): boolean {
  return START.test(text);
}

/** The numbers of the lists in a column. */
export class ListColumn {
  readonly values: ReturnType<typeof growableDoubles>;
  size = 0;
  decimals = 0;
  #rows = 0;

  constructor(fraction: () => number) {
    this.values = growableDoubles(fraction);
  }

  /** Takes the list in a cell. Throws Unreadable if it isn't one, or not of as many numbers as the first. */
  push(text: string, offset: number): void {
    const cell = text.trim();
    if (CUT.test(cell)) throw new Unreadable({ reason: 'summarised', offset, printer: 'spark' });
    if (!START.test(cell) || !END.test(cell))
      throw new Unreadable({ reason: 'not-a-number', offset, found: excerptOf(cell) });
    const inside = cell.slice(cell.indexOf('[') + 1, cell.lastIndexOf(']')).trim();
    if (mayHaveDecimalCommas(inside))
      throw new Unreadable({ reason: 'decimal-comma', offset, found: excerptOf(cell) });
    const items = inside.split(/[\s,]+/);
    let found = 0;
    for (const item of items) {
      if (item === '') continue;
      if (item === '...') throw new Unreadable({ reason: 'summarised', offset, printer: 'numpy' });
      const number = looseNumber(item);
      if (!number) throw new Unreadable({ reason: 'not-a-number', offset, found: excerptOf(item) });
      this.values.push(number.value);
      this.decimals = Math.max(this.decimals, number.decimals);
      found++;
    }
    if (this.#rows === 0) this.size = found;
    if (found !== this.size)
      throw new Unreadable({ reason: 'ragged', offset, row: this.#rows, found, expected: this.size });
    this.#rows++;
  }
}

/** True for "0,5, 1,25" and "0,5 1,25": some of these commas may be decimal points. */
function mayHaveDecimalCommas(inside: string): boolean {
  return !inside.includes('.') && /\d,\d/.test(inside) && /\d,?\s+[\d+-]/.test(inside);
}
