import {
  add,
  div,
  mean,
  mul,
  type Scalar,
  slice,
  sum,
  type Tensor,
  type Tensor3D,
  tensor,
} from '@tensorflow/tfjs-core';
import type { TrainingLoss, TrainingPlan } from '../../../lab/training/trainingPlan.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../../loss/lossSpec.ts';
import { LOSS, run } from '../lossOp.ts';
import type { TrainingBatch } from './batches.ts';

/** Networks, one after the other, that are trained with the same loss of the same kind of targets: one call of the op. */
interface LossGroup {
  readonly first: number;
  readonly count: number;
  readonly spec: LossSpec;
  readonly temperature: number;
  readonly isSoft: boolean;
}

/** The loss of a network as the op wants it: a loss for each row. */
export function specOfTraining({ convention, labelSmoothing, ignoreIndex, focal }: TrainingLoss): LossSpec {
  return {
    ...DEFAULT_SPEC,
    convention,
    labelSmoothing,
    ignoreIndex,
    focal,
    reduction: 'none',
    classAxis: -1,
  };
}

/** The networks of a plan by their loss; only neighbours are put together. */
export function lossGroups({ networks, splits }: TrainingPlan): LossGroup[] {
  const groups: (LossGroup & { readonly key: string })[] = [];
  networks.forEach(({ loss, split }, network) => {
    const isSoft = splits[split]!.train.soft !== undefined;
    const key = JSON.stringify([loss, isSoft]);
    const last = groups.at(-1);
    if (last?.key === key) groups[groups.length - 1] = { ...last, count: last.count + 1 };
    else
      groups.push({
        first: network,
        count: 1,
        spec: specOfTraining(loss),
        temperature: loss.temperature,
        isSoft,
        key,
      });
  });
  return groups;
}

/**
 * The sum over the networks of the mean loss of their rows: a network's gradient is that of its own mean, as networks have no weight in
 * common. `logits` is (networks, rows, outputs).
 */
export function summedLoss(logits: Tensor3D, batch: TrainingBatch, groups: readonly LossGroup[]): Scalar {
  const [, rows, outputs] = logits.shape;
  const losses = groups.map(({ first, count, spec, temperature, isSoft }) => {
    const own = groups.length === 1 ? logits : slice(logits, [first, 0, 0], [count, rows, outputs]);
    const labels: Tensor = isSoft
      ? tensor(batch.soft!.subarray(first * rows * outputs, (first + count) * rows * outputs), [
          count,
          rows,
          outputs,
        ])
      : tensor(batch.labels.subarray(first * rows, (first + count) * rows), [count, rows], 'int32');
    const scaled = temperature === 1 ? own : div(own, temperature);
    const ofRows = run(LOSS, { logits: scaled, labels }, spec)[0]!;
    const total = sum(mean(ofRows, 1));
    return temperature === 1 ? total : mul(total, temperature ** 2);
  });
  return losses.reduce((all, each) => add(all, each)) as Scalar;
}
