/** The pages of docs/learn, by the names of their files, in the order they're offered. */
export const LEARN_PAGES = [
  'label-smoothing',
  'implementations',
  'typical-values',
  'cross-entropy',
  'softmax-and-temperature',
  'calibration',
  'dropout-and-weight-decay',
  'mixup',
  'distillation',
] as const;

export type LearnPage = (typeof LEARN_PAGES)[number];
