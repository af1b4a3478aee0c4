/** The deviation of a trained classifier's logits. */
const DEVIATION = 3;
/** So many are made one by one; then they are repeated, with another phase against the rows. */
export const PERIOD = (1 << 22) + 61;

/** Uniform on [0, 1): mulberry32. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills with normally distributed numbers of standard deviation 3 (Box and Muller). */
export function fillWithLogits(values: Float32Array, seed = 1): Float32Array {
  const next = random(seed);
  const made = Math.min(values.length, PERIOD);
  for (let i = 0; i < made; i++)
    values[i] = DEVIATION * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  for (let filled = made; filled < values.length; filled *= 2) values.copyWithin(filled, 0, filled);
  return values;
}

/** (rows) indices. */
export function randomTargets(rows: number, classes: number, seed = 2): Int32Array {
  const next = random(seed);
  return Int32Array.from({ length: rows }, () => Math.floor(next() * classes));
}

/** (rows) indices of which three in four are predicted: a temperature can be fitted to them. */
export function likelyTargets(values: Float32Array, rows: number, classes: number): Int32Array {
  return randomTargets(rows, classes).map((target, row) => {
    if (row % 4 === 0) return target;
    const logits = values.subarray(row * classes, (row + 1) * classes);
    let best = 0;
    for (let k = 1; k < classes; k++) if (logits[k]! > logits[best]!) best = k;
    return best;
  });
}

/** What everyone smooths with. */
export const ALPHA = 0.1;
