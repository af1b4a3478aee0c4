import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { initialWeights } from '../../../../../src/engine/trainer/networks/initialWeights.ts';
import { type StepResult, stepPlan } from '../../../../fixtures/firstSteps.ts';
import { ROOT } from '../../../../vscode/paths.ts';
import { learnt } from './plans.ts';
import { startedTrainer } from './startedTrainer.ts';

// A busy machine trains slowly.
vi.setConfig({ testTimeout: 120_000 });

const CASES: readonly StepResult[] = JSON.parse(
  readFileSync(join(ROOT, 'test', 'reference', 'firstSteps.json'), 'utf8'),
);

function farthest(found: ArrayLike<number>, expected: readonly number[]): number {
  return expected.reduce((most, x, i) => Math.max(most, Math.abs(found[i]! - x)), 0);
}

describe.each(['wasm', 'cpu'] as const)('first steps on the %s backend', (backend) => {
  const trainer = startedTrainer(backend);
  afterAll(() => trainer.dispose());

  it.each(CASES)('are PyTorch’s: $name', async (of) => {
    const plan = stepPlan(of);
    initialWeights(plan).forEach(({ values }, layer) => {
      expect(farthest(values, of.before[layer]!)).toBeLessThan(1e-8);
    });
    // With a learning rate of 1 a step of SGD is the gradient.
    const once = await learnt(trainer, {
      ...plan,
      epochs: 1,
      weightDecay: 0,
      optimizer: { kind: 'sgd', learningRate: 1, momentum: 0 },
    });
    once.forEach(({ values }, layer) => {
      const gradient = of.before[layer]!.map((w, i) => w - values[i]!);
      expect(farthest(gradient, of.gradients[layer]!)).toBeLessThan(1e-5);
    });
    const all = await learnt(trainer, plan);
    all.forEach(({ values }, layer) => {
      expect(farthest(values, of.after[layer]!)).toBeLessThan(1e-5);
    });
  });
});
