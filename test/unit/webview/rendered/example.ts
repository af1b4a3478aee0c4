import type { ConfigSnapshot } from '../../../../src/protocol/panelSnapshot.ts';

/**
 * Six rows of five classes; float32 has each logit exactly. Row 0 is of class 2: at α = 0.1 its target is
 * [0.02, 0.02, 0.92, 0.02, 0.02].
 */
export const EXAMPLE = {
  logits: [
    [0.5, -1.25, 3.125, 0.25, -0.375],
    [2.25, 0.125, -0.25, 0.5, 1.125],
    [-0.5, 1.875, 0.25, 2.25, 0],
    [0.125, 0.25, -1.125, 4.5, -2],
    [1.375, 0.25, 0.625, -0.25, 1.25],
    [-1, 5.5, 0.375, 0.875, -0.625],
  ],
  targets: [2, 0, 1, 3, 4, 1],
  labelSmoothing: 0.1,
};

/** Another model's logits for the same rows; its largest one is elsewhere in rows 2 and 4. */
export const TEACHER = {
  logits: [
    [1, -2, 6, 0.5, -1],
    [5, 0.5, 0, 1, 2],
    [-1, 4, 0, 3, 0.5],
    [0, 0.5, -2, 8, -3],
    [1.5, 0.25, 0.5, 0, 4],
    [-2, 9, 1, 1.5, 0],
  ],
};

/** At α = 0.1 a weight as large as class 4's takes the target of no other class. */
export const WEIGHT = [1, 2, 0.5, 1, 4];

export const IN_CODE: ConfigSnapshot = {
  name: 'nn.CrossEntropyLoss',
  framework: 'PyTorch',
  source: { name: 'train.py', uri: 'file:///train.py', line: 11, character: 4 },
  convention: 'UNIFORM_K',
  conventionWords: 'true class 1 − α + α/K, each other α/K',
  form: 'ce',
  labelSmoothing: 0.1,
  classes: 5,
  notes: [],
};
