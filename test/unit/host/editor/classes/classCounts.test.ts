import { expect, it, vi } from 'vitest';
import type { Memento, TextDocument } from 'vscode';
import { KnownClassCounts } from '../../../../../src/host/editor/classes/classCounts.ts';
import { analyzed } from '../../../analysis/corpus.ts';

vi.mock('vscode', () => import('../../vscode.ts'));

function mementoOf(kept: unknown): Memento {
  return { get: () => kept, update: async () => {}, keys: () => [] } as unknown as Memento;
}

function documentAt(path: string): TextDocument {
  return { uri: { scheme: 'file', path, toString: () => path } } as unknown as TextDocument;
}

const [UNKNOWN] = analyzed('nn.CrossEntropyLoss(label_smoothing=0.1)\n', 'python').configs;

it('a number of classes that was kept and can’t be one is dropped, and no other with it', () => {
  const files = { '/a.py': 10, '/b.py': 1e10, '/c.py': 'ten', '/d.py': 10.5, '/e.py': 0 };
  const counts = new KnownClassCounts(mementoOf({ workspace: 100, files }));
  const values = Object.keys(files).map((path) => counts.of(UNKNOWN!, documentAt(path))?.value);
  expect(values).toEqual([10, 100, 100, 100, 100]);
});

it('nor is one for the workspace', () => {
  const counts = new KnownClassCounts(mementoOf({ workspace: 2 ** 31, files: { '/a.py': 10 } }));
  expect(['/a.py', '/b.py'].map((path) => counts.of(UNKNOWN!, documentAt(path))?.value)).toEqual([
    10,
    undefined,
  ]);
});

it.each([undefined, null, 7, 'x', { files: 3 }, {}])('whatever is kept: %s', (kept) => {
  expect(new KnownClassCounts(mementoOf(kept)).of(UNKNOWN!, documentAt('/a.py'))).toBe(null);
});
