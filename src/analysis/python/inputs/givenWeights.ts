import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';

/** Vocabularies have no weights by hand. */
const MOST_WEIGHTS = 1_000;

/** One weight for each class, (K), as the code has them: `torch.tensor([1., 2.])`. Undefined where one of them isn't known. */
export function givenWeights(given: Expression, resolver: Resolver): Float64Array | undefined {
  const value = resolver.resolve(given);
  if (value.kind !== 'sequence' || value.elements.length > MOST_WEIGHTS) return undefined;
  const weights = new Float64Array(value.elements.length);
  for (const [i, element] of value.elements.entries()) {
    const weight = resolver.resolve(element);
    // A caller may say otherwise, or it's no weight at all.
    if (weight.kind !== 'number' || weight.isDefault || !(weight.value >= 0 && weight.value < Infinity))
      return undefined;
    weights[i] = weight.value;
  }
  return weights;
}
