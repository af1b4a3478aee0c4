import { describe, expect, it } from 'vitest';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import type { LossProblem } from '../../../src/frameworks/namingErrors.ts';
import { NamingError } from '../../../src/frameworks/namingErrors.ts';
import { type NamedLoss, specOf } from '../../../src/frameworks/specOf.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';

function problemOf(named: NamedLoss): LossProblem {
  try {
    specOf(named);
  } catch (error) {
    if (error instanceof NamingError) return error.problem;
    throw error;
  }
  throw new Error('No problem');
}

describe('a loss by its name', () => {
  it('is PyTorch’s without one', () => expect(specOf({})).toEqual(DEFAULT_SPEC));

  it('is PyTorch’s with another reading of α by a convention alone', () =>
    expect(specOf({ convention: 'UNIFORM_OTHERS', labelSmoothing: 0.1 })).toEqual({
      ...DEFAULT_SPEC,
      convention: 'UNIFORM_OTHERS',
      labelSmoothing: 0.1,
    }));

  it('has the API’s default α, reduction, denominator, form and class axis', () => {
    expect(specOf({ api: 'timm.LabelSmoothingCrossEntropy' }).labelSmoothing).toBe(0.1);
    expect(specOf({ api: 'keras.CategoricalCrossentropy' })).toMatchObject({
      labelSmoothing: 0,
      reduction: 'mean',
      denominator: 'rows',
      classAxis: -1,
      ignoreIndex: null,
    });
    expect(specOf({ api: 't5x' })).toMatchObject({ form: 'ce-constant', reduction: 'sum' });
    expect(specOf({ api: 'apex.xentropy' })).toMatchObject({ reduction: 'none', ignoreIndex: 0 });
  });

  it('can be had of every API whose loss is known, if told what it needs', () => {
    for (const { id, conventions, beyond } of FRAMEWORK_APIS) {
      if (beyond !== undefined || conventions.length === 0) continue;
      const ignore = conventions[0] === 'PAD_EXCLUDED' ? { ignoreIndex: 0 } : {};
      const spec = specOf({ api: id, convention: conventions[0]!, labelSmoothing: 0.1, ...ignore });
      expect(spec.convention).toBe(conventions[0]);
      expect(spec.labelSmoothing).toBe(0.1);
    }
  });

  it.each<[NamedLoss, Partial<LossProblem>]>([
    [{ api: 'torch.Nothing' }, { reason: 'unknown', argument: 'api' }],
    [{ convention: 'uniform' }, { reason: 'unknown', argument: 'convention' }],
    [{ api: 'torch.NLLLoss' }, { reason: 'no-smoothing', instead: 'nothing' }],
    [{ api: 'trl.DPOConfig' }, { reason: 'no-smoothing', instead: 'preference' }],
    [{ api: 'monai.DiceCELoss' }, { reason: 'beyond' }],
    [{ api: 'sockeye' }, { reason: 'which-convention', conventions: ['UNIFORM_K', 'UNIFORM_OTHERS'] }],
    [{ api: 'fairseq', convention: 'UNIFORM_K' }, { reason: 'which-convention' }],
    [{ api: 'optax.smooth_labels' }, { reason: 'required', argument: 'labelSmoothing' }],
    [
      { api: 'joeynmt', labelSmoothing: 0.1 },
      { reason: 'required', argument: 'ignoreIndex' },
    ],
    [{ convention: 'PAD_EXCLUDED' }, { reason: 'required', argument: 'ignoreIndex' }],
    [{ api: 'keras.CategoricalCrossentropy', ignoreIndex: 0 }, { reason: 'no-such-argument' }],
    [
      { api: 'keras.CategoricalCrossentropy', weight: Float64Array.of(1, 2) },
      { reason: 'weighs-otherwise', weights: 'row' },
    ],
    [
      { api: 'fastai', weight: Float64Array.of(1, 2) },
      { reason: 'weighs-otherwise', weights: 'hard-part' },
    ],
  ])('%j is refused', (named, expected) => {
    expect(problemOf(named)).toMatchObject(expected);
  });
});

describe('α outside of what is taken', () => {
  it('is refused with what PyTorch and Keras would do', () => {
    expect(problemOf({ labelSmoothing: 1.5 })).toMatchObject({
      reason: 'range',
      elsewhere: [
        { framework: 'PyTorch', does: 'raises', at: 'call' },
        { framework: 'Keras', does: 'applies' },
      ],
    });
    expect(problemOf({ convention: 'UNIFORM_K', labelSmoothing: -0.1 })).toMatchObject({
      elsewhere: [
        { framework: 'PyTorch', does: 'off' },
        { framework: 'Keras', does: 'applies' },
      ],
    });
  });

  it.each([
    ['timm.LabelSmoothingCrossEntropy', 1, 'raises'],
    ['mlx', 1, 'raises'],
    ['t5x', 1, 'nan'],
    ['catalyst', 0, 'raises'],
    ['keras.BinaryCrossentropy', 10, 'applies'],
    ['hf.TrainingArguments', -0.1, 'applies'],
    ['liger', -0.1, 'raises'],
    ['liger', Number.NaN, 'raises'],
  ])('%s at %f: it %s', (api, labelSmoothing, does) => {
    expect(problemOf({ api, labelSmoothing })).toMatchObject({ reason: 'range', elsewhere: [{ does }] });
  });

  it.each([
    ['torch.CrossEntropyLoss.index', -0.1],
    ['torch.CrossEntropyLoss.index', Number.NaN],
    ['tf.v1.softmax_cross_entropy', -3],
    ['tfjs.softmaxCrossEntropy', Number.NaN],
    ['megatron', -0.1],
  ])('%s takes %f as 0, and so does this', (api, labelSmoothing) => {
    expect(specOf({ api, labelSmoothing }).labelSmoothing).toBe(0);
  });
});
