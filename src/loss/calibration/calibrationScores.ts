import { Sum } from '../rows/pairwiseSum.ts';
import { type Floats, offsetOf, type Rows } from '../rows/rowLayout.ts';
import { largest } from '../rows/softmax.ts';
import { ignoredTarget, type Targets } from '../rows/targets.ts';

/** A row at inverse temperature β: p = softmax(β·z). */
interface RowScore {
  /** max p */
  readonly confidence: number;
  /** Σ t (−ln p) in nats, and its first two derivatives by β: Σt·E_p[z] − Σ t z and Σt·Var_p[z]. */
  readonly nll: number;
  readonly slope: number;
  readonly curvature: number;
  /** Where the slope goes as β grows: Σ t (max z − z). 0 only if nothing but the largest logit is wanted. */
  readonly finalSlope: number;
  /** Σ (p − t)², 0…2: Brier 1950, "Verification of forecasts expressed in terms of probability". */
  readonly brier: number;
}

/** What a row should be: a class, or K probabilities beginning at `start` of the same layout. */
type RowTarget = number | { readonly values: Floats; readonly start: number };

/** One row in float64, one exponential a class. NaN if a logit is NaN or +∞. */
export function scoreRow({ values, layout }: Rows, row: number, target: RowTarget, beta: number): RowScore {
  const { classes, inner } = layout;
  const start = offsetOf(layout, row);
  const max = largest(values, start, classes, inner);
  let [sum, first, second, squares] = [0, 0, 0, 0];
  for (let k = 0, i = start; k < classes; k++, i += inner) {
    const below = values[i]! - max;
    // Of −∞ nothing is left at any temperature.
    if (below === Number.NEGATIVE_INFINITY) continue;
    const e = Math.exp(beta * below);
    sum += e;
    first += e * below;
    second += e * below * below;
    squares += e * e;
  }
  let [mass, wanted, hits, targetSquares] = [0, 0, 0, 0];
  const want = (share: number, below: number) => {
    if (share === 0) return;
    mass += share;
    wanted += share * below;
    hits += below === Number.NEGATIVE_INFINITY ? 0 : share * Math.exp(beta * below);
    targetSquares += share * share;
  };
  if (typeof target === 'number') want(1, values[start + target * inner]! - max);
  else
    for (let k = 0, i = start, j = target.start; k < classes; k++, i += inner, j += inner)
      want(target.values[j]!, values[i]! - max);
  const mean = first / sum;
  return {
    confidence: 1 / sum,
    nll: mass * Math.log(sum) - beta * wanted,
    slope: mass * mean - wanted,
    curvature: mass * Math.max(0, second / sum - mean * mean),
    finalSlope: -wanted,
    brier: squares / (sum * sum) - (2 * hits) / sum + targetSquares,
  };
}

/** The target of a row; undefined if the row counts nothing. `row` counts in `targets`. */
export function rowTargetOf(
  targets: Targets,
  row: number,
  layout: Rows['layout'],
  ignoreIndex: number | null,
): RowTarget | undefined {
  if (targets.kind === 'soft') return { values: targets.values, start: offsetOf(layout, row) };
  const target = targets.values[row]!;
  return target === ignoredTarget(ignoreIndex) ? undefined : target;
}

/** Scores of all rows at one temperature, added up block by block. */
export class ScoreSums {
  readonly #beta: number;
  readonly #nll = new Sum();
  readonly #brier = new Sum();
  #counted = 0;
  /** (rows) max p; NaN where a row counts nothing. */
  readonly confidence: Float64Array;

  constructor(rows: number, temperature: number) {
    this.#beta = 1 / temperature;
    this.confidence = new Float64Array(rows).fill(Number.NaN);
  }

  /** Row `row` of all is row `at` of `rows`. */
  add(rows: Rows, at: number, target: RowTarget | undefined, row: number): void {
    if (target === undefined) return;
    const { confidence, nll, brier } = scoreRow(rows, at, target, this.#beta);
    this.confidence[row] = confidence;
    this.#nll.add(nll);
    this.#brier.add(brier);
    this.#counted++;
  }

  /** Means over the rows that count: NLL in nats, Brier score. */
  get means(): Float64Array {
    return Float64Array.of(this.#nll.value / this.#counted, this.#brier.value / this.#counted);
  }
}
