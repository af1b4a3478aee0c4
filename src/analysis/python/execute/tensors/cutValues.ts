import type { CodeSpan } from '../code/pythonSource.ts';
import type { PyTensor } from './tensor.ts';

/**
 * Values that no gradient flows through: of `detach`, `no_grad`, `item` … A first run keeps them. A second one, with logits
 * that differ a little, is given them in place of its own: what it returns then changes as the gradient says.
 */
export class CutValues {
  readonly #given: readonly Float64Array[] | null;
  readonly #kept: Float64Array[] = [];
  /** The first place where those that were given differ from its own: they depend on the logits. */
  differs: CodeSpan | null = null;

  constructor(given: CutValues | null = null) {
    this.#given = given ? given.#kept : null;
  }

  /** The tensor to go on with: itself wherever that makes no difference, so that what shares its memory still does. */
  of(tensor: PyTensor, place: CodeSpan): PyTensor {
    const values = tensor.values();
    const before = this.#given?.[this.#kept.length];
    this.#kept.push(values);
    if (before?.length !== values.length || values.every((x, i) => Object.is(x, before[i]))) return tensor;
    this.differs ??= place;
    return tensor.like(before.slice());
  }
}
