import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import { classOf, type PyModule, type Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Value } from '../../values/pythonValues.ts';
import { otherNamesOf } from '../aliases/aliases.ts';
import { callsIn } from '../moduleIndex.ts';
import { INIT } from '../visibleBindings.ts';
import type { HiddenSet } from './hiddenSet.ts';
import { hiddenSetsOn } from './hiddenSets.ts';

/** Sets in methods, of the object that they're of. */
export const selfSetsIn = remembered((of: Scope): readonly HiddenSet[] =>
  hiddenSetsOn('self', of.module).filter(({ scope }) => classOf(scope) === of),
);

/** The same in methods that have run, and in functions that these hand their object to. */
export function setsInObject(
  { of, given, isDefault: isOpen }: Extract<Value, { readonly kind: 'instance' }>,
  member: string,
  name: string,
  module: PyModule,
): readonly HiddenSet[] {
  const own = selfSetsIn(of).filter((each) => each.sets(member));
  const handed = otherNamesOf('self', of.module).filter(({ from }) => classOf(from) === of);
  if (own.length === 0 && handed.length === 0) return [];
  const starts = methodsCalledOn(module).get(name) ?? [];
  const runs = [null, ...starts].map(runBy(of));
  const hasRun = (method: string) => runs.some((methods) => methods?.has(method) !== false);
  return [
    ...own.filter(({ scope, span }) => {
      if (!hasRun(scope.name)) return false;
      // What its maker gave it is known, if the set is of that.
      const kept = scope.name === '__init__' ? scope.parameters.find(({ star }) => star === '**') : undefined;
      return !kept || isOpen || given.has(member) || !isMadeOf(kept.name, span, scope);
    }),
    ...handed.flatMap((other) =>
      hasRun(other.from.name)
        ? hiddenSetsOn(other.name, of.module).filter((each) => each.scope === other.scope)
        : [],
    ),
  ];
}

/** Methods that one runs, by way of others, are followed to so many. */
const MOST_METHODS = 64;

/** The methods that run where an object is made (null), or where one of them is called; null if they are too many. */
const runBy = remembered((of: Scope) => {
  const called = callsOfSelf(of);
  const known = new Map<string | null, ReadonlySet<string> | null>();
  return (start: string | null): ReadonlySet<string> | null => {
    let all = known.get(start);
    if (all !== undefined) return all;
    const names = new Set(start === null ? [...called.keys()].filter((each) => INIT.test(each)) : [start]);
    for (const name of names)
      if (names.size <= MOST_METHODS) for (const each of called.get(name) ?? []) names.add(each);
    all = names.size > MOST_METHODS ? null : names;
    known.set(start, all);
    return all;
  };
});

/** Methods that are called on one name are looked at, so many. */
const MOST_STARTS = 32;

/** The methods that a module calls on what has a name. */
const methodsCalledOn = remembered(({ calls, text }: PyModule): ReadonlyMap<string, readonly string[]> => {
  const methods = new Map<string, Set<string>>();
  for (const { node, name } of calls) {
    const callee = calleeOf(node);
    const object = callee?.name === 'MemberExpression' ? dottedOf(callee.firstChild, text) : undefined;
    if (object === undefined) continue;
    const all = methods.get(object) ?? new Set<string>();
    if (all.size < MOST_STARTS) methods.set(object, all.add(name));
  }
  return new Map([...methods].map(([object, names]) => [object, [...names]]));
});

/** By the methods of a class, which of them they call. */
const callsOfSelf = remembered((of: Scope): ReadonlyMap<string, ReadonlySet<string>> => {
  const called = new Map<string, Set<string>>();
  for (const [name, [first]] of of.bindings) if (first?.kind === 'definition') called.set(name, new Set());
  const { text } = of.module;
  for (const { name, scope, node } of callsIn(of.module, of.span))
    if (called.has(name) && text.startsWith('self.', node.from)) called.get(scope.name)?.add(name);
  return called;
});

/** The statement of a function's body that a place is in names something: the loop over what is set. */
function isMadeOf(name: string, { from }: SourceSpan, { node: definition, module }: Scope): boolean {
  let node: SyntaxNode | null = module.top.resolveInner(from, 1);
  while (node?.parent?.parent && node.parent.parent.from !== definition?.from) node = node.parent;
  return node !== null && textOf(node, module.text).includes(name);
}
