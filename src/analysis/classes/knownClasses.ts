import type { ClassGuess } from '../lossConfig.ts';

/** K of a configuration, and what says so. */
export type KnownClasses =
  | { readonly value: number; readonly by: 'code'; readonly guess: ClassGuess }
  /** Set by hand, for the file or for the workspace. */
  | { readonly value: number; readonly by: 'file' | 'workspace' };

/** True if the call or a comment says it, so that it's no guess. */
export function isStated({ sure }: ClassGuess): boolean {
  return sure === 'said' || sure === 'stated';
}

/** K by the code alone; null where it says several things. */
export function inferredClasses(guess: ClassGuess | null): (KnownClasses & { readonly by: 'code' }) | null {
  return guess && guess.sure !== 'weak' ? { value: guess.value, by: 'code', guess } : null;
}
