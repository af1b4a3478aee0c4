import type { Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { excerptOf } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import type { AllocateLogits } from '../text/growable.ts';
import { chooseClassAxis } from './classAxis.ts';
import { targetsOfNode } from './fitTargets.ts';
import type { Node, ObjectNode, TensorNode } from './jsonNodes.ts';
import { type Records, readRecords } from './jsonRecords.ts';
import { readSettings } from './jsonSettings.ts';
import { memberFor } from './memberRoles.ts';
import { kindOfValues } from './probabilityKind.ts';

/** What a document turned out to hold. */
interface Found {
  /** The object with the settings, if there is one. */
  readonly object: ObjectNode | undefined;
  readonly logits: TensorNode;
  readonly targets: Node | undefined;
  readonly keys: LogitsBatch['keys'];
}

/** Makes a batch of what was read. Throws Unreadable for what can't be understood. */
export function* batchOfDocument(
  document: Node,
  chosenAxis: number | undefined,
  room: AllocateLogits,
): Work<LogitsBatch> {
  const { object, logits, targets: targetsNode, keys } = yield* findLogits(document, room);
  if (logits.flaw) throw new Unreadable(logits.flaw);
  const { shape, values, spans, decimals } = logits;
  const offset = logits.start;
  const settings = yield* readSettings(object, offset);
  const { classAxis, classAxisFrom } = chooseClassAxis(shape, chosenAxis, settings, targetsNode, offset);
  const classes = shape[classAxis] ?? 0;
  if (classes === 0 || values.length === 0) throw new Unreadable({ reason: 'no-classes', offset });
  if (classes === 1) throw new Unreadable({ reason: 'one-class', offset });
  settings.check(classes);
  const { classNames, weight, ignoreIndex, labelSmoothing, reduction } = settings;
  return {
    values: values instanceof Float32Array ? values : Float32Array.from(values),
    shape,
    classAxis,
    classAxisFrom,
    kind: yield* kindOfValues(values, shape, classAxis, decimals),
    targets: targetsNode
      ? yield* targetsOfNode(targetsNode, { shape, classAxis, classNames, ignoreIndex })
      : null,
    classNames,
    keys,
    declared: { labelSmoothing, weight, ignoreIndex, reduction },
    decimals,
    rounding: 0,
    spans,
    start: document.start,
    end: document.end,
  };
}

function* findLogits(document: Node, room: AllocateLogits): Work<Found> {
  if (document.type === 'tensor') {
    return { object: undefined, logits: document, targets: undefined, keys: { logits: null, targets: null } };
  }
  if (document.type === 'list') return found(yield* readRecords(document, room));
  if (document.type !== 'object')
    throw new Unreadable({ reason: 'no-logits', offset: document.start, keys: [] });
  return yield* findInObject(document, room);
}

function found({ logits, targets, keys }: Records): Found {
  return { object: undefined, logits, targets, keys };
}

/** Logits are a member, or in the one member that is an object, or a list of records, with logits in it. */
function* findInObject(object: ObjectNode, room: AllocateLogits): Work<Found> {
  const logits = memberFor(object, 'logits');
  if (logits) {
    if (logits.node.type !== 'tensor') throw new Unreadable(notATensor(logits.node));
    const targets = memberFor(object, 'targets');
    return {
      object,
      logits: logits.node,
      targets: targets?.node,
      keys: { logits: logits.key, targets: targets?.key ?? null },
    };
  }
  const inner = [...object.members.values()].filter(hasLogits);
  const [only] = inner;
  if (inner.length === 1 && only?.type === 'object') return yield* findInObject(only, room);
  // The object around records may name their classes.
  if (inner.length === 1 && only?.type === 'list')
    return { ...found(yield* readRecords(only, room)), object };
  throw new Unreadable({ reason: 'no-logits', offset: object.start, keys: [...object.members.keys()] });
}

function hasLogits(node: Node): boolean {
  if (node.type === 'object') return memberFor(node, 'logits') !== undefined;
  return node.type === 'list' && node.first !== undefined && hasLogits(node.first);
}

function notATensor(node: Exclude<Node, TensorNode>) {
  if (node.type === 'object' || node.type === 'list' || node.type === 'names') {
    return {
      reason: 'not-a-number',
      offset: node.start,
      found: node.type === 'object' ? '{…}' : '["…"]',
    } as const;
  }
  return {
    reason: 'not-a-number',
    offset: node.start,
    found: excerptOf(JSON.stringify(node.value)),
  } as const;
}
