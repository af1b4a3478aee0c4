import { smoothingOf, valuesOf } from '../../../loss/conventions/smoothing.ts';
import { classOptima } from '../../../loss/theory/classOptima.ts';
import type { WeightsMoveOptimum } from '../../checks/usageFindings.ts';
import { givenFor } from '../losses/boundCall.ts';
import type { Expression } from '../values/expression.ts';
import { sureAlpha, type UsedLoss } from './usedLoss.ts';

/** More classes than anybody writes weights for. */
const MOST_WEIGHTS = 1000;

/**
 * Weights of the target's terms: rows of class y are predicted best as j where w_j·off > w_y·on. Weights of rows, as Keras'
 * class_weight, and those of the unsmoothed part alone move nothing.
 */
export function weightsMoveOptimum(used: UsedLoss): readonly WeightsMoveOptimum[] {
  const { config, call } = used;
  const { convention, entry } = config;
  const alpha = sureAlpha(config);
  if (alpha === undefined || entry?.weights !== 'target' || config.labels !== 'hard') return [];
  if (convention !== 'UNIFORM_K' && convention !== 'UNIFORM_OTHERS') return [];
  const given = givenFor(call.bound, call.weights ?? 'weight', call.parameters);
  const weights = given && numbersOf(given.expression, used);
  if (!given || !weights || weights.length < 2) return [];
  // A weight of 0 leaves a class out, which is a way to ignore it.
  if (weights.some((weight) => !(weight > 0))) return [];
  const smoothing = smoothingOf({ convention, labelSmoothing: alpha, ignoreIndex: null }, weights.length);
  const { favoured } = classOptima(smoothing, Float64Array.from(weights));
  const moved = [...favoured.keys()].filter((y) => favoured[y] !== y);
  const [first] = moved;
  if (first === undefined) return [];
  const to = favoured[first]!;
  const { on, off } = valuesOf(smoothing);
  const isHere = given.expression.scope.module === call.site.scope.module;
  return [
    {
      rule: 'weights-move-optimum',
      span: isHere ? given.span : config.callee,
      moved: first,
      to,
      count: moved.length,
      ratio: weights[to]! / weights[first]!,
      limit: on / off,
      classes: weights.length,
      fix: null,
    },
  ];
}

function numbersOf(expression: Expression, { resolver }: UsedLoss): readonly number[] | undefined {
  const value = resolver.resolve(expression);
  if (value.kind !== 'sequence' || value.elements.length > MOST_WEIGHTS) return undefined;
  const numbers = value.elements.map((each) => resolver.resolve(each));
  return numbers.every((each) => each.kind === 'number' && !each.isDefault)
    ? numbers.map((each) => (each.kind === 'number' ? each.value : Number.NaN))
    : undefined;
}
