import { expect, it } from 'vitest';
import { Compute } from '../../src/engine/measure/compute.ts';
import { threadedKernel } from '../unit/engine/kernel/kernels.ts';
import { fillWithLogits } from './contenders/logits.ts';
import { QUESTIONS, type Question, questionsAbout } from './contenders/questions.ts';

/** What each question took of the loss, as the best of five, when this was written; none may double. */
const USUAL: Readonly<Record<string, Readonly<Partial<Record<Question, number>>>>> = {
  '10000x1000': {
    temperature: 1.1,
    weights: 1.3,
    'ignore index': 1.1,
    'soft targets': 1.9,
    'floors of soft targets': 2.1,
    calibration: 7.5,
    entropy: 1.9,
  },
  '400000x10': {
    temperature: 1.1,
    weights: 1.5,
    'ignore index': 1.1,
    'soft targets': 1.3,
    'floors of soft targets': 1.6,
    calibration: 7.5,
    entropy: 1.2,
  },
};

it.each([
  [10_000, 1000],
  [400_000, 10],
])('no question about %d × %d logits takes twice as long as it did, by the loss', (rows, classes) => {
  const kernel = threadedKernel(0);
  const values = kernel.memory.floats(kernel.memory.allocate(4 * rows * classes), rows * classes);
  fillWithLogits(values);
  const layout = { rows, classes, inner: 1 };
  const questions = questionsAbout(new Compute(kernel), values, layout);
  const times = Object.fromEntries(QUESTIONS.map((each): [string, number[]] => [each, []]));
  for (let round = -1; round < 5; round++) {
    for (const question of QUESTIONS) {
      const start = process.cpuUsage();
      questions[question]();
      // On one thread what the processor took is what it takes where nothing else runs.
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times[question]!.push(user + system);
    }
  }
  const best = (question: Question) => Math.min(...times[question]!);
  const ratios = Object.fromEntries(QUESTIONS.map((each) => [each, best(each) / best('loss')]));
  console.log(`${rows} × ${classes}: ${JSON.stringify(ratios)}`);
  const usual = USUAL[`${rows}x${classes}`]!;
  const slow = QUESTIONS.filter((each) => each !== 'loss' && !(ratios[each]! < 2 * usual[each]!));
  expect(slow).toEqual([]);
});
