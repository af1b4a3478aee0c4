const minus = (text: string) => text.replaceAll('-', '−');

/** A number in a sentence: four digits that say something, no zeros at the end. */
export function plainInHint(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return minus(String(Number(value.toPrecision(4))));
}

/** Nats with this many decimals, or as many digits as say something for tiny ones. */
export function natsInHint(value: number, decimals: number): string {
  const tiny = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  return tiny ? plainInHint(value) : minus(value.toFixed(decimals));
}

/** A whole number with commas: 50,000. */
export function grouped(value: number): string {
  return GROUPED.format(value);
}

const GROUPED = new Intl.NumberFormat('en-US');

/** A number as code has it: all of its digits, less what binary fractions add. */
export function literal(value: number): string {
  return String(Number(value.toPrecision(12)));
}
