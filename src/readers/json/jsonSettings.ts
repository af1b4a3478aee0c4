import { LOSS_REDUCTIONS, type Reduction } from '../../loss/lossSpec.ts';
import { isInt32 } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { type ExpectedSetting, excerptOf } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import type { ObjectNode } from './jsonNodes.ts';
import { memberFor, type Role, type RoleMember } from './memberRoles.ts';

/** How many names are read between two yields. */
const NAMES = 1 << 10;

/** What an object says beside its logits and targets; null where it says nothing. */
export interface Settings {
  readonly classNames: readonly string[] | null;
  readonly classCount: number | null;
  readonly weight: Float64Array | null;
  readonly ignoreIndex: number | null;
  readonly labelSmoothing: number | null;
  readonly reduction: Reduction | null;
  /** Throws Unreadable if something isn't for this many classes. */
  check(classes: number): void;
}

/** Throws Unreadable for a setting that isn't what its name says. */
export function* readSettings(object: ObjectNode | undefined, offset: number): Work<Settings> {
  const member = (role: Role) => object && memberFor(object, role);
  const classNames = yield* readNames(member('classNames'));
  const classCount = numberIn(member('classCount'), 'whole-number', (n) => Number.isInteger(n) && n > 0);
  const weight = weightIn(member('weight'));
  const offsetOf = (role: Role) => member(role)?.node.start ?? offset;
  return {
    classNames,
    classCount,
    weight,
    ignoreIndex: numberIn(member('ignoreIndex'), 'int32', isInt32),
    labelSmoothing: numberIn(member('labelSmoothing'), 'zero-to-one', (a) => a >= 0 && a <= 1),
    reduction: reductionIn(member('reduction')),
    check(expected) {
      const wrong = (found: number | undefined) => found !== undefined && found !== expected;
      if (wrong(classNames?.length)) {
        throw new Unreadable({
          reason: 'class-names',
          offset: offsetOf('classNames'),
          found: classNames!.length,
          expected,
        });
      }
      if (wrong(classCount ?? undefined)) {
        throw new Unreadable({
          reason: 'class-count',
          offset: offsetOf('classCount'),
          found: classCount!,
          expected,
        });
      }
      if (wrong(weight?.length)) {
        throw new Unreadable({
          reason: 'weight-length',
          offset: offsetOf('weight'),
          found: weight!.length,
          expected,
        });
      }
    },
  };
}

/** Names, or undefined-as-null if the key means something else here (`"names"` of files, say). */
function* readNames(member: RoleMember | undefined): Work<readonly string[] | null> {
  const node = member?.node;
  if (node?.type === 'names') return node.values;
  if (node?.type !== 'list') return null;
  const names: string[] = [];
  for (let i = 0; i < node.length; i++) {
    if (i % NAMES === 0) yield i / node.length;
    const item = yield* node.readItem(i);
    if (item.type !== 'string') return null;
    names.push(item.value);
  }
  return names;
}

function weightIn(member: RoleMember | undefined): Float64Array | null {
  if (!member) return null;
  const { node } = member;
  if (node.type !== 'tensor' || node.shape.length !== 1) throw bad(member, 'weights');
  if (node.flaw) throw new Unreadable(node.flaw);
  const values = new Float64Array(node.values);
  if (!values.every((weight) => weight >= 0 && Number.isFinite(weight))) throw bad(member, 'weights');
  return values;
}

function numberIn(
  member: RoleMember | undefined,
  expected: ExpectedSetting,
  fits: (value: number) => boolean,
): number | null {
  if (!member) return null;
  if (member.node.type !== 'number' || !fits(member.node.value)) throw bad(member, expected);
  return member.node.value;
}

function reductionIn(member: RoleMember | undefined): Reduction | null {
  if (!member) return null;
  const { node } = member;
  const reduction = node.type === 'string' ? LOSS_REDUCTIONS.find((name) => name === node.value) : undefined;
  if (!reduction) throw bad(member, 'reduction');
  return reduction;
}

function bad({ key, node }: RoleMember, expected: ExpectedSetting): Unreadable {
  const found =
    'value' in node ? excerptOf(JSON.stringify(node.value)) : node.type === 'tensor' ? '[…]' : '{…}';
  return new Unreadable({ reason: 'bad-setting', offset: node.start, key, found, expected });
}
