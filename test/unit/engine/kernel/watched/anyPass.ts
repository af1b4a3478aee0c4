import fc from 'fast-check';
import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
} from '../../../../../src/loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../../../../src/loss/lossSpec.ts';
import { type Floats, type Layout, layoutOf } from '../../../../../src/loss/rows/rowLayout.ts';
import type { PassSpec } from '../../../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../../../src/loss/rows/targets.ts';
import { NUMBER_NAMES, type NumberName } from '../../../../../src/readers/arrays/numberType.ts';
import { FAMILIES, randomOf } from '../families.ts';

/** Where the logits are when the pass begins. */
export type Where =
  | { readonly place: 'outside'; readonly type: 'float32' | 'float64' }
  | { readonly place: 'inside' }
  | { readonly place: 'file'; readonly type: NumberName; readonly little: boolean; readonly offset: number };

/** A pass to be tried. Its numbers follow from the seed, so that a failure can be shrunk. */
export interface PassCase {
  readonly outer: number;
  readonly classes: number;
  readonly inner: number;
  readonly where: Where;
  readonly family: string;
  readonly targets: 'indices' | 'soft' | 'soft float64' | 'none';
  readonly convention: ConventionName;
  readonly weighted: boolean;
  readonly ignoring: boolean;
  /** About how many logits a block has. */
  readonly blockLogits: number;
  /** How many blocks each of the threads that help takes. */
  readonly helpers: readonly number[];
  readonly seed: number;
}

/** The fewest logits for which threads help. */
export const SMALL_TEAM = 256;

const anyOffset = fc.constantFrom(0, 1, 10, 128);

export const anyWhere: fc.Arbitrary<Where> = fc.oneof(
  fc.record({ place: fc.constant('outside'), type: fc.constantFrom('float32', 'float64') } as const),
  fc.record({ place: fc.constant('inside') } as const),
  fc.record({
    place: fc.constant('file'),
    type: fc.constantFrom('float32' as const, ...NUMBER_NAMES),
    little: fc.boolean(),
    offset: anyOffset,
  } as const),
);

/** Few rows of many classes, many rows of few, and what's between; the classes on any axis, in blocks of any size. */
const anyShape = fc.oneof(
  { weight: 6, arbitrary: shapes([1, 4], [1, 20], [1, 24]) },
  { weight: 3, arbitrary: shapes([1, 40], [1, 20], [1, 1]) },
  { weight: 2, arbitrary: shapes([1, 3], [44, 68], [1, 9]) },
  { weight: 2, arbitrary: shapes([1, 5], [120, 400], [1, 5]) },
  { weight: 1, arbitrary: shapes([250, 600], [1, 3], [1, 1]) },
  { weight: 1, arbitrary: shapes([1, 2], [2, 4], [60, 300]) },
);

function shapes(outer: Range, classes: Range, inner: Range) {
  const from = ([min, max]: Range) => fc.integer({ min, max });
  return fc.record({ outer: from(outer), classes: from(classes), inner: from(inner) });
}
type Range = readonly [number, number];

export const anyPass: fc.Arbitrary<PassCase> = fc
  .record({
    shape: anyShape,
    where: anyWhere,
    family: fc.constantFrom(...Object.keys(FAMILIES), 'odd'),
    targets: fc.constantFrom('indices', 'indices', 'soft', 'soft float64', 'none'),
    convention: fc.constantFrom(...CONVENTION_NAMES, 'UNIFORM_K', 'UNIFORM_K'),
    weighted: fc.boolean(),
    ignoring: fc.boolean(),
    blockLogits: fc.constantFrom(1, 16, 64, 200, 1 << 10, 1 << 16),
    helpers: fc.array(fc.nat(4), { maxLength: 2 }),
    seed: fc.integer({ min: 1, max: 2 ** 30 }),
  } as const)
  .map(({ shape, where, ...rest }) => ({
    ...rest,
    ...shape,
    where,
    // The rows of a file lie one after the other.
    inner: where.place === 'file' ? 1 : shape.inner,
  }));

/** The numbers of a pass. The logits are as they are stored: what becomes of them in float32 is for who reads them. */
export interface PassInputs {
  readonly layout: Layout;
  readonly logits: Floats;
  readonly targets: Targets | null;
  readonly spec: PassSpec;
}

export function inputsOf(pass: PassCase): PassInputs {
  const { outer, classes, inner, seed } = pass;
  const random = randomOf(seed);
  const layout = layoutOf([outer, classes, inner], 1);
  const { padded } = CONVENTIONS[pass.convention];
  const ignoreIndex = padded ? Math.floor(random() * classes) : pass.ignoring ? 1 : -100;
  // Two classes are the fewest that a smoothed target can be shared among, three with a padding class.
  const convention = classes < 3 ? 'UNIFORM_K' : pass.convention;
  const weight = pass.weighted ? Float64Array.from({ length: classes }, () => 0.1 + 3 * random()) : null;
  return {
    layout,
    logits: logitsOf(pass, layout, random),
    targets: targetsOf(pass, layout, random, ignoreIndex),
    spec: { ...DEFAULT_SPEC, convention, weight, ignoreIndex },
  };
}

function logitsOf(
  { family, inner, where }: PassCase,
  { rows, classes }: Layout,
  random: () => number,
): Floats {
  const logit = FAMILIES[family] ?? FAMILIES.normal!;
  const values = new Float32Array(rows * classes);
  for (let i = 0; i < values.length; i++) {
    const k = Math.floor(i / inner) % classes;
    values[i] = logit(random, k, Math.floor(i / inner / classes) * inner + (i % inner));
  }
  if (family === 'odd') {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      values[Math.floor(random() * values.length)] = odd;
  }
  // Of float64, too, none has more digits than the kernel takes.
  return where.place === 'outside' && where.type === 'float64' ? Float64Array.from(values) : values;
}

function targetsOf(
  { targets, ignoring }: PassCase,
  { rows, classes }: Layout,
  random: () => number,
  ignoreIndex: number,
): Targets | null {
  if (targets === 'none') return null;
  if (targets === 'indices') {
    const index = () => (ignoring && random() < 0.1 ? ignoreIndex : Math.floor(random() * classes));
    const values = Int32Array.from({ length: rows }, index);
    // An ignore index of 1 is no class where there is only one: every row counts then, or none does.
    return { kind: 'indices', values };
  }
  const values = Float32Array.from({ length: rows * classes }, random);
  return { kind: 'soft', values: targets === 'soft' ? values : Float64Array.from(values) };
}
