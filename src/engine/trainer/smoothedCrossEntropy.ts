import { cast, type Tensor, tidy, util } from '@tensorflow/tfjs-core';
import { type NamedLoss, specOf } from '../../frameworks/specOf.ts';
import { LOSS, run } from './lossOp.ts';

/**
 * The cross-entropy of smoothed labels, in nats; `F.cross_entropy` of PyTorch unless `loss` names another API or convention.
 *
 * `logits` is (…, K): the classes are on the last axis. `labels` is (…) class indices, or (…, K) probabilities, one-hot labels
 * of int32 among them. The result is a scalar, with reduction "none" (…). `tf.grad` and optimizers get the gradient with respect
 * to the logits, R·p − r with r = w∘q and R = Σ r (Szegedy et al. 2016, eq. 7 and LossNLL.cpp for the weights); of a sum with
 * 0 rows that count it is 0. There is none with respect to the labels, and no second one: tfjs throws.
 *
 * Throws LossError for what PyTorch refuses (labels out of bounds or of another shape, α out of its range), TypeError for a dtype
 * that is no number's. Call `registerOp` first.
 */
export function smoothedCrossEntropy(logits: Tensor, labels: Tensor, loss: NamedLoss = {}): Tensor {
  for (const { dtype } of [logits, labels])
    if (dtype === 'string' || dtype === 'complex64') throw new TypeError(`No loss of ${dtype} tensors`);
  const spec = { ...specOf(loss), classAxis: -1 };
  const isProbabilities = util.arraysEqual(logits.shape, labels.shape);
  return tidy(() => {
    const inputs = {
      logits: as('float32', logits),
      labels: isProbabilities
        ? as('float32', labels)
        : labels.dtype === 'bool'
          ? as('int32', labels)
          : labels,
    };
    return run(LOSS, inputs, spec)[0]!;
  });
}

function as(dtype: 'float32' | 'int32', x: Tensor): Tensor {
  return x.dtype === dtype ? x : cast(x, dtype);
}
