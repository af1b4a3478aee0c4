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

export function sumOf(values: ArrayLike<number>): number {
  // `Sum` with its state in local variables: of millions of rows it takes a third of the time.
  const { length } = values;
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    const next = sum + value;
    if (Math.abs(sum) >= Math.abs(value)) lost += sum - next + value;
    else lost += value - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}
