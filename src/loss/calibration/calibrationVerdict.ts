/** What a batch's probabilities are like at one temperature. Shares are 0…1, NLL in nats. */
export interface Calibrated {
  /** Means over the rows that count. */
  readonly confidence: number;
  readonly accuracy: number;
  /** The standard deviation of their difference if rows were right as often as they are confident. */
  readonly chance: number;
  readonly nll: number;
  /** ECE, and the most of it that chance leaves of predictions that are calibrated. */
  readonly expectedError: number;
  readonly chanceError: number;
}

/** Mean confidence above accuracy, below it, or no farther from it than chance allows; unknown if no row counts. */
type Lean = 'over' | 'under' | 'even' | 'unknown';

/** What became of a figure, as far as the digits that are shown tell. */
type CalibrationChange = 'lower' | 'same' | 'higher';

/**
 * How far apart logits are: `fine` if no miscalibration shows; `far` or `close` if NLL, ECE and mean confidence agree that they
 * should be closer together or farther apart; else `disputed`. `unknown` where no temperature is best.
 */
type Distance = 'fine' | 'far' | 'close' | 'disputed' | 'unknown';

/** One verdict on a batch, from which everything is said of it: what is said can't contradict itself. */
export interface CalibrationVerdict {
  readonly lean: Lean;
  /** ECE is no more than chance leaves. */
  readonly withinChance: boolean;
  /** What the temperature with the lowest NLL changes; null if there's none. */
  readonly scaled: {
    readonly lean: Lean;
    readonly nll: CalibrationChange;
    readonly expectedError: CalibrationChange;
  } | null;
  readonly distance: Distance;
}

/** Of 20 batches of calibrated predictions, one is farther off than this many standard deviations. */
export const CHANCE = 2;
/** As many decimals of NLL and ECE are shown. */
export const DECIMALS = 4;

/**
 * `before` at the temperature the logits have now, `after` at `factor` times that, where the NLL of the rows it was fitted to is
 * lowest.
 */
export function verdictOf(before: Calibrated, after: Calibrated | null, factor: number): CalibrationVerdict {
  const lean = leanOf(before);
  const withinChance = before.expectedError <= before.chanceError;
  const scaled = after && {
    lean: leanOf(after),
    nll: changeOf(before.nll, after.nll),
    expectedError: changeOf(before.expectedError, after.expectedError),
  };
  return { lean, withinChance, scaled, distance: distanceOf(lean, withinChance, scaled, factor) };
}

function leanOf({ confidence, accuracy, chance }: Calibrated): Lean {
  const gap = confidence - accuracy;
  if (Number.isNaN(gap)) return 'unknown';
  if (Math.abs(gap) <= CHANCE * chance) return 'even';
  return gap > 0 ? 'over' : 'under';
}

function changeOf(before: number, after: number): CalibrationChange {
  const [a, b] = [before, after].map((value) => Number(value.toFixed(DECIMALS))) as [number, number];
  return a === b ? 'same' : b < a ? 'lower' : 'higher';
}

function distanceOf(
  lean: Lean,
  withinChance: boolean,
  scaled: CalibrationVerdict['scaled'],
  factor: number,
): Distance {
  if (!scaled || lean === 'unknown') return 'unknown';
  if (lean === 'even' && withinChance) return 'fine';
  const changes = [scaled.nll, scaled.expectedError];
  const isBetter = changes.includes('lower') && !changes.includes('higher');
  if (isBetter && factor > 1 && lean !== 'under') return 'far';
  if (isBetter && factor < 1 && lean !== 'over') return 'close';
  return 'disputed';
}
