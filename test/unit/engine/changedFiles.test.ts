import { mkdtempSync, renameSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { BatchGoneError, type LostBatches } from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import type { FileFormat, OpenRequest, SourceRequest } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { threadedKernel } from './kernel/kernels.ts';
import { startedEngine } from './worker.ts';

const ORIGIN = { line: 0, character: 0 };
/** More than is measured in float64, so that the rows stay in their file. */
const [ROWS, CLASSES] = [3000, 100];
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
let engine: EngineClient;
let lost: LostBatches[] = [];
let count = 0;

beforeAll(() => {
  ({ engine } = startedEngine());
  engine.onLost((each) => lost.push(each));
});
beforeEach(() => {
  lost = [];
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true });
});

function npy(rows: number, classes: number, value: (i: number) => number): Uint8Array {
  return npyFile(
    [rows, classes],
    Float32Array.from({ length: rows * classes }, (_, i) => value(i)),
  );
}

function safetensors(rows: number, classes: number, value: (i: number) => number): Uint8Array {
  const data = Float32Array.from({ length: rows * classes }, (_, i) => value(i));
  const header = `{"x":{"dtype":"F32","shape":[${rows},${classes}],"data_offsets":[0,${data.byteLength}]}}`;
  const padded = header.padEnd(Math.ceil(header.length / 8) * 8);
  const length = new BigUint64Array([BigInt(padded.length)]);
  return Buffer.concat([new Uint8Array(length.buffer), Buffer.from(padded), new Uint8Array(data.buffer)]);
}

type Contents = (rows: number, classes: number, value: (i: number) => number) => Uint8Array;

const FORMATS: readonly (readonly [FileFormat, Contents])[] = [
  ['npy', npy],
  ['npz', (...array) => zipSync({ 'x.npy': npy(...array) }, { level: 0 })],
  ['safetensors', safetensors],
];

const first = (i: number) => (i * 7919) % 13;
const second = (i: number) => (i * 104729) % 17;

function newPath(format: FileFormat): string {
  return join(folder, `${count++}.${format}`);
}

function sourceOf(path: string, format: FileFormat): SourceRequest {
  return { input: { file: { format, path } }, origin: ORIGIN };
}

