import fc from 'fast-check';

/** A stream of numbers in [0, 1) that is the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-300)) * Math.cos(2 * Math.PI * random());
}

type Logit = (random: () => number, k: number, row: number) => number;

/** Logits of many sorts: what models give, and what breaks a careless sum. */
export const FAMILIES: Readonly<Record<string, Logit>> = {
  normal: (random) => 3 * normal(random),
  narrow: (random) => 1e-3 * normal(random),
  'far from 0': (random) => 1e4 + 3 * normal(random),
  'far below 0': (random) => -1e4 + 3 * normal(random),
  'near 32': (random) => 32 + 0.01 * normal(random),
  equal: () => 1.7,
  'equal and as large as is usual': () => 31.7,
  'near 30': (random) => 30 + 0.3 * normal(random),
  'near −20': (random) => -19.7 + 0.1 * normal(random),
  zero: () => 0,
  ties: (random) => Math.floor(3 * random()),
  'one large': (random, k, row) => normal(random) + (k === row % 7 ? 20 : 0),
  'all but certain': (random, k, row) => normal(random) + (k === row % 5 ? 60 : 0),
  masked: (random) => (random() < 0.3 ? -1e9 : 3 * normal(random)),
  'masked by −∞': (random, k) => (k > 0 && random() < 0.3 ? Number.NEGATIVE_INFINITY : 3 * normal(random)),
  'up to 1e4': (random) => 1e4 * (2 * random() - 1),
  'up to 1e30': (random) => 1e30 * (2 * random() - 1),
  'as far apart as float32 goes': (random) => 3.4e38 * (2 * random() - 1),
  'masked by the least float32': (random) => (random() < 0.3 ? -3.4028234663852886e38 : 3 * normal(random)),
  tiny: (random) => 1e-40 * (2 * random() - 1),
  growing: (_, k) => 0.05 * k,
};

/** K at the borders of what the kernel treats alike, and in between. */
export const anyClasses: fc.Arbitrary<number> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      47,
      48,
      49,
      63,
      64,
      65,
      100,
      127,
      128,
      129,
      255,
      256,
      257,
      258,
      387,
      512,
      1025,
    ),
  },
  { weight: 2, arbitrary: fc.integer({ min: 41, max: 3000 }) },
);
