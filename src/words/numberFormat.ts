/** Typographic minus, as in the text around it. */
export const minus = (text: string) => text.replaceAll('-', '−');

/** Stands where a figure is still computed. */
export const PENDING_TEXT = '…';
/** Stands where a figure isn't known. */
export const UNKNOWN_TEXT = '–';

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return undefined;
}

/** A loss or a part of it: 4 decimals, or as many digits as say something for tiny and huge ones. */
export function nats(value: number): string {
  return special(value) ?? decimals(value, 4);
}

/** A difference of losses: where it's less than rounding leaves of two that are the same, it's 0. */
export function settled(difference: number, loss: number): number {
  const isRounding =
    Number.isFinite(difference) && Math.abs(difference) <= 1e-12 * Math.max(1, Math.abs(loss));
  return isRounding ? 0 : difference;
}

/** Nats in a line of text: with this many decimals, or as many digits as say something for tiny ones. */
export function fixedNats(value: number, decimals: number): string {
  const tiny = value !== 0 && Math.abs(value) < 0.5 * 10 ** -decimals;
  return tiny ? plain(value) : (special(value) ?? minus(value.toFixed(decimals)));
}

/** A probability or smoothed target: 3 decimals at least, more where it's small. */
export function probability(value: number): string {
  if (value === 0 || value === 1) return String(value);
  // Near certainty what's missing to 1 is what matters.
  if (value >= 0.9995 && value < 1) return value.toFixed(Math.min(15, Math.ceil(-Math.log10(1 - value)) + 1));
  const digits = Math.abs(value) >= 0.1 || value >= 1 ? 3 : 4;
  return special(value) ?? decimals(value, digits);
}

/** A probability in a sentence: as few digits as `plain` has, but never 1 where it isn't, and not a row of zeros. */
export function plainProbability(value: number): string {
  const isNearEnd = (value > 0 && value < 0.001) || (value >= 0.9995 && value < 1);
  return isNearEnd ? probability(value) : plain(value);
}

/** A gradient with its sign, which is its direction. */
export function signed(value: number): string {
  const text = special(value) ?? decimals(Math.abs(value), 3);
  return value < 0 ? `−${text.replace(/^−/, '')}` : value > 0 ? `+${text}` : text;
}

/** A number in a sentence: four digits that say something, no zeros at the end. */
export function plain(value: number): string {
  return special(value) ?? minus(String(Number(value.toPrecision(4))));
}

/** A bound in a sentence: one digit that isn't 0, or two, never less than it is. */
export function bound(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return plain(value);
  const unit = 10 ** (Math.floor(Math.log10(value) + 1e-9) - 1);
  // 0.0001 is no whole number of hundred-thousandths in binary: it stays 0.0001.
  const units = Math.ceil(Number((value / unit).toPrecision(12)));
  return plain(Number((units * unit).toPrecision(2)));
}

/** All digits, for tooltips. */
export function exact(value: number): string {
  return special(value) ?? minus(String(value));
}

/** A number as code has it: all of its digits, less what binary fractions add. */
export function literal(value: number): string {
  return String(Number(value.toPrecision(12)));
}

const GROUPED = new Intl.NumberFormat('en-US');

/**
 * How many there are of something, with commas: 50,000. What stands for a symbol (K = 50000), in a formula, in a shape or in code
 * has none, as it's compared with code.
 */
export function count(value: number): string {
  return GROUPED.format(value);
}

function decimals(value: number, digits: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 0.5 * 10 ** -digits) return minus(value.toExponential(1));
  if (size >= 10_000) return minus(value.toPrecision(7)).replace(/\.?0+$/, '');
  return minus(value.toFixed(digits));
}
