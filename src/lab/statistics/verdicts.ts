import { FEWEST_SEEDS, type Look, levelOf } from './looks.ts';
import { type PairedInterval, pairedInterval } from './pairedInterval.ts';
import { flipProbability } from './signFlips.ts';

/** What is claimed of a figure when labels are smoothed, and how large a difference is worth a word. */
export interface ClaimedChange {
  readonly direction: 'up' | 'down';
  /** Differences within ± this make no difference to anyone; in the figure's unit. */
  readonly matters: number;
}

/**
 * `seen`: the interval is on the claim's side of 0, and signs drawn at random seldom agree as much; `opposite`: the same on the other
 * side; `no-difference`: the interval is within ± `matters`, with 0 in it; `unclear`: none of these yet; `unknown`: a seed has no such
 * figure.
 */
export type VerdictCode = 'seen' | 'opposite' | 'no-difference' | 'unclear' | 'unknown';

/** A verdict, with all that it's computed from. */
export interface Verdict {
  readonly code: VerdictCode;
  readonly interval: PairedInterval;
  readonly look: Look;
  /** Smoothed − not, a number for each seed. */
  readonly differences: readonly number[];
  /** Seeds that differ as claimed, the other way, and not at all. */
  readonly asClaimed: number;
  readonly otherWay: number;
  readonly same: number;
  /** True if as many more seeds may be run and looked at. */
  readonly mayRunMore: boolean;
}

/**
 * Judges a claim by pairs: number i of both is of seed i, same start, same rows, same order of batches. `step` as in
 * `pairedInterval`. Throws RangeError if one has more seeds than the other.
 */
export function judge(
  { direction, matters }: ClaimedChange,
  without: readonly number[],
  smoothed: readonly number[],
  look: Look,
  step = 0,
): Verdict {
  if (without.length !== smoothed.length) throw new RangeError('Each seed needs both of its networks');
  const differences = smoothed.map((value, seed) => value - without[seed]!);
  const interval = pairedInterval(differences, levelOf(look), step);
  const sign = direction === 'up' ? 1 : -1;
  const count = (isCounted: (towards: number) => boolean) =>
    differences.filter((d) => isCounted(sign * d)).length;
  const code = codeOf(interval, sign, matters, differences);
  return {
    code,
    interval,
    look,
    differences,
    asClaimed: count((towards) => towards > 0),
    otherWay: count((towards) => towards < 0),
    same: count((towards) => towards === 0),
    mayRunMore: look === 1 && code === 'unclear',
  };
}

function codeOf(
  { mean, low, high, level }: PairedInterval,
  sign: number,
  matters: number,
  differences: readonly number[],
): VerdictCode {
  if (!Number.isFinite(mean)) return 'unknown';
  if (differences.length < FEWEST_SEEDS) return 'unclear';
  const [from, to] = sign > 0 ? [low, high] : [-high, -low];
  if (from > -matters && to < matters && from <= 0 && to >= 0) return 'no-difference';
  if (from <= 0 && to >= 0) return 'unclear';
  if (flipProbability(differences) > 1 - level) return 'unclear';
  return from > 0 ? 'seen' : 'opposite';
}
