import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/answers/nestedNumbers.ts';
import { computeLossInSteps, crossEntropyGradient } from '../../src/loss/batch/crossEntropy.ts';
import { finish } from '../../src/loss/work.ts';
import { difference, inputOf, numbers, type TorchInputs, type Written } from './cases.ts';

const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
const CASES = 300;

type LiveCase = TorchInputs & { readonly soft: boolean };

const logit = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: -8_000_000, max: 8_000_000 }).map((x) => x / 1e6) },
  { weight: 1, arbitrary: fc.constantFrom<Written>(1e4, -1e4, '-inf') },
);

/** Calls of every form: (C), (N, C), (N, C, d); hard and soft; weights, ignored rows, all reductions; odd logits. */
const liveCase: fc.Arbitrary<LiveCase> = fc
  .record({
    n: fc.integer({ min: 0, max: 4 }),
    k: fc.integer({ min: 2, max: 6 }),
    d: fc.integer({ min: 0, max: 3 }),
    soft: fc.boolean(),
  })
  .chain(({ n, k, d, soft }) => {
    const list = <T>(of: fc.Arbitrary<T>, length: number) =>
      fc.array(of, { minLength: length, maxLength: length });
    const shaped = (of: fc.Arbitrary<Written>, withClasses: boolean): fc.Arbitrary<Written> => {
      const inner = d > 0 && n > 0 ? list(of, d) : of;
      const classes = withClasses ? list(inner, k) : inner;
      return n > 0 ? list(classes, n) : classes;
    };
    const target: fc.Arbitrary<Written> = soft
      ? shaped(fc.double({ min: 0, max: 1, noNaN: true }), true)
      : shaped(
          fc.oneof(
            { weight: 5, arbitrary: fc.integer({ min: 0, max: k - 1 }) },
            { weight: 1, arbitrary: fc.constant(-100) },
          ),
          false,
        );
    return fc.record({
      logits: shaped(logit, true),
      targets: target,
      label_smoothing: fc.constantFrom(0, 0.05, 0.1, 0.3, 1),
      weight: fc.option(list(fc.double({ min: 0.1, max: 3, noNaN: true }), k)),
      ignore_index: fc.constant(soft ? null : -100),
      reduction: fc.constantFrom('none' as const, 'mean' as const, 'sum' as const),
      soft: fc.constant(soft),
    });
  });

describe.runIf(hasTorch)('the installed PyTorch', () => {
  it(`gives the same losses and gradients for ${CASES} fresh calls`, () => {
    const seed = Date.now() % 2 ** 31;
    const cases = fc.sample(liveCase, { numRuns: CASES, seed });
    const script = fileURLToPath(new URL('crossEntropy.py', import.meta.url));
    const { stdout, stderr } = spawnSync(PYTHON, [script], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe('');
    const answers = JSON.parse(stdout) as { loss: Written; grad: Written }[];
    answers.forEach((answer, i) => {
      const input = inputOf(cases[i]!);
      const { loss } = finish(computeLossInSteps(input));
      const what = `seed ${seed}, case ${i}: ${JSON.stringify(cases[i])}`;
      const expected = flatten(numbers(answer.loss)).data;
      const found = typeof loss === 'number' ? [loss] : loss;
      expect(
        difference(found, expected),
        `${what}\n${[...found]} instead of ${expected}`,
      ).toBeLessThanOrEqual(1e-12);
      const grad = flatten(numbers(answer.grad)).data;
      // Where the loss isn't finite PyTorch's gradient is an accident of its order of operations.
      if (expected.every(Number.isFinite))
        expect(difference(crossEntropyGradient(input), grad), what).toBeLessThanOrEqual(1e-12);
    });
  });
});
