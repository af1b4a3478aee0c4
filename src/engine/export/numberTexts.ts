/** The fewest digits that read back as the same float32: what the source most likely said. */
export function shortFloat32(value: number): string {
  if (!Number.isFinite(value)) return python(value);
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** A number as Python's json module writes and reads it. */
export function python(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return String(value);
}
