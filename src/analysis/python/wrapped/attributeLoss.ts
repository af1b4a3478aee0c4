import type { LossKind } from '../../../frameworks/frameworkApi.ts';
import type { RecognizedCall, Recognizing } from '../losses/recognized.ts';
import { basesOf } from '../names/classMembers.ts';
import { callsIn } from '../names/moduleIndex.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { isInBranch, wrappedKind } from './alphaUse.ts';

/** A loss whose α is an attribute of its class. */
export interface AttributeLoss {
  readonly call: RecognizedCall;
  /** The attribute's value: of the class itself, or of the nearest base that has one. */
  readonly alpha: Expression;
  readonly computes: LossKind | null;
}

/** Classes that are looked at, from one up through its bases. */
const MOST_CLASSES = 8;

const METHODS = ['forward', 'call', '__call__'];

/**
 * What a class computes whose `forward` gives `self.smoothing` to a known loss, with `smoothing = 0.1` in its body or in that of a
 * base. Null where a method sets the attribute, or the loss is one of several things the class may do. `codeOf`: without comments.
 */
export function attributeLoss(
  scope: Scope,
  resolver: Resolver,
  recognizer: Recognizing,
  codeOf: (scope: Scope) => string,
): AttributeLoss | null {
  const family = familyOf(scope, resolver);
  const owner = family.find(({ bindings }) => METHODS.some((name) => bindings.has(name)));
  if (!owner) return null;
  for (const site of callsIn(owner.module, owner.span)) {
    const call = recognizer.ofCall(site);
    const written = call?.alpha && textOf(call.alpha.expression.node, owner.module.text);
    const attribute = /^self\.(\w+)$/.exec(written ?? '')?.[1];
    if (!call || attribute === undefined) continue;
    if (family.some(({ attributes }) => attributes.has(attribute))) return null;
    const [only, ...others] =
      family.find(({ bindings }) => bindings.has(attribute))?.bindings.get(attribute) ?? [];
    if (only?.kind !== 'value' || others.length > 0 || isInBranch(site, owner, attribute)) return null;
    const computes = wrappedKind(owner, site, call.computes, codeOf(owner));
    return { call, alpha: { node: only.value, scope: only.scope }, computes };
  }
  return null;
}

/** The class and those of its bases whose sources are here, the nearest first. */
export function familyOf(scope: Scope, resolver: Resolver): readonly Scope[] {
  const family = [scope];
  for (let i = 0; i < family.length && family.length < MOST_CLASSES; i++)
    for (const base of basesOf(resolver, family[i]!))
      if (base.kind === 'definition' && !family.includes(base.scope)) family.push(base.scope);
  return family;
}
