import { describe, expect, it } from 'vitest';
import { computeLoss, type LossRequest } from '../../../src/answers/computeLoss.ts';
import { readLogits } from '../../../src/host/api/readLogits.ts';
import { answered, TOOLS } from '../../../src/tools/smoothLabelsTools.ts';
import type { FoundLoss, ToolWorld } from '../../../src/tools/tool.ts';
import { engineInProcess } from '../host/api/inProcess.ts';
import { ASKED_FILES, questionsAbout, shown } from './questions.ts';

const engine = engineInProcess();
const LOSS: FoundLoss = {
  range: { start: { line: 6 } },
  api: 'torch.CrossEntropyLoss.index',
  framework: 'PyTorch',
  convention: 'UNIFORM_K',
  alpha: { value: 0.1, state: 'known' },
  numClasses: 10,
  numClassesFrom: 'code',
  targets: { on: 0.91, off: 0.01, sum: 1 },
  form: 'ce',
  floor: 0.500288,
  problems: [],
};

/** The product's own functions, with three files, and 300 losses in a folder. */
const world: ToolWorld = {
  computeLoss: (asked) => computeLoss(engine, asked as LossRequest),
  readLogits: (path, wanted) => readLogits(engine, ASKED_FILES[path.slice('/w/'.length)]!, wanted),
  notebookLogits: async () => null,
  findLosses: async (path) => ({
    found: Array.from({ length: path === '/w' ? 300 : 1 }, (_, i) => ({
      path: path === '/w' ? `/w/${i}.py` : path,
      cell: null,
      losses: [LOSS],
    })),
    files: 300,
    left: 0,
  }),
};

function ask(tool: string, input: unknown): Promise<string> {
  return answered(TOOLS.find(({ name }) => name === tool)!, input, world);
}

describe('a question that people ask is answered', () => {
  it.each(questionsAbout('/w'))('%s', async (_, tool, input, says) => {
    const answer = await ask(tool, input);
    for (const part of says) expect(answer).toContain(part);
    expect(answer.length).toBeLessThanOrEqual(2000);
  });

  it('in 2,000 characters, and says what was left out', async () => {
    const answer = await ask('find_loss_configurations', { path: '/w' });
    expect(answer.length).toBeLessThanOrEqual(2000);
    const lines = answer.split('\n');
    const left = Number(/^… and (\d+) more; ask with "all": true/.exec(lines.at(-1)!)?.[1]);
    expect(left + lines.length - 2).toBe(300);
    expect((await ask('find_loss_configurations', { path: '/w', all: true })).split('\n')).toHaveLength(301);
  });
});

describe('a call that can’t be answered says what to do', () => {
  it.each([
    ['compute_smoothed_loss', {}, 'Give "logits" and "targets"; or "classes"'],
    ['compute_smoothed_loss', { logits: [[1, 2]] }, '"logits" need "targets"'],
    ['compute_smoothed_loss', { classes: 2, targets: [0] }, '"targets" need "logits"'],
    [
      'compute_smoothed_loss',
      { classes: 2, p: 0.5, weight: [1, 2] },
      '"weight" needs "logits" and "targets"',
    ],
    ['compute_smoothed_loss', { logits: [[1, 2]], targets: [5] }, 'targets: 5 in row 0 is outside 0…1'],
    [
      'compute_smoothed_loss',
      { logits: [[1, 2]], targets: [1], alpha: 1.5 },
      'labelSmoothing: 1.5 isn’t between 0 and 1',
    ],
    ['compute_smoothed_loss', { logits: [[1, 'x']], targets: [1] }, 'logits: expected rows of numbers'],
    [
      'compute_smoothed_loss',
      { logits: [[1, 2], [3]], targets: [0, 0] },
      'logits: at [1]: expected 2 values, found 1',
    ],
    ['compute_smoothed_loss', { p: 1.2, classes: 3 }, 'p: expected a probability from 0 to 1. It was 1.2.'],
    [
      'compute_smoothed_loss',
      { label_smoothing: 0.1 },
      'label_smoothing: there’s no such argument; there are alpha',
    ],
    [
      'compute_smoothed_loss',
      { p: 0.5, classes: 3, loss: 'LabelSmoothingLoss' },
      'may be one of several losses',
    ],
    [
      'compute_smoothed_loss',
      { p: 0.5, classes: 3, loss: 'keras.losses.Nothing' },
      'Name it by one of these: "keras.CategoricalCrossentropy"',
    ],
    [
      'convert_label_smoothing',
      { alpha: 0.1, classes: 10, from: 'nemo', to: 'fairseq' },
      'means one of UNIFORM_K, UNIFORM_OTHERS',
    ],
    [
      'convert_label_smoothing',
      { alpha: 0.1, from: 'fairseq', to: 'timm.Mixup' },
      'classes: it has to be given.',
    ],
    [
      'explain_loss_value',
      { value: Number.NaN, alpha: 0.1, classes: 3 },
      'value: expected the loss, a number.',
    ],
    [
      'explain_loss_value',
      { value: 0.5, alpha: 0.1, classes: 3, unit: 'dB' },
      'unit: expected "nats", "bits" or "log10"',
    ],
    ['find_loss_configurations', { path: '' }, 'path: expected an absolute path.'],
    ['summarise_logits', {}, 'There’s no notebook in front'],
    ['summarise_logits', { path: '/w/two.json' }, 'Several arrays may be meant: "first"'],
    ['summarise_logits', { path: '/w/log.txt' }, 'training log'],
    ['summarise_logits', 'val.json', 'expected an object with path'],
  ])('%s %j', async (tool, input, message) => {
    await expect(ask(tool, input)).rejects.toThrow(message);
  });
});

it('a model that is sure of the wrong thing has an infinite loss, with the reason', async () => {
  expect(await ask('compute_smoothed_loss', { classes: 5, alpha: 0.1, p: 1 })).toContain('has probability 0');
});

it.each([0, 4])('a padding class %i gets nothing, and isn’t taken for the true one', async (ignoreIndex) => {
  const input = { classes: 5, alpha: 0.1, p: 0.9, loss: 'PAD_EXCLUDED', ignoreIndex };
  const answer = await ask('compute_smoothed_loss', input);
  // Of four classes α/3 each go to the other three; p is shared by all five.
  expect(answer).toContain(`Loss: ${shown(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1 / 4))} nats`);
  expect(answer).toContain('Smoothed targets: 0.9 for the true class, 0.03333333 for every other class.');
});
