import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import { AT_1, type BatchSums, CELLS, FINE_BINS, GRID } from '../../loss/sums/batchSums.ts';

/** What sums in float32 may be off, beside sums of the same rows. */
const SLACK = 1e-4;

type Finding = string | undefined;

/**
 * The key of the first sum that no logits add up to, beside the others; undefined if logits may have them all. Counts are whole numbers; no
 * part is more than its whole; a row's mean of −ln p is at least ln K (Jensen), its confidence at least 1/K; and the NLL is convex in β.
 */
export function impossibleSums(sums: BatchSums): Finding {
  return impossibleCounts(sums) ?? impossibleCosts(sums) ?? impossibleGrid(sums);
}

function impossibleCounts({ rows, classes, perClass, bins, cells, hasTargets }: BatchSums): Finding {
  const counts = [
    ['class_rows', perClass],
    ['bin_rows', bins.rows],
    ['bin_right', bins.right],
    ['cell_rows', cells.rows],
    ['cell_right', cells.right],
    ['cell_target', cells.target],
  ] as const;
  for (const [name, values] of counts)
    if (!values.every((value) => Number.isSafeInteger(value) && value >= 0)) return name;
  const known = sumOf(bins.rows);
  if (sumOf(perClass) > rows) return 'class_rows';
  if (known > sumOf(perClass)) return 'bin_rows';
  if (sumOf(cells.rows) !== known) return 'cell_rows';
  if (sumOf(cells.target) !== known) return 'cell_target';
  if (sumOf(cells.right) !== sumOf(bins.right)) return 'cell_right';
  if (!hasTargets && sumOf(bins.right) > 0) return 'bin_right';
  if (bins.right.some((right, i) => right > bins.rows[i]!)) return 'bin_right';
  if (cells.right.some((right, i) => right > cells.rows[i]!)) return 'cell_right';
  const leastCell = Math.ceil((1 - SLACK) * (CELLS / classes)) - 1;
  return cells.rows.some((count, i) => count > 0 && i < leastCell) ? 'cell_rows' : undefined;
}

function impossibleCosts({ classes, perClass, nll, cost, brier, bins }: BatchSums): Finding {
  const known = sumOf(bins.rows);
  // ∞ is what a logit of −∞ costs.
  if (!nll.every((value, k) => value >= 0 && (value === 0 || perClass[k]! > 0))) return 'class_nll';
  if (!cost.every((value) => value >= 0)) return 'class_cost';
  if (!(sumOf(cost) >= known * classes * Math.log(classes) * (1 - SLACK))) return 'class_cost';
  if (!(brier >= -SLACK * known && brier <= 2 * known * (1 + SLACK))) return 'brier';
  const isMean = (sum: number, i: number) => {
    const [low, high] = [i / FINE_BINS, (i + 1) / FINE_BINS].map((edge) => edge * bins.rows[i]!);
    const slack = SLACK * bins.rows[i]!;
    return sum >= low! - slack && sum <= high! + slack;
  };
  return bins.confidence.every(isMean) ? undefined : 'bin_confidence';
}

function impossibleGrid({ nll: byClass, tempered, bins }: BatchSums): Finding {
  const { nll, slope, curvature } = tempered;
  const known = sumOf(bins.rows);
  const whole = sumOf(byClass);
  if (!nll.every((value) => value >= 0)) return 'grid_nll';
  if (!(nll[AT_1] === whole || Math.abs(nll[AT_1]! - whole) <= SLACK * (whole + known))) return 'grid_nll';
  if (slope.some(Number.isNaN)) return 'grid_slope';
  if (!curvature.every((value) => Number.isFinite(value) && value >= -SLACK * known)) return 'grid_curvature';
  for (let j = 1; j < GRID.length; j++) {
    const [before, after] = [slope[j - 1]!, slope[j]!];
    const step = 1 / GRID[j]! - 1 / GRID[j - 1]!;
    const rise = nll[j]! - nll[j - 1]!;
    const slack = SLACK * (known + Math.abs(before) + Math.abs(after) + nll[j]! + nll[j - 1]!);
    if (!Number.isFinite(slack)) continue;
    if (after < before - slack) return 'grid_slope';
    if (rise < before * step - slack || rise > after * step + slack) return 'grid_nll';
  }
  return undefined;
}
