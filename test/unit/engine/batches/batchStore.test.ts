import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../../src/engine/batches/batchStore.ts';
import { totalsUnder } from '../../../../src/engine/batches/measuredBatch.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../../src/engine/questions/calibrate.ts';
import { finish, type Work } from '../../../../src/loss/work.ts';
import type { OpenRequest, SourceRequest } from '../../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { threadedKernel } from '../kernel/kernels.ts';

const [ROWS, CLASSES] = [6000, 50];

function requestOf(factor: number): OpenRequest {
  const values = Float32Array.from({ length: ROWS * CLASSES }, (_, i) => ((i * factor) % 101) / 10);
  const bytes = npyFile([ROWS, CLASSES], values);
  return {
    input: { file: { format: 'npy', bytes } },
    targets: { input: { bytes: new TextEncoder().encode(`[${targets}]`) }, origin: ORIGIN },
    origin: ORIGIN,
    view: {},
  };
}
const ORIGIN = { line: 0, character: 0 };
const targets = Array.from({ length: ROWS }, (_, row) => (row * 31) % CLASSES).join();

const soft = {
  input: {
    file: {
      format: 'npy',
      bytes: npyFile([ROWS, CLASSES], new Float32Array(ROWS * CLASSES).fill(1 / CLASSES)),
    },
  },
  origin: ORIGIN,
} as const;

function created() {
  const kernel = threadedKernel(0);
  const compute = new Compute(kernel);
  return { kernel, compute, library: new BatchStore(compute) };
}

function step(work: Work<unknown>, times: number): void {
  for (let i = 0; i < times; i++) expect(work.next().done, `It was done after ${i} steps`).toBe(false);
}

describe('the memory of a batch', () => {
  it.each([
    ['released', (library: BatchStore) => library.release(1)],
    [
      'looked at differently',
      (library: BatchStore) => void finish(library.changeView(1, { temperature: 3 })),
    ],
  ])('that is %s stays until the work about it has ended', (_, change) => {
    const { kernel, compute, library } = created();
    finish(library.open(1, requestOf(7919)));
    const expected = finish(library.withBatch(1, (measured) => calibrate(compute, measured)));
    const totals = finish(library.withBatch(1, (held) => totalsUnder(compute, held, { temperature: 2 })));
    const [calibrating, summing] = [
      library.withBatch(1, (measured) => calibrate(compute, measured)),
      library.withBatch(1, (held) => totalsUnder(compute, held, { temperature: 2 })),
    ];
    step(calibrating, 3);
    step(summing, 1);
    change(library);
    finish(library.open(2, requestOf(104729)));
    expect(finish(calibrating)).toEqual(expected);
    expect(finish(summing)).toEqual(totals);
    library.release(1);
    library.release(2);
    expect(kernel.memory.used).toBe(0);
  });

  it('that is released while it’s looked at differently is given back', () => {
    const { kernel, library } = created();
    finish(library.open(1, requestOf(7919)));
    const viewing = library.changeView(1, { temperature: 2 });
    step(viewing, 2);
    library.release(1);
    expect(() => finish(viewing)).toThrow('Batch 1 is not open');
    expect(kernel.memory.used).toBe(0);
  });

  it('is given back wherever work on it is given up', () => {
    const { kernel, library } = created();
    finish(library.open(1, requestOf(7919)));
    const held = kernel.memory.used;
    const ways: Readonly<Record<string, () => Work<unknown>>> = {
      open: () => library.open(2, requestOf(104729)),
      'open with probabilities as targets': () => library.open(2, { ...requestOf(3), targets: soft }),
      view: () => library.changeView(1, { temperature: 2, kind: 'logits' }),
      'with targets chosen by hand': () => library.changeView(1, { temperature: 2, chosenTargets: [[0, 1]] }),
    };
    for (const [name, start] of Object.entries(ways)) {
      for (let steps = 1; ; steps++) {
        const work = start();
        let last = work.next();
        for (let i = 1; i < steps && !last.done; i++) last = work.next();
        if (last.done) break;
        work.return(undefined as never);
        expect(kernel.memory.used, `${name}, after ${steps} steps`).toBe(held);
      }
      library.release(2);
      finish(library.changeView(1, {}));
    }
    library.release(1);
    expect(kernel.memory.used).toBe(0);
  });
});

describe('a sample of rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['in memory', 'in a file'])('has those that are drawn, %s, with their numbers', (place) => {
    const { library } = created();
    const { input, origin } = requestOf(7919);
    const { bytes } = (input as { readonly file: { readonly bytes: Uint8Array } }).file;
    const path = join(folder, 'X.npy');
    writeFileSync(path, bytes);
    const where = place === 'in memory' ? { bytes } : { path };
    // Its name says features, which logits aren’t.
    const request = {
      input: { file: { format: 'npy', ...where } },
      origin,
      fileName: 'X.npy',
    } as SourceRequest;
    const all = finish(library.sample(request, 4 * ROWS * CLASSES));
    if (!all.ok) throw new Error(all.problem.reason);
    expect([all.value.rows, all.value.values.length]).toEqual([null, ROWS * CLASSES]);
    const some = finish(library.sample(request, 4 * 100 * CLASSES));
    if (!some.ok) throw new Error(some.problem.reason);
    const { rows, shape, values } = some.value;
    expect([rows!.length, shape, values.length]).toEqual([100, [ROWS, CLASSES], 100 * CLASSES]);
    rows!.forEach((row, i) => {
      const own = values.subarray(i * CLASSES, (i + 1) * CLASSES);
      expect(own).toEqual(all.value.values.subarray(row * CLASSES, (row + 1) * CLASSES));
    });
  });
});
