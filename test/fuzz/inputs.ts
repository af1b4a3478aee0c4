import { countTruncations, mutated, truncated } from './mutations.ts';
import type { FuzzTask } from './protocol.ts';
import type { FuzzTarget } from './target.ts';

/** The input with a number, counted from 0: always the same for the same task. */
export function inputOf(
  target: FuzzTarget,
  { seed, truncations }: Pick<FuzzTask, 'seed' | 'truncations'>,
  number: number,
): Uint8Array {
  if (number >= truncations) return mutated(target, seed + number - truncations);
  return truncated(target, Math.floor((number * countTruncations(target)) / truncations));
}
