import type { NumberName } from './numberType.ts';

/** About how many digits after the point there are where probabilities are; float32's if it isn't said. */
const DECIMALS: Readonly<Partial<Record<NumberName, number>>> = { float16: 3, bfloat16: 2 };
const FLOAT32_DECIMALS = 6;

/** About how many decimals the numbers of an array have, as what's close to 1 is judged by; of Python's own as many as of float32. */
export function decimalsOf(type: string | null): number {
  return DECIMALS[type as NumberName] ?? FLOAT32_DECIMALS;
}
