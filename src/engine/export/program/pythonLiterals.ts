import { shortFloat32 } from '../numberTexts.ts';

/** A number as Python source, with `inf` and `nan` defined. */
export function pythonNumber(value: number, text: (value: number) => string = String): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return text(value);
}

/** A number that was read as float32, in as few digits as give the same one. */
export function float32Number(value: number): string {
  return pythonNumber(value, shortFloat32);
}

/** A list in Python, on one line. */
export function list(values: ArrayLike<number>, text: (value: number) => string = pythonNumber): string {
  return `[${Array.from(values, (value) => text(value)).join(', ')}]`;
}

/** Nested lists of `shape`, each innermost list on a line of its own. */
export function nested(
  values: ArrayLike<number>,
  shape: readonly number[],
  text: (value: number) => string = pythonNumber,
): string {
  if (shape.length === 0) return text(values[0]!);
  if (shape.length === 1) return list(values, text);
  const size = values.length / shape[0]!;
  const parts = Array.from({ length: shape[0]! }, (_, i) =>
    nested(Array.prototype.slice.call(values, i * size, (i + 1) * size), shape.slice(1), text),
  );
  return `[\n${parts.join(',\n')},\n]`;
}
