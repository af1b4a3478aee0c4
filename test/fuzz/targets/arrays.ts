import { zipSync } from 'fflate';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../src/engine/origins/arraysOrigin.ts';
import type { Work } from '../../../src/loss/work.ts';
import type { ArrayFormat } from '../../../src/readers/arrays/listArrays.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { zipFile } from '../../fixtures/zip.ts';
import { deflated, safetensorsFile, stored } from '../generators/arrayFiles.ts';
import { checkBatch, checkProblem, outcomeOf } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';
import { CONTEXT, fileSamples } from './samples.ts';

/** Deflate makes at most so many bytes of one. */
const MOST_RATIO = 1032;
/** Arrays of a file that are opened by their names. */
const OPENED = 3;

/** Where a file says that things are, be it true or not: it has no lines to show. */
const ANYWHERE = Number.POSITIVE_INFINITY;

/** Counts how many numbers room is made for. */
class CountingCompute extends Compute {
  allocated = 0;

  override allocate(length: number): Float32Array {
    this.allocated += length;
    return super.allocate(length);
  }
}

function runOf(format: ArrayFormat): (bytes: Uint8Array) => Work<string> {
  return function* (bytes) {
    const compute = new CountingCompute(undefined);
    const origin = (member?: string) =>
      new ArraysOrigin(format, { bytes }, member === undefined ? {} : { member }, compute);
    const listed = yield* origin().listMembers();
    if (!listed.ok) {
      checkProblem(listed.problem, ANYWHERE);
      return outcomeOf(listed);
    }
    const names = listed.value.map(({ name }) => name);
    expectThat(new Set(names).size === names.length, () => `Two arrays have a name: ${names}`);
    for (const { shape } of listed.value)
      expectThat(shape.length <= 64 && shape.every((axis) => axis >= 0), () => `Shape ${shape}`);
    const outcomes: string[] = [];
    for (const name of names.slice(0, OPENED)) {
      const most = format === 'npz' ? MOST_RATIO * (bytes.length + 1) : bytes.length;
      compute.allocated = 0;
      const read = yield* origin(name).read(undefined);
      outcomes.push(outcomeOf(read));
      // In turned order it's there twice.
      expectThat(compute.allocated <= 2 * most, () => `Room for ${compute.allocated} numbers`);
      if (!read.ok) checkProblem(read.problem, ANYWHERE);
      else {
        const { batch, source } = read.value;
        checkBatch(batch, 'values' in source ? source.values.length : Number.NaN, bytes.length, most);
      }
      const targets = yield* origin(name).readTargets(CONTEXT);
      if (!targets.ok) checkProblem(targets.problem, ANYWHERE);
    }
    return outcomes[0] ?? 'no arrays';
  };
}

const SMALL = npyFile([2, 2], [1, 2, 3, 4]);

export const npyTarget: FuzzTarget = {
  name: '.npy',
  samples: [...fileSamples('npy', '.npy'), SMALL, npyFile([2, 2], [1, 2, 3, 4], '>f8', { version: 2 })],
  tokens: [
    ..."'descr': '<f4' '>f8' '|b1' '<i8' '<V2' '|O' 'fortran_order': True False 'shape': ( ) , { } 1 0 9".split(
      ' ',
    ),
    '(2, 2), }',
    '1, '.repeat(70),
    '9'.repeat(20),
    '\n',
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0),
  ],
  run: runOf('npy'),
};

export const npzTarget: FuzzTarget = {
  name: '.npz',
  samples: [
    ...fileSamples('', '.npz'),
    zipFile([stored('x.npy', SMALL)]),
    zipFile([deflated('x.npy', SMALL), stored('y.npy', npyFile([2], [0, 1]))]),
    zipFile([deflated('zeros.npy', npyFile([500, 2], new Float32Array(1000)))]),
    zipSync({ 'a.npy': SMALL, 'readme.txt': encode('x') }),
  ],
  tokens: [
    Uint8Array.of(0x50, 0x4b, 1, 2),
    Uint8Array.of(0x50, 0x4b, 3, 4),
    Uint8Array.of(0x50, 0x4b, 5, 6),
    Uint8Array.of(0x50, 0x4b, 6, 6),
    Uint8Array.of(0x50, 0x4b, 6, 7),
    Uint8Array.of(1, 0, 24, 0),
    Uint8Array.of(0xff, 0xff, 0xff, 0xff),
    Uint8Array.of(8, 0),
    Uint8Array.of(0, 0, 0, 0xff, 0xff),
    Uint8Array.of(3, 0),
    'x.npy',
    SMALL,
  ],
  run: runOf('npz'),
};

const HEADER = '{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}';

export const safetensorsTarget: FuzzTarget = {
  name: '.safetensors',
  samples: [
    ...fileSamples('', '.safetensors'),
    safetensorsFile(HEADER, 16),
    safetensorsFile(
      `{"__metadata__":{"format":"pt"},"x":{"dtype":"I64","shape":[0],"data_offsets":[16,16]},${HEADER.slice(1)}`,
      16,
    ),
  ],
  tokens: [
    ...'{ } [ ] , : " \\ 0 1 4 8 16 -1 1e3 "dtype" "shape" "data_offsets" "F32" "F16" "BF16" "I64" "BOOL" "X"'.split(
      ' ',
    ),
    '"__metadata__"',
    '"__metadata__":{"a":"b"},',
    '"b":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},',
    '"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},',
    '1,'.repeat(70),
    ' ',
    '\\u0061',
  ],
  run: runOf('safetensors'),
};
