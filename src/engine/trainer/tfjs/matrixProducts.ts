import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm/dist/base';
import {
  BatchMatMul,
  backend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

/** What `kernel/assembly/matrices.ts` exports. Addresses and strides are bytes. */
export interface MatrixKernel {
  products(
    a: number,
    aBatch: number,
    aRow: number,
    aInner: number,
    b: number,
    out: number,
    batches: number,
    rows: number,
    inner: number,
    columns: number,
  ): void;
  transposed(b: number, out: number, batches: number, rows: number, columns: number): void;
}

type MatrixShape = readonly [batches: number, rows: number, columns: number];

/**
 * Puts our products of matrices in the place of those of tfjs' WASM backend, which is in use: they work in its memory, and take a third of
 * the time for many small matrices. Leaves tfjs' own if its memory can't be reached.
 */
export function registerProducts(module: WebAssembly.Module): void {
  const { asm } = (backend() as BackendWasm).wasm as { readonly asm?: { readonly memory?: unknown } };
  if (!(asm?.memory instanceof WebAssembly.Memory)) return;
  const { exports } = new WebAssembly.Instance(module, { env: { memory: asm.memory } });
  const kernel = exports as unknown as MatrixKernel;
  unregisterKernel(BatchMatMul, 'wasm');
  registerKernel({ kernelName: BatchMatMul, backendName: 'wasm', kernelFunc: productsBy(kernel) });
}

function productsBy(kernel: MatrixKernel): KernelFunc {
  return ({ inputs, backend: of, attrs }) => {
    const wasm = of as BackendWasm;
    const { a, b } = inputs as { readonly a: TensorInfo; readonly b: TensorInfo };
    const { transposeA, transposeB } = attrs as {
      readonly transposeA: boolean;
      readonly transposeB: boolean;
    };
    const [shapeA, shapeB] = [matrixShape(a), matrixShape(b)];
    const [batches, rows, inner] = transposeA ? flipped(shapeA) : shapeA;
    const [batchesB, innerB, columns] = transposeB ? flipped(shapeB) : shapeB;
    if (batches !== batchesB || inner !== innerB)
      throw new Error(`No product of (${a.shape}) and (${b.shape})`);
    const out = wasm.makeOutput([...a.shape.slice(0, -2), rows, columns], 'float32');
    const turned = transposeB ? wasm.makeOutput([batches, inner, columns], 'float32') : null;
    // An address may be another after a tensor is made or moved here: they're asked for last.
    const at = (tensor: TensorInfo): number => wasm.dataIdMap.get(tensor.dataId).memoryOffset;
    for (const tensor of [a, b]) wasm.dataIdMap.get(tensor.dataId);
    if (turned) kernel.transposed(at(b), at(turned), batches, columns, inner);
    const [aRow, aInner] = transposeA ? [4, 4 * rows] : [4 * inner, 4];
    kernel.products(
      at(a),
      4 * rows * inner,
      aRow,
      aInner,
      at(turned ?? b),
      at(out),
      batches,
      rows,
      inner,
      columns,
    );
    if (turned) wasm.disposeData(turned.dataId);
    return out;
  };
}

function matrixShape({ shape }: TensorInfo): MatrixShape {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return [shape.slice(0, -2).reduce((product, size) => product * size, 1), rows, columns];
}

function flipped([batches, rows, columns]: MatrixShape): MatrixShape {
  return [batches, columns, rows];
}
