import { damaged, type PickleBudget } from './pickleFault.ts';
import type { PickleValue } from './pickleValues.ts';

/** An object takes about as much memory as so many numbers. */
export const OBJECT = 4;

/** What a pickle has made and not used yet, with its marks, and what it remembers by number. */
export class PickleStack {
  readonly #budget: PickleBudget;
  readonly #values: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  /** Where the instruction is that is being followed. */
  offset = 0;

  constructor(budget: PickleBudget) {
    this.#budget = budget;
  }

  push(value: PickleValue): void {
    this.#budget.keep(1, this.offset);
    this.#values.push(value);
  }

  pop(): PickleValue {
    if (this.#values.length <= (this.#marks.at(-1) ?? 0)) throw damaged('stack', this.offset);
    this.#budget.free(1);
    return this.#values.pop()!;
  }

  top(): PickleValue {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.#budget.keep(1, this.offset);
    this.#marks.push(this.#values.length);
  }

  /** All above the last mark, which is taken off. */
  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged('stack', this.offset);
    const values = this.#values.splice(mark);
    this.#budget.free(values.length + 1);
    return values;
  }

  /** Takes off the value on top, or a mark where that is on top. */
  drop(): void {
    if (this.#marks.at(-1) === this.#values.length) this.popToMark();
    else this.pop();
  }

  popped(count: number): PickleValue[] {
    const values: PickleValue[] = [];
    for (let i = 0; i < count; i++) values.push(this.pop());
    return values.reverse();
  }

  /** Counts what is put into a collection, and the collection if it's new. */
  collect(values: readonly PickleValue[], isNew = false): PickleValue[] {
    this.#budget.keep(values.length + (isNew ? OBJECT : 0), this.offset);
    return values as PickleValue[];
  }

  put(index: number): void {
    this.#budget.keep(1, this.offset);
    this.#memo.set(index, this.top());
  }

  memoize(): void {
    this.put(this.#memo.size);
  }

  get(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw damaged('memo', this.offset);
    this.push(value);
  }
}
