import type { PyTensor } from '../tensors/tensor.ts';

/** Calls whose results are another each time. */
export const RANDOM =
  /(?:^|\.)(?:random|rand|randn|randint|rand_like|randn_like|randperm|bernoulli|multinomial|normal|dropout|Dropout)(?:\.|$)/;

/** By what a path begins with: how the table calls it, and whose tensors come of it. */
const ROOTS: readonly (readonly [path: string, name: string, library: PyTensor['library'] | null])[] = [
  ['torch.nn.functional.', 'F.', 'torch'],
  ['torch.special.', 'torch.', 'torch'],
  ['torch.linalg.', 'torch.linalg.', 'torch'],
  ['torch.', 'torch.', 'torch'],
  ['numpy.', 'np.', 'numpy'],
  ['jax.numpy.', 'np.', 'jax'],
  ['jax.nn.', 'jnn.', 'jax'],
  ['flax.linen.', 'jnn.', 'jax'],
  ['flax.nnx.', 'jnn.', 'jax'],
  ['flax.training.common_utils.', 'jnn.', 'jax'],
  ['jax.lax.', 'lax.', 'jax'],
  ['optax.losses.', 'optax.', 'jax'],
  ['optax.', 'optax.', 'jax'],
  ['tensorflow.keras.backend.', 'K.', 'tensorflow'],
  ['tensorflow.keras.losses.', 'losses.', 'tensorflow'],
  ['tensorflow.keras.metrics.', 'losses.', 'tensorflow'],
  ['tensorflow.keras.utils.np_utils.', 'utils.', 'numpy'],
  ['tensorflow.keras.utils.', 'utils.', 'numpy'],
  ['tensorflow.keras.ops.', 'ops.', 'tensorflow'],
  ['tensorflow.compat.v1.', 'tf.', 'tensorflow'],
  ['tensorflow.math.', 'tf.', 'tensorflow'],
  ['tensorflow.nn.', 'tf.', 'tensorflow'],
  ['tensorflow.', 'tf.', 'tensorflow'],
  ['keras.backend.', 'K.', 'tensorflow'],
  ['keras.losses.', 'losses.', 'tensorflow'],
  ['keras.metrics.', 'losses.', 'tensorflow'],
  ['keras.ops.nn.', 'ops.', 'tensorflow'],
  ['keras.ops.', 'ops.', 'tensorflow'],
  ['keras.utils.np_utils.', 'utils.', 'numpy'],
  ['keras.utils.', 'utils.', 'numpy'],
  // Its arrays behave as NumPy's do.
  ['mxnet.ndarray.', 'nd.', 'numpy'],
  ['mxnet.nd.', 'nd.', 'numpy'],
  ['math.', 'math.', null],
];

/** Of a package whose operations are in the table, or of Python's own. */
export function isFramework(path: string): boolean {
  const [root = ''] = path.split('.', 1);
  return FRAMEWORKS.has(root);
}

const FRAMEWORKS = new Set(
  'torch numpy tensorflow keras jax flax optax scipy chainer mxnet paddle math functools typing collections logging warnings random dataclasses'.split(
    ' ',
  ),
);

/** The name of an operation in the table, and the library whose tensors it makes; null: those of its arguments. */
export function operationPath(path: string): {
  readonly name: string;
  readonly library: PyTensor['library'] | null;
} {
  for (const [root, short, library] of ROOTS)
    if (path.startsWith(root)) return { name: short + inner(path.slice(root.length)), library };
  return { name: path, library: null };
}

/** `nn.log_softmax` behind `tf.compat.v1`, too. */
function inner(rest: string): string {
  return rest.replace(/^(?:nn|math|v1)\./, '');
}

/** Constants, by path. */
export const CONSTANTS: ReadonlyMap<string, number | null> = new Map([
  ...['math.', 'numpy.', 'jax.numpy.', 'torch.'].flatMap((root): [string, number | null][] => [
    [`${root}inf`, Number.POSITIVE_INFINITY],
    [`${root}nan`, Number.NaN],
    [`${root}pi`, Math.PI],
    [`${root}e`, Math.E],
  ]),
  ['numpy.newaxis', null],
  ['jax.numpy.newaxis', null],
  ['tensorflow.newaxis', null],
]);
