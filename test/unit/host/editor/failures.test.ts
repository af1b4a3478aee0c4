import { expect, it, vi } from 'vitest';
import type { AnalysisContext } from '../../../../src/analysis/lossConfig.ts';
import { forEachConfig } from '../../../../src/host/editor/documents/eachConfig.ts';
import { analyzed } from '../../analysis/corpus.ts';
import { logged } from '../vscode.ts';

vi.mock('vscode', () => import('../vscode.ts'));

/** Fails where it is looked up which release of Keras there is, which one API needs. */
const BROKEN: AnalysisContext = {
  versions: {
    get keras(): string {
      throw new RangeError('no releases today');
    },
  },
};

it('a loss that analysis fails at leaves the others, and its line and reason', () => {
  const source = [
    'import keras',
    'from torch import nn',
    'a = nn.CrossEntropyLoss(label_smoothing=0.1)',
    'b = keras.losses.SparseCategoricalCrossentropy(label_smoothing=0.1)',
    'c = nn.CrossEntropyLoss(label_smoothing=0.2)',
  ].join('\n');
  const { configs, failures } = analyzed(source, 'python', BROKEN);
  expect(configs.map(({ line, alpha }) => [line, alpha.value])).toEqual([
    [2, 0.1],
    [4, 0.2],
  ]);
  expect(failures).toEqual([{ line: 3, reason: 'no releases today' }]);
});

it('what can’t be made of one configuration is made of the others, said in its place, and logged once', () => {
  const configs = [1, 2, 3].map((line) => ({ name: 'loss', line }));
  const make = ({ line }: { readonly line: number }) => {
    if (line === 2) throw new Error('broken');
    return [String(line)];
  };
  const lenses = () => forEachConfig(configs, make, ({ line }, reason) => [`${line}: ${reason}`]);
  expect(lenses()).toEqual(['1', '2: broken', '3']);
  expect(forEachConfig(configs, make)).toEqual(['1', '3']);
  lenses();
  expect(logged.filter((text) => text.startsWith('loss, line 3: Error: broken'))).toHaveLength(1);
});
