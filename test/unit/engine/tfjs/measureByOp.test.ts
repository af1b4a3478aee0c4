import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measureByOp } from '../../../../src/engine/tfjs/measureByOp.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats, type RowStats } from '../../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { finish } from '../../../../src/loss/work.ts';
import { describeOp } from './backends.ts';
import { anyCall, inputOf, isSoft } from './inputs.ts';

/** The first row whose figures aren't those of float64 to 1e−6; −1 if there is none. */
function wrongRow(found: RowStats, expected: RowStats): number {
  const near = (a: number, b: number) =>
    Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(b), 1e-6);
  return expected.hard.findIndex(
    (hard, row) =>
      !near(found.hard[row]!, hard) ||
      !near(found.uniform[row]!, expected.uniform[row]!) ||
      !(
        Object.is(found.pTarget[row], expected.pTarget[row]) ||
        Math.abs(found.pTarget[row]! - expected.pTarget[row]!) < 2e-6
      ) ||
      Math.abs(found.pMax[row]! - expected.pMax[row]!) > 2e-6 ||
      found.prediction[row] !== expected.prediction[row] ||
      found.target[row] !== expected.target[row],
  );
}

describeOp('measureByOp', () => {
  it("gives float64's figures of every row, and leaves no tensor", () => {
    fc.assert(
      fc.property(anyCall, fc.boolean(), (call, withTargets) => {
        const { logits, targets, ...spec } = inputOf(call);
        const rows = { values: logits.data, layout: layoutOf(logits.shape, 1) };
        const given = withTargets
          ? ({ kind: isSoft(call) ? 'soft' : 'indices', values: targets.data } as Targets)
          : null;
        const before = tf.memory().numTensors;
        const found = finish(measureByOp(rows, given, spec));
        const expected = finish(measureRowStats(rows, given, spec));
        expect(wrongRow(found, expected)).toBe(-1);
        expect(found.share).toBeCloseTo(expected.share, 9);
        expect(found.targets).toBe(expected.targets);
        expect(tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 60 },
    );
  });

  it('measures in slices, classes on whichever axis', () => {
    const [n, k, d] = [300, 10, 50];
    const values = Float32Array.from({ length: n * k * d }, (_, i) => 8 * Math.sin(i * i));
    const targets: Targets = { kind: 'indices', values: Int32Array.from({ length: n * d }, (_, i) => i % k) };
    const rows = { values, layout: layoutOf([n, k, d], 1) };
    const before = tf.memory().numTensors;
    const work = measureByOp(rows, targets, DEFAULT_SPEC);
    const fractions: number[] = [];
    let step = work.next();
    for (; !step.done; step = work.next()) fractions.push(step.value);
    expect(fractions.length).toBe(Math.ceil((n * d) / Math.floor(65536 / k)));
    expect(wrongRow(step.value, finish(measureRowStats(rows, targets, DEFAULT_SPEC)))).toBe(-1);
    const cancelled = measureByOp(rows, targets, DEFAULT_SPEC);
    cancelled.next();
    cancelled.next();
    cancelled.return(undefined as never);
    expect(tf.memory().numTensors).toBe(before);
  });
});
