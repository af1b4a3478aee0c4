import * as tf from '@tensorflow/tfjs';

/** The mean loss as one would write it in tfjs: log-softmax, one-hot labels, sums. */
export function composedLoss(logits: tf.Tensor, labels: tf.Tensor, labelSmoothing: number): tf.Scalar {
  return tf.tidy(() => {
    const classes = logits.shape.at(-1)!;
    const oneHot = tf.cast(tf.oneHot(labels as tf.Tensor1D, classes), 'float32');
    const targets = tf.add(tf.mul(oneHot, 1 - labelSmoothing), labelSmoothing / classes);
    return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), -1)));
  });
}
