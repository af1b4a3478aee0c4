import { describe, expect, it } from 'vitest';
import { BatchStore } from '../../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { finish, type Work } from '../../../../src/loss/work.ts';
import type { BatchView, OpenRequest, SourceRequest } from '../../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { threadedKernel } from '../kernel/kernels.ts';

const ORIGIN = { line: 0, character: 0 };
const LOGITS = 'tensor([[ 1.25, -0.5, 3.0], [0.125, 2.5, -7.75], [0.1, 0.2, 0.3], [9.0, -9.0, 0.0]])';

type Named = NonNullable<OpenRequest['targets']>;

const text = (value: string, name?: string): Named => ({
  input: { text: value },
  origin: ORIGIN,
  ...(name !== undefined && { name }),
});

const NAMED = '{"logits": [[1, 2, 3], [3, 1, 2]], "targets": [0, 1], "classes": ["a", "b", "c"]}';
const DEEP = `[[[1, 2], [3, 4], [5, 6]], [[6, 5], [4, 3], [2, 1]]]`;
const floats = (shape: readonly number[]) =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => ((i * 7919) % 101) / 10);
const file = (shape: readonly number[]): SourceRequest => ({
  input: { file: { format: 'npy', bytes: npyFile(shape, floats(shape)) } },
  origin: ORIGIN,
});
const SOFT = '[[0.5, 0.25, 0.25], [0, 1, 0], [1, 0, 0], [0.1, 0.2, 0.7]]';

interface Case {
  readonly name: string;
  readonly logits: SourceRequest;
  /** Targets, one after the other. */
  readonly all: readonly (Named | null)[];
  readonly view?: BatchView;
}

const plain = text('[0, 1, 2, 0]', 'y');
const CASES: readonly Case[] = [
  { name: 'indices, and others', logits: text(LOGITS), all: [plain, text('[2, 2, 2, 2]', 'z'), null] },
  { name: 'soft targets', logits: text(LOGITS), all: [text(SOFT), plain, text(SOFT)] },
  { name: 'ignored ones', logits: text(LOGITS), all: [text('[0, -100, 2, -100]'), text('[-100, 1, 1, 0]')] },
  { name: 'printed ones', logits: text(LOGITS), all: [text('y = tensor([0, 1, 2, 0])'), null] },
  { name: 'names of classes', logits: text(NAMED), all: [text('["c", "a"]'), null, text('["b", "b"]')] },
  { name: 'a temperature', logits: text(LOGITS), all: [plain, null], view: { temperature: 2.5 } },
  { name: 'weights', logits: text(LOGITS), all: [plain, null], view: { weight: [1, 0.5, 2] } },
  { name: 'targets chosen by hand', logits: text(LOGITS), all: [null], view: { chosenTargets: [[1, 2]] } },
  {
    name: 'a class axis that targets tell',
    logits: text(DEEP),
    all: [text('[[0, 1, 0], [1, 1, 0]]'), null, text('[[0, 1], [2, 0]]')],
  },
  {
    name: 'a chosen class axis',
    logits: text(DEEP),
    all: [text('[[0, 1], [2, 0]]'), null],
    view: { classAxis: 1 },
  },
  {
    name: 'a file',
    logits: file([40, 5]),
    all: [text(`[${Array.from({ length: 40 }, (_, i) => i % 5)}]`), null],
  },
];

/** Targets that don't fit LOGITS, with the reason. */
const WRONG: readonly (readonly [string, string])[] = [
  ['target-count', '[0, 1, 2]'],
  ['target-count', '[0, 1, 2, 0, 1]'],
  ['target-range', '[0, 1, 3, 0]'],
  ['target-fraction', '[0, 1, 1.5, 0]'],
  ['target-shape', '[[0.5, 0.5], [0, 1], [1, 0], [0, 1]]'],
  ['target-name', '["cat", "dog", "cat", "dog"]'],
  ['no-targets', '{"a": 1}'],
  ['syntax', '[0, 1, 2 0]'],
];

