import type { Work } from '../../loss/work.ts';
import { SLICE } from '../../loss/work.ts';
import type { Room } from '../growable.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { Unreadable } from './cursor.ts';
import { memberFor } from './keys.ts';
import type { ListNode, Node, TensorNode } from './node.ts';

/** Records put together: their logits as (N, K), their targets as a list. */
export interface Records {
  readonly logits: TensorNode;
  readonly targets: ListNode | undefined;
  readonly keys: LogitsBatch['keys'];
}

/** Reads `[{"logits": [1, 2], "label": 0}, …]`. Throws Unreadable if a record doesn't fit the others. */
export function* recordsWork(list: ListNode, room: Room): Work<Records> {
  const first = list.items[0];
  const firstLogits = first?.type === 'object' ? memberFor(first, 'logits') : undefined;
  if (first?.type !== 'object' || !firstLogits) {
    const keys = first?.type === 'object' ? [...first.members.keys()] : [];
    throw new Unreadable({ reason: 'no-logits', offset: first?.start ?? list.start, keys });
  }
  const classes = rowOfRecord(firstLogits.node).shape[0]!;
  const values = room(list.items.length * classes);
  const spans = new Float64Array(2 * list.items.length);
  let decimals = 0;
  for (const [row, record] of list.items.entries()) {
    if ((row * classes) % SLICE < classes) yield 1;
    const logits = logitsOf(record);
    if (logits.shape[0] !== classes) {
      const found = logits.shape[0]!;
      throw new Unreadable({ reason: 'ragged', offset: logits.start, row, found, expected: classes });
    }
    values.set(logits.values, row * classes);
    decimals = Math.max(decimals, logits.decimals);
    spans.set([record.start, record.end], 2 * row);
  }
  const { start, end } = list;
  const { targets, key } = targetsOfRecords(list);
  const shape = [list.items.length, classes];
  return {
    logits: { type: 'tensor', start, end, values, shape, decimals, spans, flaw: undefined },
    targets,
    keys: { logits: firstLogits.key, targets: key },
  };
}

function logitsOf(record: Node): TensorNode {
  const logits = record.type === 'object' ? memberFor(record, 'logits') : undefined;
  if (logits) return rowOfRecord(logits.node);
  const keys = record.type === 'object' ? [...record.members.keys()] : [];
  throw new Unreadable({ reason: 'no-logits', offset: record.start, keys });
}

/** The logits of a record: a row, which may be in a list of its own. */
function rowOfRecord(node: Node): TensorNode {
  if (node.type !== 'tensor')
    throw new Unreadable({ reason: 'not-a-number', offset: node.start, found: node.type });
  if (node.flaw) throw new Unreadable(node.flaw);
  const { shape } = node;
  if (shape.length === 1) return node;
  if (shape.length === 2 && shape[0] === 1) return { ...node, shape: [shape[1]!] };
  throw new Unreadable({ reason: 'mixed-depth', offset: node.start, row: 0 });
}

/** All records have a target, or none has. Throws Unreadable if some do. */
export function targetsOfRecords(list: ListNode): {
  readonly targets: ListNode | undefined;
  readonly key: string | null;
} {
  const targets = list.items.map((record) =>
    record.type === 'object' ? memberFor(record, 'targets') : undefined,
  );
  const key = targets[0]?.key ?? null;
  const missing = targets.indexOf(undefined);
  if (missing === -1) return { targets: { ...list, items: targets.map((target) => target!.node) }, key };
  if (targets.every((target) => target === undefined)) return { targets: undefined, key: null };
  throw new Unreadable({ reason: 'target-missing', offset: list.items[missing]!.start, row: missing });
}
