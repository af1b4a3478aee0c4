import type { NumberName } from '../arrays/numberType.ts';

/** As many digits as say which number of its type it is. */
const DIGITS: Readonly<Partial<Record<NumberName, number>>> = { float16: 4, bfloat16: 4, float32: 8 };

/** A number as a table in text would have it: what is stored as a fraction isn't counted. */
export function shownNumber(number: number, type: NumberName): string {
  if (!/float/.test(type)) return String(number);
  if (Number.isInteger(number)) return number.toFixed(1);
  const digits = DIGITS[type];
  return digits === undefined ? String(number) : String(Number(number.toPrecision(digits)));
}
