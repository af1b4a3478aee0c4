import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import type { RowScores, RowsToScore, ScoreQuestion } from '../../../../src/engine/measure/scores/score.ts';
import { scoreExactly } from '../../../../src/engine/measure/scores/scoreExactly.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { finish } from '../../../../src/loss/work.ts';
import { kernelModule } from './builds.ts';
import { anyClasses, FAMILIES, randomOf } from './families.ts';

const KERNELS = (['private-relaxed', 'private-plain', 'shared-relaxed'] as const).map((build) => {
  const kernel = new KernelMeasure(kernelModule(build), build.startsWith('shared'), NO_THREADS);
  return { build, kernel };
});

const SHAPES = fc.record({
  classes: anyClasses,
  outer: fc.integer({ min: 1, max: 13 }),
  inner: fc.constantFrom(1, 1, 1, 3, 4, 9),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  targets: fc.constantFrom('indices', 'indices', 'soft'),
  beta: fc.constantFrom(1, 1, 0.3, 2.5, 1e-3, 40, 1e-12, 1e9),
  odd: fc.constantFrom(0, 0, 1, 3),
} as const);
interface Shape {
  readonly classes: number;
  readonly outer: number;
  readonly inner: number;
  readonly seed: number;
  readonly targets: 'indices' | 'soft';
  readonly beta: number;
  readonly odd: number;
}

function rowsOf(shape: Shape, logit: (typeof FAMILIES)[string]): RowsToScore & { values: Float32Array } {
  const { classes, outer, inner, seed } = shape;
  const random = randomOf(seed);
  const layout = layoutOf([outer, classes, inner], 1);
  const values = new Float32Array(layout.rows * classes);
  for (let i = 0; i < values.length; i++) {
    const k = Math.floor(i / inner) % classes;
    values[i] = logit(random, k, Math.floor(i / inner / classes) * inner + (i % inner));
  }
  for (let i = 0; i < shape.odd; i++)
    values[Math.floor(random() * values.length)] = [Number.NaN, 1 / 0, -1 / 0][Math.floor(3 * random())]!;
  const index = () => (random() < 0.1 ? -100 : Math.floor(random() * classes));
  const targets: Targets =
    shape.targets === 'soft'
      ? { kind: 'soft', values: Float32Array.from(values, () => Math.max(0, random() - 0.5)) }
      : { kind: 'indices', values: Int32Array.from({ length: layout.rows }, index) };
  return { source: { values }, values, layout, targets, ignoreIndex: -100 };
}

function scored(
  kernel: KernelMeasure,
  rows: RowsToScore & { values: Float32Array },
  at: ScoreQuestion,
): RowScores {
  const { memory } = kernel;
  if (!memory.shared) return finish(kernel.scores(rows, at))!;
  const address = memory.allocate(rows.values.byteLength);
  const values = memory.floats(address, rows.values.length);
  values.set(rows.values);
  const found = finish(kernel.scores({ ...rows, source: { values } }, at))!;
  memory.free(address);
  return found;
}

/** Within 1e−6 of what the terms of a sum come to, or of 1e−6 a row. */
function expectNear(name: string, found: number, expected: number, terms: number, rows: number): void {
  if (Object.is(found, expected) || found === expected) return;
  const bound = 1e-6 * Math.max(Math.abs(terms), 1e-6 * rows);
  expect(Math.abs(found - expected), `${name} is ${found}, not ${expected}`).toBeLessThanOrEqual(bound);
}

function expectScores(
  kernel: KernelMeasure,
  rows: RowsToScore & { values: Float32Array },
  beta: number,
): void {
  const { rows: count } = rows.layout;
  const exact = finish(scoreExactly(rows, { beta: Math.fround(beta), what: 'scores' }));
  const { totals, confidence } = scored(kernel, rows, { beta, what: 'scores' });
  const { totals: moments } = scored(kernel, rows, { beta, what: 'moments' });
  const { nll, slope, curvature, finalSlope, brier, counted } = exact.totals;
  expect(totals.counted).toBe(counted);
  const soft = rows.targets?.kind === 'soft';
  // Σ p² − 2 Σ p·t + Σ t² of soft targets; of a class each term is as large as the score at most.
  const mass = soft ? count * (2 + rows.layout.classes / 4) : 0;
  expectNear('nll', totals.nll, nll, nll, count);
  expectNear('brier', totals.brier, brier, brier + mass, count);
  expectNear('finalSlope', totals.finalSlope, finalSlope, finalSlope, count);
  const steep = 2 * Math.abs(finalSlope) + Math.abs(slope);
  const second = curvature + spread(rows, beta);
  for (const each of [totals, moments]) {
    // In nats: by β, so by ln β.
    expectNear('slope', beta * each.slope, beta * slope, beta * steep, count);
    expectNear('curvature', beta ** 2 * each.curvature, beta ** 2 * curvature, beta ** 2 * second, count);
  }
  const wrong = exact.confidence!.findIndex((p, row) => {
    const off = Math.abs(confidence![row]! - p);
    return Number.isNaN(p) !== Number.isNaN(confidence![row]!) || off > 1e-6;
  });
  expect(wrong, `confidence is ${confidence![wrong]}, not ${exact.confidence![wrong]}`).toBe(-1);
  const all = { ...rows, targets: null };
  const entropy = finish(scoreExactly(all, { beta: Math.fround(beta), what: 'entropy' })).totals.entropy;
  expectNear(
    'entropy',
    scored(kernel, all, { beta, what: 'entropy' }).totals.entropy,
    entropy,
    entropy,
    count,
  );
}

/** Σ (mean difference)², which the variances are what is left of. */
function spread({ values, layout, targets }: RowsToScore & { values: Float32Array }, beta: number): number {
  let sum = 0;
  for (let row = 0; row < layout.rows; row++) {
    const outer = Math.floor(row / layout.inner);
    const start = outer * layout.classes * layout.inner + (row % layout.inner);
    const row_ = Array.from({ length: layout.classes }, (_, k) => values[start + k * layout.inner]!);
    const most = row_.reduce((a, b) => Math.max(a, b));
    let [total, second] = [0, 0];
    for (const z of row_) {
      const e = Math.exp(beta * (z - most));
      total += e;
      if (e > 0) second += e * (z - most) ** 2;
    }
    const mass = targets?.kind === 'soft' ? layout.classes : 1;
    if (Number.isFinite(second / total)) sum += (mass * second) / total;
  }
  return sum;
}

describe.each(KERNELS)('$build scores rows as float64 does', ({ kernel }) => {
  it.each(Object.entries(FAMILIES))('%s logits', (_, logit) => {
    fc.assert(
      fc.property(SHAPES, (shape) => expectScores(kernel, rowsOf(shape, logit), shape.beta)),
      { numRuns: 15 },
    );
  });

  it.each([32_001, 128_256])('rows of %d classes', (classes) => {
    for (const name of ['normal', 'equal', 'masked by −∞', 'as far apart as float32 goes']) {
      const logit = FAMILIES[name]!;
      const shape = { classes, outer: 1, inner: 1, seed: 7, targets: 'indices', beta: 0.8, odd: 0 } as const;
      expectScores(kernel, rowsOf(shape, logit), shape.beta);
    }
  });
});
