import type { ReadProblem } from '../../readProblem.ts';

/** What lists have been read, and whether they form a tensor. */
export class NestedLists {
  readonly shape: number[] = [];
  /** The axis whose lists hold numbers, once one is seen. */
  innermost = -1;
  /** The first thing that is wrong. */
  flaw: ReadProblem | undefined;
  /** How many lists have been closed on each axis. */
  readonly #closed: number[] = [];

  /** A number stands in a list on this axis. */
  takeNumber(axis: number, offset: number): void {
    if (this.innermost === -1) {
      this.innermost = axis;
      // Empty lists came before it.
      if (this.#closed[axis + 1] !== undefined) this.flawed({ reason: 'mixed-depth', offset, row: 0 });
    }
    if (this.innermost !== axis)
      this.flawed({ reason: 'mixed-depth', offset, row: this.#closed[axis + 1] ?? 0 });
  }

  /** A list begins behind `count` items of one on this axis. */
  takeList(axis: number, offset: number, count: number): void {
    if (this.innermost === axis) this.flawed({ reason: 'mixed-depth', offset, row: count });
  }

  /** So many lists of numbers, all of the right length. */
  takeRows(axis: number, rows: number): void {
    this.#closed[axis] = (this.#closed[axis] ?? 0) + rows;
  }

  /** A list ends that has `count` items. True if those are numbers. */
  close(axis: number, count: number, offset: number): boolean {
    const row = this.#closed[axis] ?? 0;
    this.#closed[axis] = row + 1;
    const expected = this.shape[axis];
    if (expected === undefined) this.shape[axis] = count;
    else if (expected !== count) this.flawed({ reason: 'ragged', offset, row, found: count, expected });
    if (axis === this.innermost) return true;
    if (count === 0 && this.innermost > axis) this.flawed({ reason: 'mixed-depth', offset, row });
    return false;
  }

  flawed(problem: ReadProblem): void {
    this.flaw ??= problem;
  }
}
