import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { batchType, Column, fixedSizeList, float32, tableFromColumns, tableToIPC } from '@uwdata/flechette';
import { fileWriter, ParquetWriter, parquetWriteFile } from 'hyparquet-writer';
import type { FormatOfFile } from '../../../src/engine/fileFormats.ts';
import { hdf5File } from '../../fixtures/hdf5File.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { pickledArray } from '../../fixtures/pickledArray.ts';
import { writeTorchFile } from '../../fixtures/torchFile.ts';

/** How the same logits are saved: a format, and what of it. */
export interface SavedAs extends FormatOfFile {
  readonly name: string;
  readonly extension: string;
  readonly write: (path: string, logits: Logits) => void;
}

export interface Logits {
  readonly shape: readonly [rows: number, classes: number];
  readonly values: Float32Array;
}

function column({ shape: [rows, classes], values }: Logits, index: number): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => values[row * classes + index]!);
}

/** Nothing is missing. */
const NONE = new Uint8Array(0);

/** As `to_feather` has a table with a column for each class. */
function arrowColumns(logits: Logits): Uint8Array {
  const [rows, classes] = logits.shape;
  const type = float32();
  const names = Array.from({ length: classes }, (_, i) => `logit_${i}`);
  const columns = names.map((_, i) => {
    const Batch = batchType(type);
    return new Column(
      [new Batch({ type, length: rows, nullCount: 0, validity: NONE, values: column(logits, i) })],
      type,
    );
  });
  return tableToIPC(tableFromColumns(names.map((name, i) => [name, columns[i]!])), { format: 'file' })!;
}

/** One column of lists, all in one batch. */
function arrowLists({ shape: [rows, classes], values }: Logits): Uint8Array {
  const item = float32();
  const type = fixedSizeList(item, classes);
  const [Items, Lists] = [batchType(item), batchType(type)];
  const items = new Items({ type: item, length: rows * classes, nullCount: 0, validity: NONE, values });
  const lists = new Column(
    [new Lists({ type, length: rows, nullCount: 0, validity: NONE, children: [items] })],
    type,
  );
  return tableToIPC(tableFromColumns([['logits', lists]]), { format: 'file' })!;
}

function writeParquet(path: string, logits: Logits): void {
  parquetWriteFile({
    filename: path,
    columnData: Array.from({ length: logits.shape[1] }, (_, i) => ({
      name: `logit_${i}`,
      data: column(logits, i),
      type: 'FLOAT' as const,
      nullable: false,
    })),
  });
}

/** Row groups of a few thousand rows: as lists of JavaScript, all of them would fill the memory. */
const GROUP_ROWS = 2000;

function writeParquetLists(path: string, { shape: [rows, classes], values }: Logits): void {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'root', num_children: 1 },
      { name: 'logits', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', type: 'FLOAT' },
    ],
  });
  for (let first = 0; first < rows; first += GROUP_ROWS) {
    const data = Array.from({ length: Math.min(GROUP_ROWS, rows - first) }, (_, row) => [
      ...values.subarray((first + row) * classes, (first + row + 1) * classes),
    ]);
    writer.write({ columnData: [{ name: 'logits', data }] });
  }
  writer.finish();
}

const to = (bytesOf: (logits: Logits) => Uint8Array) => (path: string, logits: Logits) =>
  writeFileSync(path, bytesOf(logits));

const npy = ({ shape, values }: Logits) => npyFile([...shape], values);
const hdf5 = ({ shape, values }: Logits, chunkRows?: number) =>
  hdf5File([{ name: 'logits', shape, values, ...(chunkRows !== undefined && { chunkRows }) }]);

export const SAVED: readonly SavedAs[] = [
  { name: '.npy', extension: 'npy', format: 'npy', write: to(npy) },
  {
    name: '.pt',
    extension: 'pt',
    format: 'pickle',
    write: (path, { shape, values }) => writeTorchFile(path, [shape], [values]),
  },
  {
    name: '.pkl',
    extension: 'pkl',
    format: 'pickle',
    write: to(({ shape, values }) => pickledArray(shape, values)),
  },
  {
    name: '.npy.gz',
    extension: 'npy.gz',
    format: 'npy',
    gzip: true,
    write: to((logits) => gzipSync(npy(logits), { level: 1 })),
  },
  { name: '.parquet, a column per class', extension: 'parquet', format: 'parquet', write: writeParquet },
  { name: '.parquet, lists', extension: 'parquet', format: 'parquet', write: writeParquetLists },
  { name: '.arrow, a column per class', extension: 'arrow', format: 'arrow', write: to(arrowColumns) },
  { name: '.arrow, lists', extension: 'arrow', format: 'arrow', write: to(arrowLists) },
  { name: '.h5, contiguous', extension: 'h5', format: 'hdf5', write: to((logits) => hdf5(logits)) },
  { name: '.h5, chunks with gzip', extension: 'h5', format: 'hdf5', write: to((logits) => hdf5(logits, 50)) },
];
