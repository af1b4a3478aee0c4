import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelRows } from '../../../../src/engine/trainer/kernelRows.ts';
import { EXACT_ROWS } from '../../../../src/engine/trainer/lossRows.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import type { BuildName } from './builds.ts';
import { randomOf } from './families.ts';
import { anyPass, inputsOf, type PassCase } from './watched/anyPass.ts';
import { WatchedMeasure } from './watched/watchedMeasure.ts';

const BUILDS: readonly BuildName[] = ['private-relaxed', 'private-plain'];

/** Logits lie outside of the kernel's memory, and row after row, as tfjs has them. */
function callOf(pass: PassCase) {
  const { layout, logits, targets, spec } = inputsOf({ ...pass, inner: 1, where: OUTSIDE });
  const random = randomOf(pass.seed + 1);
  const none: Targets = { kind: 'indices', values: new Int32Array(layout.rows) };
  return {
    rows: { values: logits, layout },
    targets: targets ?? none,
    spec: { ...DEFAULT_SPEC, ...spec, labelSmoothing: 0.3 * random() },
    upstream: Float32Array.from({ length: layout.rows }, () => 2 * random() - 1),
  };
}
const OUTSIDE = { place: 'outside', type: 'float32' } as const;

/** What a guard has that stands before and behind an array. */
const GUARD = 77;

describe.each(BUILDS)('a gradient of the %s kernel', (build) => {
  it('touches only what it was given', () => {
    fc.assert(
      fc.property(anyPass, (pass) => {
        const watched = new WatchedMeasure(build);
        const kernel = new KernelRows(watched.module, false, watched.parts(pass.blockLogits));
        const call = callOf(pass);
        const { length } = call.rows.values;
        const guarded = new Float32Array(length + 8).fill(GUARD);
        const expected = new Float32Array(length);
        kernel.gradient(call, guarded.subarray(4, 4 + length));
        EXACT_ROWS.gradient(call, expected);
        expect([...guarded.subarray(0, 4), ...guarded.subarray(4 + length)]).toEqual(Array(8).fill(GUARD));
        if (!ODD.includes(pass.family)) expectClose(guarded.subarray(4, 4 + length), expected, call);
        watched.memory.check();
        expect(watched.memory.used).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves all but its own rows alone where a target is no class', () => {
    const watched = new WatchedMeasure(build);
    const kernel = new KernelRows(watched.module, false, watched.parts(1 << 10));
    for (const target of [5, 1 << 20, -1, -(2 ** 31)]) {
      for (const weight of [null, Float64Array.of(1, 2, 3, 4, 5)]) {
        const targets = { kind: 'indices', values: Int32Array.of(target, 1) } as const;
        const rows = { values: new Float32Array(10), layout: { rows: 2, classes: 5, inner: 1 } };
        const spec = { ...DEFAULT_SPEC, weight };
        const into = new Float32Array(10);
        kernel.gradient({ rows, targets, spec, upstream: Float32Array.of(1, 1) }, into);
        const w = weight?.[1] ?? 1;
        const expected = [0.2, -0.8, 0.2, 0.2, 0.2].map((g) => w * g);
        for (const [k, g] of expected.entries()) expect(into[5 + k]).toBeCloseTo(g, 6);
      }
    }
  });
});

/** Families whose differences are beyond float32, or aren't numbers. */
const ODD = ['up to 1e30', 'as far apart as float32 goes', 'masked by the least float32', 'odd'];

/** Within 1e−6 of the largest weight; soft targets here add up to about half the number of classes. */
function expectClose(
  found: Float32Array,
  expected: Float32Array,
  { spec, targets, rows }: ReturnType<typeof callOf>,
): void {
  const mass = targets.kind === 'soft' ? Math.max(1, rows.layout.classes) : 1;
  const most = 1e-6 * mass * (spec.weight ? Math.max(...spec.weight) : 1);
  const wrong = found.findIndex((g, i) => !(Math.abs(g - expected[i]!) <= most));
  expect(wrong, `${found[wrong]} instead of ${expected[wrong]}`).toBe(-1);
}
