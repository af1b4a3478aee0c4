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
  const sum = new Sum();
  for (let i = 0; i < values.length; i++) sum.add(values[i]!);
  return sum.value;
}
