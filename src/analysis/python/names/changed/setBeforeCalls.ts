import { countBefore } from '../../../common/countBefore.ts';
import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import type { Expression } from '../../values/expression.ts';
import { type Visible, visible } from '../visibleBindings.ts';
import { mayRunBetween } from './callersOf.ts';
import { firstNameOf } from './memberChanges.ts';

/** What a function that uses an attribute or entry may find besides what is set last. */
interface SetBefore {
  readonly bindings: readonly Binding[];
  /** Or what the object was made with. */
  readonly isUnset: boolean;
}

const NONE: SetBefore = { bindings: [], isUnset: false };

/** Sets of one member that are looked at. */
const MOST = 16;

/** `cfg["eps"] = 0.1; train(); cfg["eps"] = 0; train()`: the function was called before the last of them, or may have been. */
export function setBeforeCalls(
  dotted: string,
  { scope: setIn, bindings: seen }: Visible,
  { scope }: Expression,
): SetBefore {
  const user = functionWithin(setIn, scope);
  const all = user && setIn.bindings.get(dotted);
  if (!user || !all || seen.length === 0) return NONE;
  const runs = (from: number, to: number) =>
    from < to && (user.name === '' || mayRunBetween(user, Math.max(from, user.span.to), to));
  let next = Math.min(...seen.map(({ at }) => at));
  const end = countBefore(all, next, ({ at }) => at);
  if (end > MOST) return { bindings: [{ ...all[0]!, kind: 'unknown' }], isUnset: false };
  const earlier = all.slice(0, end);
  const bindings: Binding[] = [];
  for (const each of earlier.toReversed()) {
    if (runs(each.at, next)) bindings.push(each);
    if (!each.conditional) next = each.at;
  }
  const made = visible(firstNameOf(dotted), setIn, next)?.bindings.map(({ at }) => at) ?? [];
  return { bindings, isUnset: runs(Math.max(0, ...made), next) };
}

/** The outermost function in a scope that another scope is in, or is. */
export function functionWithin(outer: Scope, scope: Scope): Scope | undefined {
  let found: Scope | undefined;
  for (let each: Scope | null = scope; each && each !== outer; each = each.parent) {
    if (each.kind === 'function') found = each;
    if (!each.parent) return undefined;
  }
  return found;
}
