import type { Work } from '../../loss/work.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { type AllocateLogits, growableDoubles } from '../text/growable.ts';
import { jsonFactsOf, named } from './jsonFacts.ts';
import type { ListNode, Node, ObjectNode, TensorNode } from './jsonNodes.ts';
import { withGroups } from './memberGroups.ts';
import { frameRecords } from './records/frameOrients.ts';
import { recordArrays } from './records/recordArrays.ts';
import { asScores } from './served/namedLargest.ts';
import { rowAlone } from './served/namedRows.ts';
import { namedRow, servedArrays } from './served/servedShapes.ts';

/** How far objects are looked into. */
const MOST_LEVELS = 5;
/** More texts than this are no names of classes, nor targets. */
const MOST_TEXTS = 1 << 20;

/** The arrays of a JSON document, with the keys that each is below. */
export function* jsonArrays(document: Node, room: AllocateLogits): Work<readonly NamedArray[]> {
  const arrays: NamedArray[] = [];
  yield* collect(document, [], arrays, room);
  return withGroups(arrays.map((array) => asScores(array, arrays)));
}

function* collect(
  node: Node,
  keys: readonly string[],
  arrays: NamedArray[],
  room: AllocateLogits,
): Work<void> {
  const served = yield* servedArrays(node, keys);
  if (served) {
    for (const array of served) arrays.push(array);
    return;
  }
  const isAlone = keys.length === 0 && node.type === 'object';
  const row = isAlone ? rowAlone(node) : yield* namedRow(node, keys.at(-1) ?? '');
  if (row) {
    const { names, values, areSaid } = row;
    const content = { kind: 'numbers', values } as const;
    const type = areSaid ? 'float' : null;
    arrays.push({ ...named(keys), ...jsonFactsOf(node), type, shape: [values.length], content, names });
    return;
  }
  if (node.type === 'object') {
    const records = yield* frameRecords(node);
    if (records && records.length > 0) {
      for (const array of yield* recordArrays(records, keys, room)) arrays.push(array);
      return;
    }
    const column = keys.length > 0 ? indexedColumn(node, keys) : undefined;
    if (column) arrays.push(column);
    if (column || keys.length >= MOST_LEVELS) return;
    for (const [key, member] of node.members) yield* collect(member, [...keys, key], arrays, room);
    return;
  }
  if (node.type === 'list' && isMeasuredPart(node.first)) {
    // Each part of a batch that was measured in several places has its own settings.
    for (let part = 0; part < node.length; part++) {
      yield part / node.length;
      yield* collect(yield* node.readItem(part), [...keys, `${part}`], arrays, room);
    }
    return;
  }
  if (node.type === 'list' && node.first?.type === 'object') {
    for (const array of yield* recordArrays(node, keys, room)) arrays.push(array);
    return;
  }
  const array = yield* arrayOf(node, keys);
  if (array) arrays.push(array);
}

/** True for an object with row statistics, or sums (docs/scale.md). */
function isMeasuredPart(node: Node | undefined): boolean {
  return node?.type === 'object' && MEASURED_KEYS.some((key) => node.members.has(key));
}

/** `{"0": 1, "1": 0}`: a column by the numbers of its rows, as pandas writes it. A map of indices to names is another thing. */
function indexedColumn(node: ObjectNode, keys: readonly string[]): NamedArray | undefined {
  if (node.members.size === 0 || /\d/.test(keys.at(-1)!)) return undefined;
  const values: (number | string)[] = [];
  for (const [key, member] of node.members) {
    const isValue = member.type === 'number' || member.type === 'string';
    if (
      key !== String(values.length) ||
      !isValue ||
      typeof member.value !== typeof (values[0] ?? member.value)
    )
      return undefined;
    values.push(member.value);
  }
  if (typeof values[0] === 'string') return textsArray(node, keys, values.map(String), new Float64Array(0));
  const content = { kind: 'numbers', values: Float64Array.from(values, Number) } as const;
  return { ...named(keys), ...jsonFactsOf(node), shape: [values.length], content };
}

function* arrayOf(node: Node, keys: readonly string[]): Work<NamedArray | undefined> {
  switch (node.type) {
    case 'tensor':
      return tensorArray(node, keys);
    case 'names':
      return textsArray(node, keys, node.values, new Float64Array(0));
    case 'list':
      return yield* listArray(node, keys);
    case 'number': {
      const content = { kind: 'numbers', values: Float64Array.of(node.value) } as const;
      return { ...named(keys), ...jsonFactsOf(node), shape: [], content };
    }
    case 'string':
    case 'word': {
      if (node.value === 'null' || node.value === 'None') return undefined;
      const content = { kind: 'texts', values: [node.value] } as const;
      const type = node.type === 'word' ? 'bool' : 'text';
      return { ...named(keys), ...jsonFactsOf(node), type, shape: [], content };
    }
    default:
      return undefined;
  }
}

/** A tensor by the keys that it's below. */
function tensorArray(node: TensorNode, keys: readonly string[]): NamedArray {
  const { shape, values, spans, decimals, flaw, areTruths } = node;
  return {
    ...named(keys),
    ...jsonFactsOf(node),
    ...(areTruths && { type: 'bool' }),
    shape,
    spans,
    decimals,
    content: flaw ? { kind: 'flawed', problem: flaw } : { kind: 'numbers', values },
  };
}

/** A list of texts; of texts and numbers, as texts. Lists of anything else are no arrays. */
function* listArray(node: ListNode, keys: readonly string[]): Work<NamedArray | undefined> {
  if (node.length > MOST_TEXTS) return undefined;
  const texts: string[] = [];
  const spans = growableDoubles(() => texts.length / node.length);
  for (let i = 0; i < node.length; i++) {
    if (i % 1024 === 0) yield i / node.length;
    const item = yield* node.readItem(i);
    if (item.type !== 'string' && item.type !== 'number') {
      if (item.type !== 'word') return undefined;
      const problem = { reason: 'target-missing', offset: item.start, row: i } as const;
      return {
        ...named(keys),
        ...jsonFactsOf(node),
        type: 'text',
        shape: [node.length],
        content: { kind: 'flawed', problem },
      };
    }
    texts.push(String(item.value));
    spans.push(item.start);
    spans.push(item.end);
  }
  return textsArray(node, keys, texts, spans.toArray());
}

function textsArray(
  node: Node,
  keys: readonly string[],
  values: readonly string[],
  spans: Float64Array,
): NamedArray {
  const content = { kind: 'texts', values } as const;
  return { ...named(keys), ...jsonFactsOf(node), type: 'text', shape: [values.length], spans, content };
}

const MEASURED_KEYS = ['row_statistics', 'loss_sums'];
