import type { Program } from '../../../protocol/exportChannel.ts';
import { TOLERANCE } from './programParts.ts';

/** How a library says the few things that a loss is computed from. */
interface Dialect {
  readonly imports: string;
  /** An array of a list, of numbers in float64, rounded to float32 or not, or of integers. */
  readonly array: (list: string, type: 'float32' | 'float64' | 'int64') => string;
  readonly log: (x: string) => string;
  /** (N, C, d1 …) as (rows, C). */
  readonly rows: (name: string, classAxis: number, classes: number) => string;
  readonly ones: (count: string | number) => string;
  readonly zeros: string;
  readonly all: string;
  readonly oneHot: (indices: string, classes: number) => string;
  /** The losses of the rows `z`, by the smoothed targets `q` and the weights `w`; under a softmax, and of sigmoids. */
  readonly softmax: string;
  readonly sigmoid: string;
  /** The same by the library's own smoothing of `labels` by `u`, if it has that. */
  readonly smoothing?: string;
  /** Given how close the framework comes in float64. */
  readonly check: (tolerance: string) => string;
}

const numpyCheck = (tolerance: string) =>
  `np.testing.assert_allclose(loss, expected, rtol=${tolerance}, atol=1e-12)`;

const NUMPY: Dialect = {
  imports: 'import numpy as np',
  array: (list, type) =>
    type === 'float32'
      ? `np.array(${list}, dtype=np.float32).astype(np.float64)`
      : `np.array(${list}, dtype=np.${type})`,
  log: (x) => `np.log(${x})`,
  rows: (name, classAxis, classes) => `np.moveaxis(${name}, ${classAxis}, -1).reshape(-1, ${classes})`,
  ones: (count) => `np.ones(${count})`,
  zeros: 'np.zeros(len(counts))',
  all: 'np.ones(len(logits), dtype=bool)',
  oneHot: (indices, classes) => `np.eye(${classes})[${indices}]`,
  softmax: `log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
rows[counts] = np.where(q > 0, -w * q * log_p, 0).sum(1)`,
  sigmoid: `cost = np.where(q > 0, q * np.logaddexp(0, -z), 0) + np.where(q < 1, (1 - q) * np.logaddexp(0, z), 0)
rows[counts] = (w * cost).mean(1)`,
  check: numpyCheck,
};

const TORCH: Dialect = {
  imports: 'import torch\nimport torch.nn.functional as F',
  array: (list, type) =>
    type === 'float32'
      ? `torch.tensor(${list}, dtype=torch.float32).double()`
      : `torch.tensor(${list}, dtype=torch.${type})`,
  log: (x) => `${x}.log()`,
  rows: (name, classAxis, classes) => `${name}.movedim(${classAxis}, -1).reshape(-1, ${classes})`,
  ones: (count) => `torch.ones(${count}, dtype=torch.float64)`,
  zeros: 'torch.zeros(len(counts), dtype=torch.float64)',
  all: 'torch.ones(len(logits), dtype=torch.bool)',
  oneHot: (indices, classes) => `F.one_hot(${indices}, ${classes}).double()`,
  softmax: 'rows[counts] = (-w * q * F.log_softmax(z, dim=1)).masked_fill(q == 0, 0).sum(1)',
  sigmoid: 'rows[counts] = F.binary_cross_entropy_with_logits(z, q, weight=w, reduction="none").mean(1)',
  check: (tolerance) =>
    `torch.testing.assert_close(loss, expected, rtol=${tolerance}, atol=1e-12, equal_nan=True)`,
};

/** Keras computes in float32, unless it's told otherwise. */
const KERAS: Dialect = {
  ...NUMPY,
  imports: 'import keras\nimport numpy as np',
  softmax:
    'rows[counts] = keras.ops.convert_to_numpy(keras.ops.categorical_crossentropy(w * q, z, from_logits=True))',
  sigmoid:
    'rows[counts] = (w * keras.ops.convert_to_numpy(keras.ops.binary_crossentropy(q, z, from_logits=True))).mean(1)',
  smoothing: `criterion = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=u, reduction=None)
rows[counts] = keras.ops.convert_to_numpy(criterion(labels, z))`,
  check: () => numpyCheck(TOLERANCE.float32),
};

const OPTAX: Dialect = {
  ...NUMPY,
  imports: 'import jax\nimport numpy as np\nimport optax\n\njax.config.update("jax_enable_x64", True)',
  softmax: 'rows[counts] = optax.softmax_cross_entropy(z, w * q)',
  sigmoid: 'rows[counts] = (w * optax.sigmoid_binary_cross_entropy(z, q)).mean(1)',
  smoothing: 'rows[counts] = optax.softmax_cross_entropy(z, optax.smooth_labels(labels, u))',
};

export const DIALECTS: Readonly<Record<Program, Dialect>> = {
  pytorch: TORCH,
  numpy: NUMPY,
  keras: KERAS,
  optax: OPTAX,
};
