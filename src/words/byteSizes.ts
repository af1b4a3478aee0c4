/** Megabytes, at least 0.1, with a decimal where it matters: 0.4, 12, 1,200. */
export function megabytes(bytes: number): string {
  const size = bytes / 1e6;
  return (size < 10 ? ONE_DECIMAL : WHOLE).format(size);
}

/** Gigabytes with a decimal, unless it's 0. */
export function gigabytes(bytes: number): string {
  return ONE_DECIMAL.format(bytes / 1e9);
}

const ONE_DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
