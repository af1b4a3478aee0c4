import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { equivalentIn, type Wanted } from '../../../src/frameworks/equivalent.ts';
import { specFiguresOf } from '../../../src/loss/theory/specFigures.ts';

const PYTHON = '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;

const FAIRSEQ: Wanted = {
  convention: 'UNIFORM_OTHERS',
  alpha: 0.1,
  classes: 5,
  form: 'ce',
  reduction: 'mean',
};

function codeOf(framework: 'PyTorch' | 'Keras' | 'optax', wanted: Wanted): string {
  const equivalent = equivalentIn(framework, wanted);
  if (!('code' in equivalent)) throw new Error(equivalent.why);
  return equivalent.code;
}

describe('the same targets as code', () => {
  it.each([
    ['PyTorch', 'nn.CrossEntropyLoss(label_smoothing=0.125)'],
    ['Keras', 'keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.125)'],
    [
      'optax',
      'optax.softmax_cross_entropy(logits, optax.smooth_labels(jax.nn.one_hot(labels, 5), 0.125)).mean()',
    ],
  ] as const)('for %s', (framework, code) => expect(codeOf(framework, FAIRSEQ)).toBe(code));

  it('needs K where it changes α', () => {
    expect(equivalentIn('PyTorch', { ...FAIRSEQ, classes: null })).toEqual({ why: 'needs-classes' });
    const same = { ...FAIRSEQ, convention: 'UNIFORM_K', classes: null } as const;
    expect(codeOf('PyTorch', same)).toBe('nn.CrossEntropyLoss(label_smoothing=0.1)');
  });

  it('is none where a class gets nothing', () =>
    expect(equivalentIn('Keras', { ...FAIRSEQ, convention: 'PAD_EXCLUDED' })).toEqual({ why: 'padding' }));

  it('smooths the labels of a sigmoid itself, where the framework doesn’t', () => {
    const binary: Wanted = { ...FAIRSEQ, convention: 'BINARY_FULL', classes: null, reduction: 'sum' };
    expect(codeOf('Keras', binary)).toBe(
      'keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.2, reduction="sum")',
    );
    expect(codeOf('PyTorch', binary)).toBe(
      'F.binary_cross_entropy_with_logits(logits, labels * 0.8 + 0.1, reduction="sum")',
    );
  });

  it.runIf(hasTorch)('has the floor in PyTorch that the hover says', () => {
    const { gap, floor } = specFiguresOf('UNIFORM_OTHERS', 0.1, 5, 'ce');
    const program = `from torch import nn, tensor, float64
loss = ${codeOf('PyTorch', FAIRSEQ)}
print(loss(tensor([[0.0, 0.0, ${gap}, 0.0, 0.0]], dtype=float64), tensor([2])).item())`;
    const { stdout } = spawnSync(PYTHON, ['-c', program], { encoding: 'utf8' });
    expect(Number(stdout)).toBeCloseTo(floor, 9);
  });
});
