import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readText } from '../../../../src/readers/readText.ts';

const problemOf = (text: string) => {
  const read = finish(readText(new TextEncoder().encode(text)));
  if (read.ok) throw new Error('It was read');
  return read.problem;
};

describe('the arguments of a training run are said to be that, with their α', () => {
  it.each([
    ['Lightning’s hparams.yaml', 'label_smoothing: 0.1\nlr: 0.05\n', 'label_smoothing', 0.1],
    [
      'comments, lists and sections',
      '# run 3\nmodel:\n  name: vit\n  dims:\n  - 4\nloss:\n  label_smoothing: .2 # all\n',
      'label_smoothing',
      0.2,
    ],
    [
      'key = value',
      'lr = 1e-3\nweight_decay = 0.05\nlabel_smoothing_factor = 0',
      'label_smoothing_factor',
      0,
    ],
    ['JSON', '{"lr": 0.05, "batch_size": 64, "label_smoothing": 0.1}', 'label_smoothing', 0.1],
    ['one that can’t be an α', 'label_smoothing: 10\nlr: 0.05', 'label_smoothing', null],
    ['none', 'lr: 0.05\nbatch_size: 64\noptimizer: adamw', null, null],
  ])('%s', (_, text, key, labelSmoothing) => {
    expect(problemOf(text)).toEqual({ reason: 'training-arguments', offset: 0, key, labelSmoothing });
  });

  it.each([
    ['one of them', 'lr: 0.05'],
    ['among other text', 'I set lr: 0.05 and\nbatch_size: 64\nlabel_smoothing: 0.1'],
    ['settings without any', 'width: 3\nheight: 4'],
  ])('not %s', (_, text) => expect(problemOf(text).reason).not.toBe('training-arguments'));
});
