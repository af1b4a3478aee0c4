import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatrixKernel } from '../../../../../src/engine/trainer/tfjs/matrixProducts.ts';
import { SeededNumbers } from '../../../../../src/lab/random/seededNumbers.ts';
import { ROOT } from '../../../../vscode/paths.ts';

const memory = new WebAssembly.Memory({ initial: 32 });
const module = new WebAssembly.Module(readFileSync(join(ROOT, 'dist', 'trainer-matrices.wasm')));
const kernel = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as MatrixKernel;
const floats = new Float32Array(memory.buffer);

/** What lies before and after the result, and must stay there. */
const GUARD = 12345.678;
const BEGIN = 64;

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(10, 12, 16, 17, 31, 32, 33, 64));

it('are sums along the inner dimension, of any shape, transposed or not, and write nothing else', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      size,
      size,
      size,
      fc.boolean(),
      fc.integer(),
      (batches, rows, inner, columns, isTransposed, seed) => {
        const numbers = new SeededNumbers(seed, 'matrices');
        floats.fill(GUARD);
        const a = BEGIN;
        const b = a + batches * rows * inner;
        const out = b + batches * inner * columns + BEGIN;
        const end = out + batches * rows * columns;
        for (let i = a; i < out - BEGIN; i++) floats[i] = Math.round(8 * numbers.normal());
        const [aRow, aInner] = isTransposed ? [4, 4 * rows] : [4 * inner, 4];
        kernel.products(4 * a, 4 * rows * inner, aRow, aInner, 4 * b, 4 * out, batches, rows, inner, columns);
        for (let batch = 0; batch < batches; batch++)
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) {
              let sum = 0;
              for (let k = 0; k < inner; k++) {
                const at = isTransposed ? k * rows + i : i * inner + k;
                sum +=
                  floats[a + batch * rows * inner + at]! * floats[b + (batch * inner + k) * columns + j]!;
              }
              if (floats[out + (batch * rows + i) * columns + j] !== sum) return false;
            }
        return (
          floats.subarray(out - BEGIN, out).every((x) => x === Math.fround(GUARD)) &&
          floats.subarray(end, end + BEGIN).every((x) => x === Math.fround(GUARD))
        );
      },
    ),
    { numRuns: 300 },
  );
});

it('have the same bits whatever is computed beside them', () => {
  const numbers = new SeededNumbers(1, 'bits');
  const [inner, columns] = [37, 21];
  const fill = (from: number, count: number) => {
    for (let i = from; i < from + count; i++) floats[i] = numbers.normal();
  };
  const [a, b, out] = [BEGIN, 4000, 8000];
  fill(a, 9 * inner);
  fill(b, inner * columns);
  const rowsOf = (rows: number) => {
    kernel.products(4 * a, 0, 4 * inner, 4, 4 * b, 4 * out, 1, rows, inner, columns);
    return floats.slice(out, out + rows * columns);
  };
  const all = rowsOf(9);
  for (let rows = 1; rows < 9; rows++) expect(rowsOf(rows)).toEqual(all.subarray(0, rows * columns));
});

it('turn matrices over', () => {
  floats.set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], BEGIN);
  kernel.transposed(4 * BEGIN, 4 * 2 * BEGIN, 2, 2, 3);
  expect([...floats.subarray(2 * BEGIN, 2 * BEGIN + 12)]).toEqual([1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]);
});
