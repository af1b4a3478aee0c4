/**
 * How sure a verdict is at each look. “Run more seeds until it's clear” finds effects that aren't there, so there are two looks, planned:
 * one at the seeds asked for, and, where that isn't clear, one at all of them after as many more. Where α makes no difference the first is
 * wrong in at most 3.5 % and the second in at most 1.5 %: together no more than the 5 % of one look at a 95 % interval.
 */
export const LOOK_LEVELS = [0.965, 0.985] as const;

/** Which look it is: 1, or 2 after more seeds. There's no third. */
export type Look = 1 | 2;

/** With fewer seeds nothing is clear: even if all agree, signs drawn at random do so in 2 of 2⁵, more than 3.5 %. */
export const FEWEST_SEEDS = 6;

/** The level of the interval at a look. */
export function levelOf(look: Look): number {
  return LOOK_LEVELS[look - 1]!;
}
