import { expOf, log1p4 } from '../exp';
import { deepest, one, widened, zero } from '../lanes';
import { classes, ignoreIndex, spread, targets } from '../pass';
import { beta, regained } from '../temperature';

// What a pass that scores is about, besides what `begin` and `temperAt` take. With m the largest logit of a row, d = z − m, e = e^βd and
// Σ over its classes: total = Σ e = 1 + rest, first = Σ e·d, second = Σ e·d², squares = Σ e², gap = m − z_y. Then
// nll = ln total + β·gap, its slope by β is first/total + gap, the entropy ln total − β·first/total.

/** (rows) float32, with room for a multiple of four: `rest` of each row. Or 0. */
export let rests: usize = 0;
/** Pairs of float64 that the rows of a block are added to. */
export let sums: usize = 0;

const LOGS: usize = 0;
const GAPS: usize = 16;
const MEANS: usize = 32;
const VARIANCES: usize = 48;
const BRIERS: usize = 64;
const COUNTED: usize = 80;
const BYTES: usize = 96;

export function beginScores(restsAt: usize, sumsAt: usize): void {
  rests = restsAt;
  sums = sumsAt;
  memory.fill(sums, 0, BYTES);
}

@inline function addTo(place: usize, terms: v128): void {
  v128.store(sums + place, f64x2.add(v128.load(sums + place), widened(terms)));
}

@inline function addOneTo(place: usize, term: f64): void {
  store<f64>(sums + place, load<f64>(sums + place) + term);
}

/** The lanes of the first so many of four rows. */
@inline export function firstLanes(rows: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rows));
}

@inline function countedLanes(row: i32, lanes: v128): v128 {
  if (!targets) return lanes;
  return v128.andnot(lanes, i32x4.eq(v128.load(targets + (<usize>row << 2)), i32x4.splat(ignoreIndex)));
}

/** Adds what four rows have for Newton's steps. Returns the lanes that aren't finite: nothing of them was added. */
@inline export function addMoments(
  row: i32, lanes: v128, total: v128, first: v128, second: v128, gap: v128,
): i32 {
  const odd = oddLanes(first, gap);
  const counted = v128.andnot(countedLanes(row, lanes), odd);
  const mean = f32x4.div(first, total);
  const variance = f32x4.sub(f32x4.div(second, total), f32x4.mul(mean, mean));
  addTo(GAPS, v128.and(counted, gap));
  addTo(MEANS, v128.and(counted, mean));
  addTo(VARIANCES, v128.and(counted, f32x4.max(zero(), variance)));
  return i32x4.bitmask(v128.and(odd, lanes));
}

/** A NaN among the differences is one in their sum. */
@inline function oddLanes(first: v128, gap: v128): v128 {
  return v128.or(f32x4.ne(first, first), f32x4.ne(f32x4.sub(gap, gap), zero()));
}

/**
 * Adds four rows. `summed` and `squares` leave out the largest logit itself, but for the `ones` that are as large. Returns the lanes
 * that aren't finite: nothing of them was added.
 */
@inline export function addScores(
  row: i32, lanes: v128, summed: v128, ones: v128, first: v128, second: v128, squares: v128, gap: v128,
): i32 {
  const rest = regained(summed, spread);
  if (rests) {
    const at = rests + (<usize>row << 2);
    v128.store(at, v128.bitselect(rest, v128.load(at), lanes));
  }
  const unit = one();
  const share = f32x4.div(unit, f32x4.add(unit, rest));
  const mean = f32x4.mul(first, share);
  const variance = f32x4.max(zero(), f32x4.sub(f32x4.mul(second, share), f32x4.mul(mean, mean)));
  const fall = f32x4.neg(f32x4.mul(gap, f32x4.splat(<f32>beta)));
  const hit = v128.and(expOf(f32x4.pmax(deepest(), fall)), f32x4.gt(fall, deepest()));
  // Σ (p − t)² of 1 − p and the other p, so that what is all but right keeps its digits.
  const miss = f32x4.sub(unit, hit);
  const wrong = f32x4.add(rest, miss);
  const others = f32x4.add(f32x4.add(squares, ones), f32x4.mul(miss, f32x4.add(unit, hit)));
  const brier = f32x4.mul(f32x4.mul(share, share), f32x4.add(f32x4.mul(wrong, wrong), others));
  const odd = oddLanes(first, gap);
  const counted = v128.andnot(countedLanes(row, lanes), odd);
  addTo(LOGS, v128.and(counted, log1p4(rest)));
  addTo(GAPS, v128.and(counted, gap));
  addTo(MEANS, v128.and(counted, mean));
  addTo(VARIANCES, v128.and(counted, variance));
  addTo(BRIERS, v128.and(counted, brier));
  addTo(COUNTED, v128.and(counted, unit));
  return i32x4.bitmask(v128.and(odd, lanes));
}

/** Adds one row. */
export function addScore(log: f64, gap: f64, mean: f64, variance: f64, brier: f64): void {
  addOneTo(LOGS, log);
  addOneTo(GAPS, gap);
  addOneTo(MEANS, mean);
  addOneTo(VARIANCES, variance);
  addOneTo(BRIERS, brier);
  addOneTo(COUNTED, 1);
}

/** m − z_y of a row; 0 where there are no targets. */
@inline export function gapOf(values: usize, stride: usize, row: i32, largest: f32): f32 {
  if (!targets) return 0;
  const target = load<i32>(targets + (<usize>row << 2));
  return <u32>target < <u32>classes ? largest - load<f32>(values + <usize>target * stride) : 0;
}
