import type { Node, ObjectNode } from './jsonNodes.ts';

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

/** A member of an object that plays a role, with its key as it is written. */
export interface RoleMember {
  readonly key: string;
  readonly node: Node;
}

/** How usual each name of a role is, 0 the most, whatever its case. */
const RANKS = Object.fromEntries(
  Object.entries(KEYS).map(([role, names]) => [role, ranksOf(names)]),
) as Readonly<Record<Role, ReadonlyMap<string, number>>>;
const ROLES = Object.keys(KEYS) as readonly Role[];
const LONGEST_NAME = Math.max(...Object.values(KEYS).flatMap((names) => names.map(({ length }) => length)));

function ranksOf(names: readonly string[]): ReadonlyMap<string, number> {
  // Names that differ in their case only are as usual as the first of them.
  return new Map(names.map((name, rank) => [name.toLowerCase(), rank] as const).reverse());
}

function rankOf(key: string, role: Role): number | undefined {
  return key.length > LONGEST_NAME ? undefined : RANKS[role].get(key.toLowerCase());
}

/** True for the key of what is looked for in an object. */
export function hasRole(key: string): boolean {
  return ROLES.some((role) => rankOf(key, role) !== undefined);
}

/** True for a key that logits go by, whatever its case. */
export function holdsLogits(key: string): boolean {
  return rankOf(key, 'logits') !== undefined;
}

/** True for a key that targets go by, whatever its case. */
export function holdsTargets(key: string): boolean {
  return rankOf(key, 'targets') !== undefined;
}

/** The member that plays a role, by its key, whatever its case; null counts as absent. */
export function memberFor({ members }: ObjectNode, role: Role): RoleMember | undefined {
  let likeliest: RoleMember | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [key, node] of members) {
    const rank = rankOf(key, role);
    const absent = node.type === 'word' && (node.value === 'null' || node.value === 'None');
    if (rank === undefined || rank >= least || absent) continue;
    likeliest = { key, node };
    least = rank;
  }
  return likeliest;
}
