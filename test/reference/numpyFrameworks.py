"""What TensorFlow, Keras, JAX and optax compute, in NumPy and float64, by their documentation: of each the functions that the definitions
in test/fixtures/analysis/execute use. `execute.py` takes a framework itself where it's installed, and these modules where it isn't.
"""

import importlib.util
import sys
import types

import numpy as np

EPSILON = 1e-7  # keras.backend.epsilon()


class Array(np.ndarray):
    def get_shape(self):
        return types.SimpleNamespace(as_list=lambda: list(self.shape))


class JaxArray(Array):
    """Written to by copies only."""

    def __setitem__(self, *_):
        raise TypeError('JAX arrays are immutable')

    @property
    def at(self):
        array = self

        class At:
            def __getitem__(self, index):
                def put(value):
                    copy = np.array(array)
                    copy[index] = value
                    return copy.view(JaxArray)
                return types.SimpleNamespace(set=put)

        return At()


def log_softmax(x, axis=-1):
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def one_hot(indices, depth, on_value=1.0, off_value=0.0):
    hit = np.asarray(indices)[..., None] == np.arange(int(depth))
    return np.where(hit, on_value, off_value).view(Array)


def cast(x, dtype):
    return np.asarray(x).astype(np.int64 if 'int' in str(dtype) else np.float64).view(Array)


def softmax_cross_entropy(logits, labels):
    return -np.sum(labels * log_softmax(logits), axis=-1)


def sigmoid_cross_entropy(labels, logits):
    return np.maximum(logits, 0) - logits * labels + np.log1p(np.exp(-np.abs(logits)))


def smoothed(labels, alpha):
    return (1.0 - alpha) * labels + alpha / labels.shape[-1]


def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0):
    q = smoothed(y_true, label_smoothing)
    if from_logits:
        return softmax_cross_entropy(y_pred, q)
    p = y_pred / np.sum(y_pred, axis=-1, keepdims=True)
    return -np.sum(q * np.log(np.clip(p, EPSILON, 1 - EPSILON)), axis=-1)


class Loss:
    def __init__(self, name=None, reduction='sum_over_batch_size'):
        self.name, self.reduction = name, reduction


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made
    return made


def install():
    """The modules that aren't installed; returns their names."""
    missing = [name for name in ('tensorflow', 'keras', 'jax', 'flax', 'optax') if importlib.util.find_spec(name) is None]
    losses = types.SimpleNamespace(Loss=Loss, categorical_crossentropy=categorical_crossentropy)
    backend = types.SimpleNamespace(clip=np.clip, epsilon=lambda: EPSILON, int_shape=lambda x: x.shape, sum=np.sum, log=np.log)
    if 'tensorflow' in missing:
        keras = module('tensorflow.keras', losses=losses, backend=backend)
        nn = types.SimpleNamespace(
            log_softmax=log_softmax,
            softmax_cross_entropy_with_logits=lambda labels, logits: softmax_cross_entropy(logits, labels),
            sigmoid_cross_entropy_with_logits=sigmoid_cross_entropy)
        module('tensorflow', keras=keras, nn=nn, math=types.SimpleNamespace(log=np.log), cast=cast, one_hot=one_hot,
               shape=np.shape, reshape=np.reshape, reduce_sum=np.sum, reduce_mean=np.mean, float32='float32', int32='int32')
    if 'keras' in missing:
        module('keras', losses=losses, ops=types.SimpleNamespace(shape=np.shape, cast=cast, sum=np.sum, log_softmax=log_softmax))
    if 'jax' in missing:
        nn = types.SimpleNamespace(one_hot=one_hot, log_softmax=log_softmax)
        numpy = module('jax.numpy', sum=np.sum, mean=np.mean, arange=np.arange,
                       full=lambda shape, value: np.full(shape, value, dtype=float).view(JaxArray))
        lax = module('jax.lax', select=lambda which, on, off: np.where(which, on, off).view(JaxArray))
        module('jax', nn=nn, numpy=numpy, lax=lax, jit=lambda made: made)
    if 'flax' in missing:
        common = module('flax.training.common_utils', onehot=one_hot)
        training = module('flax.training', common_utils=common)
        module('flax', training=training)
    if 'optax' in missing:
        module('optax', softmax_cross_entropy=softmax_cross_entropy, smooth_labels=smoothed)
    return missing
