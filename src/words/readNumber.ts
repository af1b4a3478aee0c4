const GROUPED = /^−?[1-9]\d{0,2}(?:,\d{3})+$/;

/** The number that a text written by numberFormat.ts is; NaN if it's none. */
export function numberIn(text: string): number {
  return typedNumber(GROUPED.test(text) ? text.replaceAll(',', '') : text);
}

/**
 * The number that a person typed; NaN if it's none. A comma makes it none: to some 1,234 is more than a thousand, to others a bit
 * more than 1.
 */
export function typedNumber(text: string): number {
  const plain = text.trim().replaceAll('−', '-').replaceAll('\u202f', '').replace('∞', 'Infinity');
  return plain === '' ? Number.NaN : Number(plain);
}

/** What stands between two values as they are to be read: they are the same, or not to their last digit. */
export function equalsSign(left: number, right: number): '=' | '≈' {
  return Math.abs(left - right) > 1e-9 * Math.max(1, Math.abs(right)) ? '≈' : '=';
}
