import fc from 'fast-check';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf, type Rows } from '../../../../src/loss/rows/rowLayout.ts';
import type { PassSpec } from '../../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { anyClasses, type FAMILIES, randomOf } from './families.ts';

/** What a way to measure is asked. */
export interface Question {
  readonly rows: Rows;
  readonly targets: Targets | null;
  readonly spec: PassSpec;
}

export const SHAPES = fc.record({
  classes: anyClasses,
  rows: fc.integer({ min: 1, max: 13 }),
  inner: fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: fc.integer({ min: 2, max: 9 }) },
  ),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
  targets: fc.constantFrom('indices', 'indices', 'soft', 'none'),
  weighted: fc.boolean(),
  ignoring: fc.boolean(),
  convention: fc.constantFrom(...CONVENTION_NAMES),
  denominator: fc.constantFrom('weight', 'all-weights', 'counted', 'rows'),
} as const);

export type Shape = typeof SHAPES extends fc.Arbitrary<infer T> ? T : never;

/** Everything about a question follows from the shape and its seed, so that a failure can be shrunk. */
export function questionOf(shape: Shape, logit: (typeof FAMILIES)[string]): Question {
  const { classes, rows: outer, inner, seed } = shape;
  const random = randomOf(seed);
  const layout = layoutOf([outer, classes, inner], 1);
  const values = new Float32Array(outer * classes * inner);
  for (let i = 0; i < values.length; i++) {
    const k = Math.floor(i / inner) % classes;
    const row = Math.floor(i / inner / classes) * inner + (i % inner);
    values[i] = logit(random, k, row);
  }
  const padded = CONVENTIONS[shape.convention].padded;
  const ignoreIndex = padded ? Math.floor(random() * classes) : shape.ignoring ? 1 : -100;
  // Two classes are the fewest that a smoothed target can be shared among, three with a padding class.
  const convention = classes < 3 ? 'UNIFORM_K' : shape.convention;
  const weight = shape.weighted ? Float64Array.from({ length: classes }, () => 0.1 + 3 * random()) : null;
  const spec = { ...DEFAULT_SPEC, convention, weight, ignoreIndex, denominator: shape.denominator };
  return { rows: { values, layout }, targets: targetsOf(shape, layout.rows, random), spec };
}

function targetsOf(
  { targets, classes, inner, rows }: Shape,
  count: number,
  random: () => number,
): Targets | null {
  if (targets === 'none') return null;
  if (targets === 'indices')
    return {
      kind: 'indices',
      values: Int32Array.from({ length: count }, () => Math.floor(random() * classes)),
    };
  return { kind: 'soft', values: Float32Array.from({ length: rows * classes * inner }, random) };
}
