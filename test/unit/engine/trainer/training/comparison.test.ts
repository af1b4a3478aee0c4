import { afterAll, describe, expect, it, vi } from 'vitest';
import type { TrainingPlan } from '../../../../../src/lab/training/trainingPlan.ts';
import { crossEntropyGradient } from '../../../../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC } from '../../../../../src/loss/lossSpec.ts';
import { drawnRows, largestDifference, learnt, smallPlan, smoothing } from './plans.ts';
import { startedTrainer } from './startedTrainer.ts';

// A busy machine trains slowly.
vi.setConfig({ testTimeout: 120_000 });

const wasm = startedTrainer('wasm');
const cpu = startedTrainer('cpu');
afterAll(() => {
  wasm.dispose();
  cpu.dispose();
});

/** Twenty steps of networks like those of digits, seven losses side by side. */
const TWENTY_STEPS: TrainingPlan = smallPlan({
  inputs: 64,
  hidden: [64, 64],
  outputs: 10,
  epochs: 4,
  batchSize: 32,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  splits: [3, 4].map((seed) => {
    const rows = drawnRows(seed, 160, 64, 10);
    return { train: rows, validation: rows, test: rows };
  }),
  networks: [
    smoothing(0),
    smoothing(0.1),
    { ...smoothing(0.3), convention: 'UNIFORM_OTHERS' as const },
    { ...smoothing(0.1), convention: 'BINARY_HALF' as const },
    { ...smoothing(0.1), focal: { balance: 1, gamma: 2 } },
  ].flatMap((loss) => [0, 1].map((split) => ({ seed: 11 + split, split, loss }))),
  marks: [],
  pictures: { plane: null, probe: null },
});

describe('networks side by side', () => {
  it.each([
    ['wasm', wasm],
    ['cpu', cpu],
  ] as const)('end where each ends alone, after twenty steps on %s', async (_, trainer) => {
    const all = await learnt(trainer, TWENTY_STEPS);
    for (const [network, planned] of TWENTY_STEPS.networks.entries()) {
      const alone = await learnt(trainer, { ...TWENTY_STEPS, networks: [planned] });
      expect(largestDifference(all, network, alone, 0)).toBeLessThan(1e-5);
    }
  });

  it('are the same on both backends to 1e-4 after twenty steps', async () => {
    const [a, b] = [await learnt(wasm, TWENTY_STEPS), await learnt(cpu, TWENTY_STEPS)];
    for (const network of TWENTY_STEPS.networks.keys())
      expect(largestDifference(a, network, b, network)).toBeLessThan(1e-4);
  });

  it.each([
    ['wasm', wasm],
    ['cpu', cpu],
  ] as const)('have the same bits with the same seeds on %s, and others with others', async (_, trainer) => {
    const plan = smallPlan();
    const [first, second] = [await learnt(trainer, plan), await learnt(trainer, plan)];
    expect(second).toEqual(first);
    const other = await learnt(trainer, {
      ...plan,
      networks: plan.networks.map((each) => ({ ...each, seed: each.seed + 1 })),
    });
    expect(largestDifference(first, 0, other, 0)).toBeGreaterThan(0.01);
  });

  it('begin alike within a seed, whatever their loss', async () => {
    const plan = smallPlan({ optimizer: { kind: 'sgd', learningRate: 0, momentum: 0 }, epochs: 1 });
    const weights = await learnt(wasm, plan);
    expect(largestDifference(weights, 0, weights, 2)).toBe(0);
    expect(largestDifference(weights, 0, weights, 1)).toBeGreaterThan(0.01);
  });

  it('learn by the gradient of the loss itself', async () => {
    // A network without hidden layers, of one input that is 1: the gradient of its biases is that of the logits, summed.
    const classes = 5;
    const labels = Int32Array.of(0, 1, 2, 3, 4, 0, 0);
    const rows = { features: new Float32Array(labels.length).fill(1), labels };
    const plan = smallPlan({
      inputs: 1,
      hidden: [],
      optimizer: { kind: 'sgd', learningRate: 1, momentum: 0 },
      batchSize: labels.length,
      epochs: 1,
      marks: [],
      splits: [{ train: rows, validation: rows, test: rows }],
      networks: [{ seed: 1, split: 0, loss: smoothing(0.2) }],
      pictures: { plane: null, probe: null },
    });
    const [weights, biases] = await learnt(wasm, {
      ...plan,
      optimizer: { kind: 'sgd', learningRate: 0, momentum: 0 },
    });
    const [, moved] = await learnt(wasm, plan);
    const logits = Float32Array.from(
      labels.length * classes === 0
        ? []
        : Array.from({ length: labels.length }, () =>
            Array.from({ length: classes }, (_, k) => weights!.values[k]! + biases!.values[k]!),
          ).flat(),
    );
    const gradient = crossEntropyGradient({
      ...DEFAULT_SPEC,
      labelSmoothing: 0.2,
      logits: { data: logits, shape: [labels.length, classes] },
      targets: { data: labels, shape: [labels.length] },
    });
    for (let k = 0; k < classes; k++) {
      let sum = 0;
      for (let row = 0; row < labels.length; row++) sum += gradient[row * classes + k]!;
      expect(biases!.values[k]! - moved!.values[k]!).toBeCloseTo(sum, 6);
    }
  });
});
