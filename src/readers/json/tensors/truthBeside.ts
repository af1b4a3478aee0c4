import type { NestedLists } from './nestedLists.ts';

const TRUTH = /^(?:true|false|"?(?:True|False)"?)$/;
/** Harnesses write numbers and truth values as texts, too. */
const QUOTED_NUMBER = /^"(-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|nan))"$/;
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

/** Lists of a number and a truth value: a test harness writes the log-likelihood of each answer so, and whether it's the likeliest continuation. */
export class TruthBeside {
  readonly #lists: NestedLists;
  /** What isn't a number is a truth value that stands second, beside one. */
  #isEach = true;

  constructor(lists: NestedLists) {
    this.#lists = lists;
  }

  /** Takes what isn't a number, item `count` of a list. If it's a number in quotes that begins a pair, that is returned. */
  take(found: string, axis: number, count: number): number | undefined {
    const lists = this.#lists;
    const quoted = count === 0 ? QUOTED_NUMBER.exec(found)?.[1] : undefined;
    if (quoted !== undefined && (lists.innermost === -1 || lists.innermost === axis)) {
      lists.innermost = axis;
      return SPECIAL.get(quoted) ?? Number(quoted);
    }
    if (count !== 1 || axis !== lists.innermost || !TRUTH.test(found)) this.#isEach = false;
    return undefined;
  }

  /** The shape without its last axis, where each innermost list of a tensor of `values` numbers is such a pair. */
  shapeWithout(shape: readonly number[], values: number): readonly number[] | undefined {
    const isPaired = this.#lists.flaw?.reason === 'not-a-number' && this.#isEach;
    if (!isPaired || shape.length < 2 || shape.at(-1) !== 2) return undefined;
    const size = shape.slice(0, -1).reduce((product, axis) => product * axis, 1);
    return size === values && size === shape[0] ? [size] : undefined;
  }
}
