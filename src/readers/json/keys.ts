import type { Node, ObjectNode } from './node.ts';

/** The names things go by, the usual one first. */
const KEYS = {
  logits: ['logits', 'predictions', 'scores', 'output', 'outputs'],
  targets: ['targets', 'target', 'labels', 'label', 'label_ids', 'y', 'y_true'],
  classNames: ['class_names', 'classes', 'classNames', 'target_names', 'label_names', 'names'],
  weight: ['weight', 'weights', 'class_weight', 'class_weights'],
  ignoreIndex: ['ignore_index', 'ignoreIndex'],
  labelSmoothing: ['label_smoothing', 'labelSmoothing', 'alpha', 'smoothing', 'epsilon'],
  classCount: ['num_classes', 'numClasses', 'n_classes'],
  reduction: ['reduction'],
} as const;

export type Role = keyof typeof KEYS;

export interface Member {
  readonly key: string;
  readonly node: Node;
}

export function holdsLogits(key: string): boolean {
  return KEYS.logits.some((name) => name === key.toLowerCase());
}

export function holdsTargets(key: string): boolean {
  return KEYS.targets.some((name) => name === key.toLowerCase());
}

/** The member that plays a role, by its key, whatever its case; null counts as absent. */
export function memberFor({ members }: ObjectNode, role: Role): Member | undefined {
  for (const name of KEYS[role]) {
    for (const [key, node] of members) {
      const absent = node.type === 'word' && (node.value === 'null' || node.value === 'None');
      if (!absent && key.toLowerCase() === name.toLowerCase()) return { key, node };
    }
  }
  return undefined;
}
