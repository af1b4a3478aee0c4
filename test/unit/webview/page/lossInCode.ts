import type { ConfigSnapshot } from '../../../../src/protocol/panelSnapshot.ts';

/** The running example, as a line of code says it. */
export const LOSS_IN_CODE: ConfigSnapshot = {
  name: 'nn.CrossEntropyLoss',
  framework: 'PyTorch',
  source: { name: 'train.py', uri: 'file:///train.py', line: 4, character: 7 },
  convention: 'UNIFORM_K',
  conventionWords: 'α/K',
  form: 'ce',
  labelSmoothing: 0.1,
  classes: 5,
  notes: [],
};