async function opened(path: string, format: FileFormat): Promise<number> {
  const read = await engine.open({ ...sourceOf(path, format), view: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.batch;
}

/** What may become of a file while its rows are shown. */
const CHANGES: Readonly<Record<string, (path: string, contents: Contents) => void>> = {
  'replaced by one of another shape': (path, contents) => {
    writeFileSync(`${path}.new`, contents(6000, 70, second));
    renameSync(`${path}.new`, path);
  },
  'replaced by one of the same size and time of modification': (path, contents) => {
    const { mtime, atime } = statSync(path);
    writeFileSync(`${path}.new`, contents(ROWS, CLASSES, second));
    utimesSync(`${path}.new`, atime, mtime);
    renameSync(`${path}.new`, path);
  },
  'written over with as many bytes': (path, contents) => writeFileSync(path, contents(ROWS, CLASSES, second)),
  'cut short': (path) => truncateSync(path, 4 * ROWS * CLASSES - 400),
  deleted: (path) => rmSync(path),
};

/** All that reads rows of a file again. */
const QUESTIONS: Readonly<Record<string, (batch: number) => Promise<unknown>>> = {
  row: (batch) => engine.row(batch, ROWS - 1),
  view: (batch) => engine.view(batch, { temperature: 2 }),
  totals: (batch) => engine.totals(batch, { temperature: 2 }),
  calibrate: (batch) => engine.calibrate(batch),
  meanEntropy: (batch) => engine.meanEntropy(batch, 2),
};

describe('rows of a file that changed since they were shown are not given out', () => {
  describe.each(FORMATS)('.%s', (format, contents) => {
    it.each(Object.entries(CHANGES))('%s', async (change, apply) => {
      const path = newPath(format);
      for (const ask of Object.values(QUESTIONS)) {
        writeFileSync(path, contents(ROWS, CLASSES, first));
        const batch = await opened(path, format);
        lost = [];
        apply(path, contents);
        await expect(ask(batch)).rejects.toThrow(BatchGoneError);
        const reason = change === 'deleted' ? 'unreadable' : 'changed';
        expect(lost).toEqual([{ batches: new Set([batch]), why: expect.objectContaining({ reason }) }]);
        await expect(engine.row(batch, 0)).rejects.toThrow(BatchGoneError);
      }
      rmSync(path, { force: true });
    });
  });

  it('not even for another class axis, which reads a small file again', async () => {
    const path = newPath('npy');
    writeFileSync(
      path,
      npyFile(
        [2, 3, 4],
        Float32Array.from({ length: 24 }, (_, i) => first(i)),
      ),
    );
    const batch = await opened(path, 'npy');
    writeFileSync(
      path,
      npyFile(
        [2, 3, 4],
        Float32Array.from({ length: 24 }, (_, i) => second(i)),
      ),
    );
    await expect(engine.view(batch, { classAxis: 2 })).rejects.toThrow(BatchGoneError);
    expect(lost[0]).toMatchObject({ why: { reason: 'changed' } });
  });

  it('while another row of a file that stays as it is can be had again and again', async () => {
    const path = newPath('npy');
    writeFileSync(path, npy(ROWS, CLASSES, first));
    const batch = await opened(path, 'npy');
    for (const row of [0, 1, ROWS - 1]) {
      const { logits } = await engine.row(batch, row);
      expect(logits[5]).toBe(first(row * CLASSES + 5));
    }
    await engine.release(batch);
  });
});

it('A file of rows is replaced while several threads would read it', async () => {
  const path = newPath('npy');
  writeFileSync(path, npy(3000, 1000, first));
  const batch = await opened(path, 'npy');
  writeFileSync(path, npy(30_000, 200, second));
  await expect(engine.totals(batch, { temperature: 2 })).rejects.toThrow(BatchGoneError);
  const read = await engine.open({ ...sourceOf(path, 'npy'), view: {} });
  expect(read).toMatchObject({ ok: true, value: { summary: { shape: [30_000, 200] } } });
});

describe('a file that changes while it’s being read', () => {
  /** Opens step by step, so that it’s known where reading is when the file changes. */
  function openedWhile(request: Omit<OpenRequest, 'view'>, change: () => void, at = 0.7) {
    const kernel = threadedKernel(0);
    const library = new BatchStore(new Compute(kernel));
    const work = library.open(1, { ...request, view: {} });
    let changed = false;
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) {
        expect(changed, 'It was done before').toBe(true);
        return { result: step.value, kernel };
      }
      if (!changed && step.value >= at) {
        changed = true;
        change();
      }
    }
  }

  it.each(FORMATS)('.%s is refused, whether it’s written to or replaced', (format, contents) => {
    for (const change of Object.values(CHANGES)) {
      const path = newPath(format);
      writeFileSync(path, contents(ROWS, CLASSES, first));
      const { result, kernel } = openedWhile(sourceOf(path, format), () => change(path, contents));
      expect(result).toMatchObject({
        ok: false,
        problem: { reason: expect.stringMatching(/changed|unreadable/) },
      });
      expect(kernel.memory.used).toBe(0);
    }
  });

  it.each([
    ['a file of arrays', 'npy', () => npy(300, 10, second)],
    ['a table', 'table', () => new TextEncoder().encode('1,2\n3,4\n'.repeat(300))],
  ] as const)('%s is refused though all of it is in memory', (_, format, contents) => {
    const path = newPath(format);
    writeFileSync(path, contents());
    const { result } = openedWhile(sourceOf(path, format), () => writeFileSync(path, contents()), 0.55);
    expect(result).toMatchObject({ ok: false, problem: { reason: 'changed' } });
  });

  it('is refused with targets of another file, of which either may be from before', () => {
    for (const which of [0, 1]) {
      const paths = [newPath('npy'), newPath('npy')] as const;
      writeFileSync(paths[0], npy(ROWS, CLASSES, first));
      writeFileSync(paths[1], npyFile([ROWS], new Float32Array(ROWS)));
      const request = { ...sourceOf(paths[0], 'npy'), targets: sourceOf(paths[1], 'npy') };
      const { result, kernel } = openedWhile(request, () =>
        writeFileSync(paths[which]!, statSync(paths[which]!).size.toString()),
      );
      expect(result).toMatchObject({ ok: false, problem: { reason: 'changed' } });
      expect(kernel.memory.used).toBe(0);
    }
  });
});
