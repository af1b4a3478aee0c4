import { add, mul, type NamedTensorMap, type Optimizer, train, type Variable } from '@tensorflow/tfjs-core';
import type { PlannedOptimizer } from '../../../lab/training/trainingPlan.ts';

/** The optimizer of all networks together: what it remembers it keeps for each weight alone. */
export function optimizerOf(planned: PlannedOptimizer): Optimizer {
  if (planned.kind === 'adam') return train.adam(planned.learningRate, 0.9, 0.999, 1e-8);
  return planned.momentum === 0
    ? train.sgd(planned.learningRate)
    : train.momentum(planned.learningRate, planned.momentum);
}

/** The gradients with λ·w added to each: weight decay as PyTorch's Adam and SGD have it. */
export function decayed(
  gradients: NamedTensorMap,
  variables: readonly Variable[],
  lambda: number,
): NamedTensorMap {
  if (lambda === 0) return gradients;
  return Object.fromEntries(
    variables.map((each) => [each.name, add(gradients[each.name]!, mul(each, lambda))]),
  );
}
