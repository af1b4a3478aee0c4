import { offsetOf, type Rows } from '../../../../src/loss/rows/rowLayout.ts';
import { argmax } from '../../../../src/loss/rows/rowStats.ts';
import { largest, logSumFrom } from '../../../../src/loss/rows/softmax.ts';

/** Numbers as docs/scale.md has them. */
export function typed(values: Float64Array | Float32Array | Int32Array | BigInt64Array): string {
  const type = {
    Float64Array: 'float64',
    Float32Array: 'float32',
    Int32Array: 'int32',
    BigInt64Array: 'int64',
  }[values.constructor.name]!;
  return `${type}:${Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')}`;
}

/** The statistics of logits, as a program would write them: an independent implementation, row by row. */
export function statisticsOf(
  { values, layout }: Rows,
  target?: Int32Array,
  weight?: Float64Array,
): Record<string, string> {
  const { rows, classes, inner } = layout;
  const of = (value: (row: readonly number[], index: number) => number) =>
    typed(
      Float64Array.from({ length: rows }, (_, index) => {
        const start = offsetOf(layout, index);
        const row = Array.from({ length: classes }, (_k, k) => values[start + k * inner]!);
        return value(row, index);
      }),
    );
  const lse = (row: readonly number[]) => {
    const max = largest(row, 0, classes, 1);
    return max + logSumFrom(max, row, 0, classes, 1);
  };
  const sum = (row: readonly number[]) => row.reduce((all, z) => all + z, 0);
  return {
    lse: of(lse),
    mean: of((row) => sum(row) / classes),
    max: of((row) => Math.max(...row)),
    argmax: typed(
      Int32Array.from({ length: rows }, (_, row) => argmax(values, offsetOf(layout, row), classes, inner)),
    ),
    p_squared: of((row) => sum(row.map((z) => Math.exp(2 * (z - lse(row)))))),
    ...(target && { target: typed(target), z_target: of((row, index) => row[target[index]!] ?? Number.NaN) }),
    ...(weight && { weighted_mean: of((row) => sum(row.map((z, k) => weight[k]! * z)) / classes) }),
  };
}
