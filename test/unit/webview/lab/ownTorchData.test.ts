import { expect, it } from 'vitest';
import { ownTorchData } from '../../../../src/webview/lab/results/ownTorchData.ts';

const own = {
  id: 1,
  features: 'X.npy',
  labels: 'y.npy',
  rows: 240,
  inputs: 4,
  classes: 3,
  leftOut: 0,
  sampledFrom: null,
  sweeps: [],
};

it('loads files that NumPy reads, whatever they’re called', () => {
  expect(ownTorchData(own).load).toBe('X, y = np.load("X.npy"), np.load("y.npy")\ny = y.astype(int)');
  expect(ownTorchData({ ...own, features: '"); boom("\n.npy' }).load).toContain(
    'np.load("\\"); boom(\\"\\n.npy")',
  );
});

it('says what has to be there where it can’t be loaded', () => {
  const { load } = ownTorchData({
    ...own,
    features: 'table.csv\nimport os',
    labels: 'label',
    sampledFrom: 900,
  });
  expect(load.split('\n')).toEqual([
    '# Features (rows, 4) of table.csv\\nimport os, and a class number for each row of label.',
    'X, y = features, labels',
    '# The lab used only some of these rows.',
    'y = y.astype(int)',
  ]);
});

it('leaves out what the lab has left out', () => {
  expect(ownTorchData({ ...own, leftOut: 1 }).load).toContain('X, y = X[kept], y[kept]');
});
