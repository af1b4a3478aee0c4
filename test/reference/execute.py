"""Losses of the definitions in test/fixtures/analysis/execute, as PyTorch and NumPy compute them, in float64.

    /usr/bin/python3 test/reference/execute.py

writes test/reference/execute.json (Debian: python3-torch, which brings NumPy). Each definition is called as its `>>>` says:
z are logits (4, K), lp and p their logarithms of probabilities and probabilities, y labels, hot the same as rows, w class
weights; names with an n are NumPy's, with a t TensorFlow's, with a j JAX's. Where TensorFlow, Keras, JAX or optax aren't installed (Debian has
none of them), `numpyFrameworks.py` stands in for them: what it has is written by their documentation, not by our interpreter.
"""

import functools
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import numpyFrameworks

torch.set_default_dtype(torch.float64)
# Code that casts to float32 is computed in float64, too: it's the targets that are compared.
torch.Tensor.float = torch.Tensor.double
torch.float = torch.float32 = torch.float64

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / 'fixtures' / 'analysis' / 'execute'
FILES = ['torch.right', 'torch.mass', 'torch.kl', 'torch.rows', 'torch.binary', 'torch.focal', 'torch.mixed', 'torch.gradient', 'torch.holds', 'torch.called', 'torch.forms', 'torch.stopped', 'numpy', 'tensorflow', 'jax']
MISSING = numpyFrameworks.install()


def logits(k, label, shift):
    return [[2 * math.sin(3 * i + 5 * j * j + 7 * label + k + shift) for j in range(k)] for i in range(4)]


def inputs(k, alpha, label):
    z = torch.tensor(logits(k, label, 0))
    y = torch.tensor([label, label, (label + 1) % k, label])
    names = {'z': z, 'z2': torch.tensor(logits(k, label, 1)), 'lp': z.log_softmax(-1), 'p': z.softmax(-1), 'y': y,
             'hot': F.one_hot(y, k).double(), 'w': torch.tensor([0.5 + 0.25 * j for j in range(k)]), 'K': k, 'alpha': alpha}
    plain = {name: names[name].numpy() for name in ('z', 'lp', 'p', 'y', 'hot')}
    for library, made in (('n', np.asarray), ('t', tensorflow_tensor), ('j', jax_array)):
        names |= {name + library: made(value) for name, value in plain.items()}
    return names


def tensorflow_tensor(value):
    if 'tensorflow' in MISSING:
        return value.view(numpyFrameworks.Array)
    import tensorflow
    return tensorflow.constant(value)


def jax_array(value):
    if 'jax' in MISSING:
        return value.view(numpyFrameworks.JaxArray)
    import jax
    jax.config.update('jax_enable_x64', True)
    return jax.numpy.asarray(value)


def result(value):
    if isinstance(value, dict):
        value = value['loss']
    if isinstance(value, tuple):
        value = value[0]
    return np.asarray(value, dtype=float).reshape(-1).tolist()


def computed(code, call):
    names = {'torch': torch, 'nn': nn, 'F': F, 'np': np, 'math': math, 'functools': functools}
    exec(code, names)
    cases = []
    for k in (3, 5):
        for alpha in (0.1, 0.16, 0.3):
            for label in range(k):
                case = {'K': k, 'alpha': alpha, 'label': label}
                try:
                    case['losses'] = result(eval(call, names | inputs(k, alpha, label)))
                except Exception as error:
                    case['raises'] = type(error).__name__
                cases.append(case)
    return cases


def main():
    found = {}
    for file in FILES:
        found[file] = {}
        text = (FIXTURES / f'{file}.txt').read_text()
        header, text = text.split('\n# ', 1) if text.startswith('import') else ('', text)
        for block in text.split('\n----\n'):
            title = block.split('\n')[0].removeprefix('# ')
            code, _, call = block.partition('\n>>> ')
            if call:
                found[file][title] = computed(f'{header}\n# {code}', call.split('\n')[0].strip())
    lines = [f' {json.dumps(file)}: {{\n' + ',\n'.join(f'  {json.dumps(title, ensure_ascii=False)}: [\n   '
             + ',\n   '.join(json.dumps(case) for case in cases) + '\n  ]' for title, cases in titles.items()) + '\n }'
             for file, titles in found.items()]
    (HERE / 'execute.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')


main()
