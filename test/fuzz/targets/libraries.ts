import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import type { Libraries } from '../../../src/engine/libraries/libraries.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import type { Work } from '../../../src/loss/work.ts';
import type { FileFormat, SourceRequest } from '../../../src/protocol/engineChannel.ts';
import { openArrow } from '../../../src/readers/columnar/arrow/arrowReader.ts';
import { openParquet } from '../../../src/readers/columnar/parquet/parquetReader.ts';
import { listHdf } from '../../../src/readers/hdf/hdfReader.ts';
import { columnarBytes } from '../../fixtures/columnar.ts';
import { hdf5File } from '../../fixtures/hdf5File.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { ROOT } from '../../vscode/paths.ts';
import { checkProblem, outcomeOf } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';

/** Where a file says that things are, be it true or not: it has no lines to show. */
const ANYWHERE = Number.POSITIVE_INFINITY;
/** Arrays of a file that are opened by their names. */
const OPENED = 3;

const LIBRARIES: Libraries = {
  get: (name) => (name === 'parquet' ? { openParquet } : name === 'arrow' ? { openArrow } : { listHdf }),
  add() {},
};

function runOf(format: FileFormat, gzip = false): (bytes: Uint8Array) => Work<string> {
  return function* (bytes) {
    const store = new BatchStore(new Compute(undefined), LIBRARIES);
    const request = (member?: string): SourceRequest => ({
      input: { file: { format, bytes, ...(gzip && { gzip: true }) } },
      origin: { line: 0, character: 0 },
      ...(member !== undefined && { member }),
    });
    const listed = yield* store.list(request());
    if (!listed.ok) {
      checkProblem(listed.problem, ANYWHERE);
      return outcomeOf(listed);
    }
    const names = listed.value.map(({ name }) => name);
    for (const { shape } of listed.value)
      expectThat(shape.length <= 64 && shape.every((axis) => axis >= 0), () => `Shape ${shape}`);
    const overview = yield* store.overview(request());
    if (!overview.ok) checkProblem(overview.problem, ANYWHERE);
    const outcomes: string[] = [];
    for (const name of [undefined, ...names.slice(0, OPENED)]) {
      const read = yield* store.read(request(name));
      outcomes.push(outcomeOf(read));
      if (!read.ok) {
        checkProblem(read.problem, ANYWHERE);
        continue;
      }
      const { shape, values } = read.value;
      const count = shape.reduce((product, size) => product * size, 1);
      expectThat(values.length === count, () => `${values.length} numbers of shape ${shape}`);
    }
    return outcomes[0] ?? 'no arrays';
  };
}

const LENGTHS = [
  Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
  Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0),
  Uint8Array.of(0, 0, 0, 0),
  Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x80),
];

const samples = (names: string) => names.split(' ').map(columnarBytes);

/** Contiguous, and in chunks with gzip: what is small takes less time. */
const SMALL_HDF5 = [undefined, 2].map((chunkRows) =>
  hdf5File([
    {
      name: 'logits',
      shape: [3, 2],
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
      ...(chunkRows && { chunkRows }),
    },
  ]),
);

/** Groups with so many objects that they have an index. */
const DENSE_HDF5 = ['dense.h5', 'ordered.h5'].map(
  (name) => new Uint8Array(readFileSync(join(ROOT, 'test', 'fixtures', 'hdf', name))),
);

export const LIBRARY_TARGETS: readonly FuzzTarget[] = [
  {
    name: '.parquet',
    samples: samples(
      'list.parquet half.parquet wide-fastparquet.parquet wide-v2-split.parquet wide-delta.parquet wide-lz4.parquet wide-zstd.parquet wide-gzip.parquet nested-list.parquet null-row.parquet',
    ),
    tokens: [
      'PAR1',
      'PARE',
      ...LENGTHS,
      Uint8Array.of(0x15, 0x00),
      Uint8Array.of(0x19, 0xfc),
      Uint8Array.of(0x2c),
    ],
    run: runOf('parquet'),
  },
  {
    name: '.arrow',
    samples: samples(
      'fixed-list.arrow hf-dataset.arrow wide-stream.arrow wide-lz4.feather wide-zstd.feather polars.arrow',
    ),
    tokens: [
      'ARROW1',
      'FEA1',
      ...LENGTHS,
      Uint8Array.of(4, 0x22, 0x4d, 0x18),
      Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd),
    ],
    run: runOf('arrow'),
  },
  {
    name: '.h5',
    samples: [...samples('plain.h5 groups.h5 latest.h5 lzf.h5 strings.h5'), ...SMALL_HDF5, ...DENSE_HDF5],
    tokens: [
      ...'TREE SNOD HEAP OHDR OCHK FRHP FHDB FHIB BTHD BTIN BTLF GCOL'.split(' '),
      Uint8Array.of(0x10, 0, 0x10, 0),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
      ...LENGTHS,
    ],
    run: runOf('hdf5'),
  },
  {
    name: '.npy.gz',
    samples: [
      columnarBytes('logits.npy.gz'),
      new Uint8Array(gzipSync(npyFile([2, 2], [1, 2, 3, 4]))),
      new Uint8Array(gzipSync(encode('\u0000'.repeat(9999)))),
    ],
    tokens: [
      Uint8Array.of(0x1f, 0x8b, 8, 0),
      Uint8Array.of(3, 0),
      Uint8Array.of(0, 0, 0, 0xff, 0xff),
      ...LENGTHS,
    ],
    run: runOf('npy', true),
  },
  {
    name: '.csv.gz',
    samples: samples('wide.csv.gz members.csv.gz'),
    tokens: [Uint8Array.of(0x1f, 0x8b, 8, 8), Uint8Array.of(3, 0), ...LENGTHS],
    run: runOf('table', true),
  },
];
