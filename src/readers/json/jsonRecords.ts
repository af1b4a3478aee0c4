import { SLICE, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, type Growable, growableDoubles } from '../text/growable.ts';
import type { ListNode, Node, TensorNode } from './jsonNodes.ts';
import { memberFor, type RoleMember } from './memberRoles.ts';

/** Records put together: their logits as (N, K), their targets as a list. */
export interface Records {
  readonly logits: TensorNode;
  readonly targets: ListNode | undefined;
  readonly keys: LogitsBatch['keys'];
}

/** Reads `[{"logits": [1, 2], "label": 0}, …]`. Throws Unreadable if a record doesn't fit the others. */
export function* readRecords(list: ListNode, room: AllocateLogits): Work<Records> {
  const { first, length, start, end } = list;
  const firstLogits = first?.type === 'object' ? memberFor(first, 'logits') : undefined;
  if (first?.type !== 'object' || !firstLogits) {
    const keys = first?.type === 'object' ? [...first.members.keys()] : [];
    throw new Unreadable({ reason: 'no-logits', offset: first?.start ?? start, keys });
  }
  const classes = rowOfRecord(firstLogits.node).shape[0]!;
  const values = room(length * classes);
  const spans = new Float64Array(2 * length);
  const targets = new RecordTargets(list);
  let decimals = 0;
  let nextYield = start;
  for (let row = 0; row < length; row++) {
    const record = yield* list.readItem(row);
    const logits = logitsOf(record);
    if (logits.shape[0] !== classes) {
      const found = logits.shape[0]!;
      throw new Unreadable({ reason: 'ragged', offset: logits.start, row, found, expected: classes });
    }
    values.set(logits.values, row * classes);
    decimals = Math.max(decimals, logits.decimals);
    spans[2 * row] = record.start;
    spans[2 * row + 1] = record.end;
    targets.take(record);
    if (record.end < nextYield) continue;
    yield row / length;
    nextYield = record.end + SLICE;
  }
  const shape = [length, classes];
  const allTargets = targets.all();
  return {
    logits: { type: 'tensor', start, end, values, shape, decimals, spans, flaw: undefined },
    targets: allTargets.targets,
    keys: { logits: firstLogits.key, targets: allTargets.key },
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

/** The targets of records, by where they are. */
class RecordTargets {
  readonly #list: ListNode;
  readonly #starts: Growable<Float64Array>;
  #first: RoleMember | undefined;
  #row = 0;
  #missing: { readonly offset: number; readonly row: number } | undefined;

  constructor(list: ListNode) {
    this.#list = list;
    this.#starts = growableDoubles(() => this.#row / list.length);
  }

  take(record: Node): void {
    const target = record.type === 'object' ? memberFor(record, 'targets') : undefined;
    if (target) {
      this.#first ??= target;
      this.#starts.push(target.node.start);
    } else this.#missing ??= { offset: record.start, row: this.#row };
    this.#row++;
  }

  /** All records have a target, or none has. Throws Unreadable if some do. */
  all(): { readonly targets: ListNode | undefined; readonly key: string | null } {
    if (!this.#first) return { targets: undefined, key: null };
    if (this.#missing) throw new Unreadable({ reason: 'target-missing', ...this.#missing });
    const { key, node } = this.#first;
    return { targets: this.#list.listAt(this.#starts.toArray(), node), key };
  }
}

/** The targets of records without logits. Throws Unreadable if some have none. */
export function* readRecordTargets(list: ListNode): Work<ReturnType<RecordTargets['all']>> {
  const targets = new RecordTargets(list);
  let nextYield = list.start;
  for (let row = 0; row < list.length; row++) {
    const record = yield* list.readItem(row);
    targets.take(record);
    if (record.end < nextYield) continue;
    yield row / list.length;
    nextYield = record.end + SLICE;
  }
  return targets.all();
}