function created() {
  const kernel = threadedKernel(0);
  const store = new BatchStore(new Compute(kernel));
  return { kernel, store };
}

function openedWith(store: BatchStore, id: number, logits: SourceRequest, targets: Named | null, view = {}) {
  return finish(store.open(id, { ...logits, ...(targets && { targets }), view }));
}

describe('targets attached to an open batch', () => {
  it.each(CASES)('give what opening with them gives: $name', ({ logits, all, view = {} }) => {
    const { kernel, store } = created();
    expect(openedWith(store, 1, logits, null, view).ok).toBe(true);
    store.release(1);
    // What the reader of numbers keeps.
    const { used } = kernel.memory;
    openedWith(store, 1, logits, null, view);
    for (const [i, targets] of all.entries()) {
      const attached = finish(store.attachTargets(1, targets, view));
      const expected = openedWith(store, 10 + i, logits, targets, view);
      if (!attached.ok || !expected.ok) throw new Error(JSON.stringify([attached, expected]));
      expect(attached.value.batch).toBe(1);
      expect({ ...attached.value, batch: 10 + i }).toEqual(expected.value);
      expect(store.held(1).targets).toEqual(store.held(10 + i).targets);
      // What comes later goes on with these targets.
      const [later, same] = [1, 10 + i].map((id) =>
        finish(store.changeView(id, { ...view, temperature: 3 })),
      );
      if (!later!.ok || !same!.ok) throw new Error(JSON.stringify([later, same]));
      expect({ ...later!.value, batch: 10 + i }).toEqual(same!.value);
      store.release(10 + i);
    }
    store.release(1);
    expect(kernel.memory.used).toBe(used);
  });

  it.each(WRONG)('are refused as by opening, and leave what there is: %s %s', (reason, targets) => {
    const { store } = created();
    const before = openedWith(store, 1, text(LOGITS), text('[0, 1, 2, 0]', 'y'));
    const refused = finish(store.attachTargets(1, text(targets), {}));
    expect(refused).toMatchObject({ ok: false, problem: { reason, of: 'targets' } });
    expect(refused).toEqual(openedWith(store, 2, text(LOGITS), text(targets)));
    expect(finish(store.changeView(1, {}))).toEqual(before);
  });

  it('leave the logits where they are', () => {
    const { kernel, store } = created();
    const shape = [6000, 50];
    const targets = text(`[${Array.from({ length: 6000 }, (_, i) => i % 50)}]`);
    openedWith(store, 1, file(shape), null);
    const { source } = store.held(1);
    finish(store.attachTargets(1, targets, {}));
    const { used } = kernel.memory;
    for (const next of [targets, null, targets]) {
      expect(finish(store.attachTargets(1, next, {})).ok).toBe(true);
      expect(store.held(1).source).toBe(source);
    }
    expect(kernel.memory.used).toBe(used);
    // Given up at any step, nothing has changed and nothing is left.
    for (let steps = 1; ; steps++) {
      const work: Work<unknown> = store.attachTargets(1, null, { temperature: 2 });
      let last = work.next();
      for (let i = 1; i < steps && !last.done; i++) last = work.next();
      if (last.done) break;
      work.return(undefined as never);
      expect(kernel.memory.used, `after ${steps} steps`).toBe(used);
      expect(store.held(1).summary.targetsFrom).toBe('indices');
    }
    store.release(1);
    expect(kernel.memory.used).toBe(0);
  });

  it('of a batch that is released meanwhile are given back', () => {
    const { kernel, store } = created();
    openedWith(store, 1, file([6000, 50]), null);
    const work = store.attachTargets(1, text(`[${Array.from({ length: 6000 }, () => 1)}]`), {});
    for (let i = 0; i < 2; i++) expect(work.next().done).toBe(false);
    store.release(1);
    expect(() => finish(work)).toThrow('Batch 1 is not open');
    expect(kernel.memory.used).toBe(0);
  });
});
