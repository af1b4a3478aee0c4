import type { WrittenNumber } from './cursor.ts';

/** How exactly numbers were written, over many of them. */
export class Digits {
  /** The most decimals of any, before its exponent. */
  decimals = 0;
  /** All are whole numbers, written without a point. */
  whole = true;
  /** The most decimals of those without an exponent. */
  #fixed = 0;
  /** The power of ten of the last digit, where that is highest among those with an exponent. */
  #scientific = Number.NEGATIVE_INFINITY;

  /** Takes a number, and how it was written. */
  take(value: number, { decimals, exponent, point }: WrittenNumber): void {
    if (decimals > this.decimals) this.decimals = decimals;
    if (point || exponent !== undefined || !Number.isFinite(value)) this.whole = false;
    if (exponent === undefined) this.#fixed = Math.max(this.#fixed, decimals);
    // A zero with an exponent is nothing but zero, and what is beyond float64 was never rounded.
    else if (value !== 0 && Number.isFinite(value) && decimals > 0)
      this.#scientific = Math.max(this.#scientific, exponent - decimals);
  }

  /** Takes all that another has taken. */
  takeAll(other: Digits): void {
    this.decimals = Math.max(this.decimals, other.decimals);
    this.whole &&= other.whole;
    this.#fixed = Math.max(this.#fixed, other.#fixed);
    this.#scientific = Math.max(this.#scientific, other.#scientific);
  }

  /**
   * How far any of the numbers may be from what was rounded to it: half a unit of its last digit. Without decimals it's 0:
   * frameworks leave those away only where nothing else would be printed.
   */
  get rounding(): number {
    const fixed = this.#fixed > 0 ? 10 ** -this.#fixed : 0;
    return Math.max(fixed, 10 ** this.#scientific) / 2;
  }
}
