import { crc32, deflateRawSync } from 'node:zlib';
import type { ArrayFormat } from '../../../src/readers/arrays/listArrays.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { joined, type ZipPart, zipFile } from '../../fixtures/zip.ts';
import type { Growing } from './growing.ts';

/** A file of arrays that might take too long. */
export interface GrowingArrays extends Growing {
  readonly format: ArrayFormat;
}

const encoder = new TextEncoder();

/** A file of safetensors with this header, and so many bytes of numbers. */
export function safetensorsFile(header: string, bytes = 0): Uint8Array {
  const text = encoder.encode(header);
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

export function stored(name: string, data: Uint8Array): ZipPart {
  return { name, data, method: 0, size: data.length, crc: crc32(data) };
}

export function deflated(name: string, content: Uint8Array): ZipPart {
  const data = deflateRawSync(content);
  return { name, data, method: 8, size: content.length, crc: crc32(content) };
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: Math.max(1, Math.floor(count)) }, (_, i) => make(i));
}

const npz = (name: string, make: (length: number) => readonly ZipPart[]): GrowingArrays => ({
  name: `.npz: ${name}`,
  format: 'npz',
  make: (length) => zipFile(make(length)),
});

const safetensors = (name: string, make: (length: number) => string, bytes = 0): GrowingArrays => ({
  name: `.safetensors: ${name}`,
  format: 'safetensors',
  make: (length) => safetensorsFile(make(length), bytes),
});

const npy = (name: string, make: (length: number) => Uint8Array): GrowingArrays => ({
  name: `.npy: ${name}`,
  format: 'npy',
  make,
});

const small = npyFile([2, 2], [1, 2, 3, 4]);
/** A block of deflate of which nothing comes. */
const NOTHING = Uint8Array.of(0, 0, 0, 0xff, 0xff);
const tensor = (i: number) => `"t${i}":{"dtype":"F32","shape":[1],"data_offsets":[${4 * i},${4 * i + 4}]}`;

export const ARRAY_FILES: readonly GrowingArrays[] = [
  npy('rows', (length) => npyFile([Math.ceil(length / 16), 4], new Float32Array(4 * Math.ceil(length / 16)))),
  npy('the first axis fastest', (length) =>
    npyFile([4, 4, Math.ceil(length / 64)], new Float32Array(16 * Math.ceil(length / 64)), '<f4', {
      fortran: true,
    }),
  ),
  npy('float64, most significant byte first', (length) =>
    npyFile([Math.ceil(length / 16), 2], new Float64Array(2 * Math.ceil(length / 16)), '>f8'),
  ),
  npy('axes of 1, the first fastest', (length) => {
    const rows = Math.ceil(length / 4);
    return npyFile([2, rows / 2, ...new Array(58).fill(1)], new Float32Array(rows), '<f4', { fortran: true });
  }),
  npz('one array', (length) => [
    stored('x.npy', npyFile([Math.ceil(length / 8), 2], new Float32Array(2 * Math.ceil(length / 8)))),
  ]),
  npz('one array that deflates well', (length) => [
    deflated('x.npy', npyFile([Math.ceil(length / 8), 2], new Float32Array(2 * Math.ceil(length / 8)))),
  ]),
  npz('arrays', (length) => times(length / 300, (i) => stored(`a${i}.npy`, small))),
  npz('deflated arrays', (length) => times(length / 200, (i) => deflated(`a${i}.npy`, small))),
  npz('arrays of one name', (length) => times(length / 300, () => stored('a.npy', small))),
  npz('other files', (length) => times(length / 100, (i) => stored(`a${i}.txt`, new Uint8Array(8)))),
  npz('one array with many entries', (length) => [
    { ...stored('x.npy', small), aliases: times(length / 60, (i) => `a${i}.npy`) },
  ]),
  npz('blocks of nothing', (length) => {
    const data = joined([...times(length / 5, () => NOTHING), Uint8Array.of(1, 0, 0, 0xff, 0xff)]);
    return [{ name: 'x.npy', data, method: 8, size: 1e6, crc: 0 }];
  }),
  npz('arrays of blocks of nothing', (length) => {
    const data = joined(times(100, () => NOTHING));
    return times(length / 600, (i) => ({ name: `a${i}.npy`, data, method: 8, size: 1e6, crc: 0 }));
  }),
  npz('long names', (length) =>
    times(length / 60_000, (i) => stored(`${i}${'x'.repeat(30_000)}.npy`, small)),
  ),
  {
    name: '.npz: ends of a directory, after each other',
    format: 'npz',
    make: (length) => joined(times(length / 22, () => zipFile([]))),
  },
  safetensors('tensors', (length) => `{${times(length / 60, tensor)}}`, 0),
  {
    name: '.safetensors: tensors with their numbers',
    format: 'safetensors',
    make(length) {
      const tensors = times(length / 64, tensor);
      return safetensorsFile(`{${tensors}}`, 4 * tensors.length);
    },
  },
  safetensors(
    'tensors without numbers',
    (length) => `{${times(length / 60, (i) => `"t${i}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`)}}`,
  ),
  safetensors('tensors of one name', (length) => `{${times(length / 60, () => tensor(0))}}`),
  safetensors('metadata', (length) => `{"__metadata__":{${times(length / 12, (i) => `"k${i}":"v"`)}}}`),
  safetensors('long metadata', (length) => `{"__metadata__":{"k":"${'\\"'.repeat(length / 2)}"}}`),
  safetensors('a long name', (length) => `{"${'x'.repeat(length)}":{}}`),
  safetensors('opening brackets', (length) => `{"a":${'['.repeat(length)}`),
  safetensors('opening braces', (length) => '{"a":'.repeat(length / 5)),
  safetensors('quotes', (length) => `{${'"'.repeat(length)}`),
  safetensors('escaped quotes', (length) => `{"${'\\"'.repeat(length / 2)}`),
  safetensors('white space', (length) => `{${' '.repeat(length)}}`),
  safetensors(
    'axes',
    (length) => `{"a":{"dtype":"F32","shape":[${'1,'.repeat(length / 2)}1],"data_offsets":[0,4]}}`,
    4,
  ),
];
