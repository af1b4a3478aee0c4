import { Compute } from '../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../src/engine/origins/arraysOrigin.ts';
import { TableOrigin } from '../../src/engine/origins/tableOrigin.ts';
import { TextOrigin } from '../../src/engine/origins/textOrigin.ts';
import type { Work } from '../../src/loss/work.ts';
import type { ArrayFormat } from '../../src/readers/arrays/listArrays.ts';
import { readJson } from '../../src/readers/json/readJson.ts';
import { readTable } from '../../src/readers/table/readTable.ts';
import { scannerOf } from '../unit/engine/kernel/scanner.ts';

/** An entry point: how bytes get read. */
export type Read = (bytes: Uint8Array) => Work<unknown>;

const COMPUTE = new Compute(undefined);
const START = { line: 0, character: 0 };
const scanner = scannerOf();

/** What targets are asked to fit. */
const CONTEXT = {
  shape: [1000, 2],
  classAxis: 1,
  classNames: ['cat', 'dog'],
  ignoreIndex: -100,
};

const text = (bytes: Uint8Array, cursor?: number) =>
  new TextOrigin(
    bytes,
    { origin: START, ...(cursor !== undefined && { cursor: { line: 0, character: cursor } }) },
    COMPUTE,
  );
const table = (bytes: Uint8Array) => new TableOrigin({ bytes }, { origin: START }, COMPUTE);

export const TEXT_READERS: Readonly<Record<string, Read>> = {
  json: (bytes) => readJson(bytes),
  'json with the kernel': (bytes) => readJson(bytes, { scanner }),
  text: (bytes) => text(bytes).read(undefined),
  'text around a cursor': (bytes) => text(bytes, bytes.length >> 1).read(undefined),
  'text members': (bytes) => text(bytes).listMembers(),
  'text targets': (bytes) => text(bytes).readTargets(CONTEXT),
  table: (bytes) => table(bytes).read(),
  'table with the kernel': (bytes) => readTable(bytes, undefined, scanner),
  'table members': (bytes) => table(bytes).listMembers(),
  'table targets': (bytes) => table(bytes).readTargets(CONTEXT),
};

const arrays = (bytes: Uint8Array, format: ArrayFormat) => new ArraysOrigin(format, { bytes }, {}, COMPUTE);

const pickle = (bytes: Uint8Array) => new ArraysOrigin('pickle', { bytes }, {}, COMPUTE);

export const PICKLE_READERS: Readonly<Record<string, Read>> = {
  logits: (bytes) => pickle(bytes).read(undefined),
  members: (bytes) => pickle(bytes).listMembers(),
};

export const ARRAY_READERS: Readonly<
  Record<string, (bytes: Uint8Array, format: ArrayFormat) => Work<unknown>>
> = {
  logits: (bytes, format) => arrays(bytes, format).read(undefined),
  members: (bytes, format) => arrays(bytes, format).listMembers(),
};
