import { type Bin, equalWidthEdges, maximumError } from '../calibration/reliabilityBins.ts';
import { type BatchSums, CELLS, FINE_BINS, knownOf } from './batchSums.ts';

/** Bins that were put together from sums, with how far off what follows from them may be: 0 if that is exact. */
export interface SummedBins {
  readonly bins: readonly Bin[];
  /** Of the expected, and of the maximum, calibration error. */
  readonly expectedWithin: number;
  readonly maximumWithin: number;
}

/** Half a cell: no confidence is farther from the middle of its cell. */
const HALF_CELL = 1 / (2 * CELLS);

/** Bins of equal width. Exact where each is made up of the bins that were added up, else put together from cells. */
export function equalWidthBins(sums: BatchSums, count: number): SummedBins {
  if (FINE_BINS % count === 0) return { bins: wholeBins(sums, count), expectedWithin: 0, maximumWithin: 0 };
  return binsOfCells(sums, equalWidthEdges(count));
}

function wholeBins({ bins }: BatchSums, count: number): Bin[] {
  const size = FINE_BINS / count;
  return Array.from(equalWidthEdges(count), (high, i) => {
    const sum = (values: Float64Array) =>
      values.subarray(i * size, (i + 1) * size).reduce((all, value) => all + value, 0);
    const rows = sum(bins.rows);
    return {
      low: i / count,
      high,
      rows,
      confidence: sum(bins.confidence) / rows,
      accuracy: sum(bins.right) / rows,
    };
  });
}

/** Bins with as many rows each, as far as cells tell: an edge is the upper end of the cell that has the quantile. */
export function equalMassBins(sums: BatchSums, count: number): SummedBins {
  const rows = knownOf(sums);
  const edges = new Float64Array(count);
  for (let m = 0, cell = 0, below = sums.cells.rows[0]!; m < count; m++) {
    const wanted = Math.max(1, Math.ceil(((m + 1) * rows) / count));
    while (below < wanted && cell < CELLS - 1) below += sums.cells.rows[++cell]!;
    edges[m] = rows === 0 ? (m + 1) / count : (cell + 1) / CELLS;
  }
  return binsOfCells(sums, edges, true);
}

/**
 * Bins of whole cells. A cell with an edge in it goes below or above as a whole, where its rows may belong to both: moving some of its
 * rows changes the gap of a bin, times its rows, by no more than all wrong rows' confidence or all right rows' doubt.
 * `areCellsCut`: edges that end a cell stand for an edge anywhere in it.
 */
function binsOfCells({ cells }: BatchSums, edges: Float64Array, areCellsCut = false): SummedBins {
  const bins: Bin[] = [];
  /** Of each edge: what its cell's rows can do to a gap times rows, and how many rows those are. */
  const cuts = Array.from(edges, (edge, i) => {
    const at = edge * CELLS;
    const isCut = i < edges.length - 1 && (areCellsCut || !Number.isInteger(at));
    return isCut ? cutOf(cells, Math.ceil(at) - 1) : NO_CUT;
  });
  let [all, first, low, expected] = [0, 0, 0, 0];
  const ranges: (readonly [number, number])[] = [];
  for (const [i, high] of edges.entries()) {
    const end = i === edges.length - 1 ? CELLS : Math.round(high * CELLS);
    let [rows, confidence, right] = [0, 0, 0];
    for (let cell = first; cell < end; cell++) {
      rows += cells.rows[cell]!;
      confidence += (cells.rows[cell]! * (cell + 0.5)) / CELLS;
      right += cells.right[cell]!;
    }
    const bin = { low, high, rows, confidence: confidence / rows, accuracy: right / rows };
    bins.push(bin);
    const [before, after] = [i === 0 ? NO_CUT : cuts[i - 1]!, cuts[i]!];
    expected += 2 * after.moves;
    ranges.push(gapRange(bin, before.moves + after.moves, before.rows + after.rows));
    all += rows;
    [first, low] = [Math.max(first, end), high];
  }
  const most = maximumError(bins);
  const [lowest, highest] = [0, 1].map((side) => Math.max(...ranges.map((range) => range[side]!)));
  return {
    bins,
    expectedWithin: Math.min(1, expected / Math.max(1, all) + HALF_CELL),
    maximumWithin: Math.max(highest! - most, most - lowest!),
  };
}

interface Cut {
  readonly moves: number;
  readonly rows: number;
}

const NO_CUT: Cut = { moves: 0, rows: 0 };

function cutOf({ rows, right }: BatchSums['cells'], cell: number): Cut {
  const wrong = rows[cell]! - right[cell]!;
  const moves = Math.max((wrong * (cell + 1)) / CELLS, right[cell]! * (1 - cell / CELLS));
  return { moves, rows: rows[cell]! };
}

/** Between what the gap of a bin can be if up to `moved` rows are elsewhere, which changes gap · rows by up to `moves`. */
function gapRange(
  { rows, confidence, accuracy }: Bin,
  moves: number,
  moved: number,
): readonly [number, number] {
  if (rows === 0) return [0, moved === 0 ? 0 : 1];
  const gap = Math.abs(accuracy - confidence) * rows;
  const slack = moves + rows * HALF_CELL;
  const most = moved < rows ? Math.min(1, (gap + slack) / (rows - moved)) : 1;
  return [Math.max(0, gap - slack) / (rows + moved), most];
}
