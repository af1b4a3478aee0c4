import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { lengthOf } from '../../loss/rows/shape.ts';

export type Numbers = Float32Array | Int32Array;

/** Reads and makes tensors of a tfjs backend. */
export interface TensorStore {
  /** The numbers themselves, not copies: good until the next read or tensor. */
  read(infos: readonly TensorInfo[]): Numbers[];
  /** A float32 tensor whose numbers are to be written. */
  empty(shape: readonly number[]): TensorInfo;
  /** A tensor of these numbers; float32 or int32 as they are. */
  keep(shape: readonly number[], data: Numbers): TensorInfo;
}

/** The backends the op is registered for. Only their types are needed here: who uses a backend loads it. */
export const STORES: Readonly<Record<string, (backend: object) => TensorStore>> = {
  cpu(backend) {
    const cpu = backend as MathBackendCPU;
    const keep = (shape: readonly number[], data: Numbers) =>
      cpu.makeTensorInfo([...shape], data instanceof Int32Array ? 'int32' : 'float32', data);
    return {
      read: (infos) => infos.map(({ dataId }) => cpu.data.get(dataId).values as Numbers),
      empty: (shape) => keep(shape, new Float32Array(lengthOf(shape))),
      keep,
    };
  },
  wasm(backend) {
    const wasm = backend as BackendWasm;
    return {
      read(infos) {
        // A tensor of another backend is moved here when it's asked for, which may move the whole heap.
        for (const { dataId } of infos) wasm.dataIdMap.get(dataId);
        return infos.map((info) => wasm.typedArrayFromHeap(info) as Numbers);
      },
      empty: (shape) => wasm.makeOutput([...shape], 'float32'),
      keep(shape, data) {
        const info = wasm.makeOutput([...shape], data instanceof Int32Array ? 'int32' : 'float32');
        wasm.typedArrayFromHeap(info).set(data);
        return info;
      },
    };
  },
};
