import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { SLICE, type Work } from '../../loss/work.ts';

/** What people give rows that don't count, besides PyTorch's −100. */
const USUAL: readonly number[] = [-1, 255];

/** True for what is often padding, though PyTorch doesn't ignore it by itself. */
export function isPadding(target: number): boolean {
  return USUAL.includes(target);
}

/** Padding that nothing has declared: the one number among targets that isn't a class. */
export interface AssumedPadding {
  readonly found: number;
  readonly rows: number;
}

/** Undefined unless all targets are classes but those of one usual kind of padding. */
export function* assumedPadding(
  values: ArrayLike<number>,
  classes: number,
  declared: number | null,
): Work<AssumedPadding | undefined> {
  if (declared !== null) return undefined;
  let found: number | undefined;
  let rows = 0;
  let hasZero = false;
  for (let i = 0; i < values.length; i++) {
    if (i % SLICE === SLICE - 1) yield i / values.length;
    const value = values[i]!;
    if (value === 0) hasZero = true;
    if (value >= 0 && value < classes) continue;
    if (value === DEFAULT_SPEC.ignoreIndex || !isPadding(value)) return undefined;
    if (found !== undefined && value !== found) return undefined;
    found = value;
    rows++;
  }
  // Signs are how support vector machines label two classes: −1 and 1.
  if (found === -1 && classes === 2 && !hasZero) return undefined;
  return found === undefined || rows === values.length ? undefined : { found, rows };
}
