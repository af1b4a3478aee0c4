/** Neumaier's compensated sum: its error doesn't grow with the number of terms. Infinities and NaN come out as themselves. */
export class Sum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const next = this.#sum + value;
    if (Math.abs(this.#sum) >= Math.abs(value)) this.#lost += this.#sum - next + value;
    else this.#lost += value - next + this.#sum;
    this.#sum = next;
  }

  get value(): number {
    // ∞ − ∞ makes what was lost NaN, though the sum itself is sound.
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}

/** So many numbers of a long sum are added up as they are, in four parts. */
export const RUN = 256;

/**
 * The sum of many numbers, by runs whose sums are added as `Sum` does: to compensate for each number would take five times as
 * long. Up to 256 numbers are all compensated for.
 */
export function sumOf(values: ArrayLike<number>): number {
  const { length } = values;
  const sum = new Sum();
  if (length <= RUN) for (let i = 0; i < length; i++) sum.add(values[i]!);
  else for (let i = 0; i < length; i += RUN) sum.add(sumOfRun(values, i, Math.min(i + RUN, length)));
  return sum.value;
}

function sumOfRun(values: ArrayLike<number>, start: number, end: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = start;
  for (; i + 3 < end; i += 4) {
    a += values[i]!;
    b += values[i + 1]!;
    c += values[i + 2]!;
    d += values[i + 3]!;
  }
  for (; i < end; i++) a += values[i]!;
  return a + b + (c + d);
}
