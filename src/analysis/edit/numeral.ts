/** A number as Python, YAML, TOML, JSON and shells write it, underscores included. */
const NUMERAL = /^([-+]?)([\d_]*)(?:(\.)([\d_]*))?(?:([eE])([-+]?)(\d+))?$/;

/** A number of at least 0 with a point, so that no language takes it for an integer: `0.15`, `1.0`. */
export function plainNumeral(value: number): string {
  return decimal(value, 1);
}

/**
 * A number of at least 0, written as another one is: `1e-1` becomes `1.5e-01`, where that has two digits, `.1` becomes `.15`,
 * `0.10` becomes `0.20`. Never fewer digits than it takes to read back as the same number.
 */
export function restyled(value: number, written: string): string {
  const parts = NUMERAL.exec(written);
  if (!parts) return plainNumeral(value);
  const [, sign, whole = '', point, fraction = '', exponent, exponentSign, digits = ''] = parts;
  const plus = sign === '+' ? '+' : '';
  if (exponent !== undefined && value !== 0) {
    const [mantissa = '', power = ''] = shortest(value, fraction.replaceAll('_', '').length).split('e');
    const shown = power.startsWith('-') ? '-' : exponentSign === '+' ? '+' : '';
    return `${plus}${mantissa}${exponent}${shown}${power.replace(/^[-+]/, '').padStart(digits.length, '0')}`;
  }
  const text = decimal(value, point === undefined ? 1 : fraction.replaceAll('_', '').length);
  const [before = '', after = ''] = text.split('.');
  const grouped = fraction.includes('_') ? after.replace(/\d{3}(?=\d)/g, '$&_') : after;
  // `.5`
  const leading = whole === '' && before === '0' && after !== '' ? '' : before;
  return `${plus}${leading}.${grouped}`;
}

/** Scientific, with at least as many decimals as asked for. */
function shortest(value: number, decimals: number): string {
  const all = value.toExponential();
  const has = /\.(\d+)e/.exec(all)?.[1]?.length ?? 0;
  return has >= decimals ? all : value.toExponential(decimals);
}

/** Without an exponent, with at least as many decimals as asked for, and always a point. */
function decimal(value: number, decimals: number): string {
  const [, digits = '', power = '0'] = /^\d(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) ?? [];
  const needed = Math.max(0, digits.length - Number(power));
  const text = value.toFixed(Math.min(100, Math.max(decimals, needed)));
  return text.includes('.') ? text : `${text}.`;
}
