import { spawnSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import type { DataSetId } from '../../src/lab/data/dataSet.ts';
import type { ComparisonSettings } from '../../src/lab/experiments/comparison.ts';
import { ownSettings } from '../../src/lab/experiments/ownAlpha.ts';
import { TEACHER_SETTINGS } from '../../src/lab/experiments/teacherStory.ts';
import { torchProgram } from '../../src/lab/experiments/torchProgram.ts';
import { torchTeachers } from '../../src/lab/experiments/torchTeachers.ts';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';
import { plannedComparison, trainedComparison } from './trainedComparison.ts';

const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch, sklearn']).status === 0;

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

/** The lines that a program prints. */
function linesOf(program: string): string[] {
  const { stdout, stderr, status } = spawnSync(PYTHON, ['-'], { input: program, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}

/** What the program of a comparison prints: for each α its figures. */
function printed(data: DataSetId, settings: ComparisonSettings, seeds: number): Record<string, number>[] {
  return linesOf(torchProgram(data, settings, seeds)).map((line) =>
    Object.fromEntries(line.split(' ').map((field) => [field.split('=')[0]!, Number(field.split('=')[1])])),
  );
}

describe.runIf(hasTorch)('the PyTorch program', () => {
  it.each([
    ['clusters', 'digits', {}],
    ['wrongLabels', 'digits-20', { epochs: 40 }],
    ['hurts', 'wine', {}],
    ['hurts', 'breast', { convention: 'PAD_EXCLUDED', epochs: 40 }],
    [
      'overconfidence',
      'clouds',
      { optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9 }, weightDecay: 0.001 },
    ],
  ] as const)('comes to the same as the lab: %s on %s, with %o', async (story, data, change) => {
    const comparison = plannedComparison(story, data);
    const trained = await trainedComparison(trainer, comparison, { ...change, seeds: 6 });
    const [without, smoothed] = printed(data, trained.settings, 3);
    const alpha = trained.settings.alphas[1]!;
    for (const [figures, of] of [
      [without!, 0],
      [smoothed!, alpha],
    ] as const) {
      expect(figures.alpha).toBe(of);
      // Other seeds: gaps of α = 0 differ by a tenth, accuracies by a few points.
      expect(figures.gap! / trained.mean(of, 'gap')).toBeGreaterThan(of === 0 ? 0.8 : 0.95);
      expect(figures.gap! / trained.mean(of, 'gap')).toBeLessThan(of === 0 ? 1.25 : 1.05);
      expect(Math.abs(figures.accuracy! - trained.mean(of, 'accuracy'))).toBeLessThan(0.04);
      const over = figures.confidence! - figures.accuracy!;
      expect(Math.abs(over - trained.mean(of, 'overconfidence'))).toBeLessThan(0.05);
      expect(Math.abs(figures.ece! - trained.mean(of, 'ece'))).toBeLessThan(0.05);
      // Of networks that are right about every validation row there's none.
      if (!Number.isFinite(figures.ece_scaled! + trained.mean(of, 'eceScaled'))) continue;
      expect(Math.abs(figures.ece_scaled! - trained.mean(of, 'eceScaled'))).toBeLessThan(0.06);
      expect(figures.nll_scaled! / trained.mean(of, 'nllScaled')).toBeGreaterThan(0.7);
      expect(figures.nll_scaled! / trained.mean(of, 'nllScaled')).toBeLessThan(1.4);
    }
  });

  it.each([
    ['BINARY_HALF', null],
    ['UNIFORM_K', { balance: 0.25, gamma: 2 }],
  ] as const)('runs with %s and focal %o', (convention, focal) => {
    const { settings } = plannedComparison('hurts', 'iris');
    const rows = printed('iris', { ...settings, convention, focal, epochs: 2, alphas: [0, 0.1] }, 1);
    expect(rows).toHaveLength(2);
    for (const { accuracy } of rows) expect(accuracy).toBeGreaterThan(0.1);
  });

  it('sweeps over α on someone’s data, which it loads', () => {
    const own = {
      load: 'X = np.random.default_rng(1).normal(size=(300, 4))\ny = X[:, :3].argmax(1)',
      classes: 3,
    };
    const settings = { ...ownSettings({ rows: 300, inputs: 4, classes: 3 }), alphas: [0, 0.1, 0.3] };
    const rows = linesOf(torchProgram(own, settings, 2));
    expect(rows.map((line) => line.split(' ')[0])).toEqual(['alpha=0', 'alpha=0.1', 'alpha=0.3']);
    for (const line of rows) expect(Number(/accuracy=([\d.]+)/.exec(line)![1])).toBeGreaterThan(0.8);
  });

  it('of teachers has worse students of smoothed ones, as the lab has', () => {
    const lines = linesOf(torchTeachers({ ...TEACHER_SETTINGS, temperatures: [4], seeds: 2 }));
    const accuracies = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')), Number(line.slice(line.indexOf(':') + 1))]),
    );
    expect(Object.keys(accuracies)).toHaveLength(5);
    expect(accuracies['student alpha=0.1 T=4']).toBeLessThan(accuracies['student alpha=0 T=4']! - 0.02);
    expect(accuracies['teacher alpha=0.1']).toBeGreaterThan(accuracies['teacher alpha=0']! - 0.01);
    expect(accuracies['student of labels']).toBeGreaterThan(0.8);
  });
});
