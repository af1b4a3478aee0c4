import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import { type PyModule, type Scope, scopeAt, statementAt } from '../../syntax/pythonScopes.ts';
import { dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import { indexedBy } from '../hidden/hiddenSetCalls.ts';
import { allHiddenSets } from '../hidden/hiddenSets.ts';

/** An attribute that is set. */
export interface AttributeSet {
  /** `criterion.label_smoothing` */
  readonly name: string;
  /** Empty for what has no name. */
  readonly object: string;
  readonly at: number;
  readonly scope: Scope;
  /** Of an element of what goes by that name. */
  readonly isOfElement?: boolean;
}

/** `(a if fast else b).label_smoothing =`, `losses[0].inner.label_smoothing =` */
const UNNAMED = /[\])]\.(?:\w{1,80}\.)?(\w{1,80})\s{0,9}[-+*/]?=(?!=)/g;
/** `losses[0].label_smoothing`, where it may be set. */
const ELEMENT = /\]\.(\w{1,80})\s{0,9}(?:[-+*/%@&|^<>]{0,3}=(?!=)|[,:)\]])/g;
const LONGEST_SHOWN = 80;

/** All that a module sets, by the attribute, in the order of the source. */
export const setsOfAttributes = remembered(
  (module: PyModule): ReadonlyMap<string, readonly AttributeSet[]> => {
    const all: (AttributeSet & { readonly attribute: string })[] = [];
    const add = (name: string, shown: string, at: number, scope: Scope, isOfElement = false) => {
      const dot = name.lastIndexOf('.');
      all.push({
        attribute: name.slice(dot + 1),
        object: name.slice(0, Math.max(0, dot)),
        name: shown,
        at,
        scope,
        isOfElement,
      });
    };
    for (const scope of module.scopes) {
      for (const [name, [first]] of scope.bindings)
        if (first && name.includes('.')) add(name, name, first.at, first.scope);
      for (const [name, [first]] of scope.attributes)
        if (first && name.includes('.')) add(`self.${name}`, `self.${name}`, first.at, first.scope);
    }
    const { text } = module;
    for (const { index, 1: attribute = '' } of text.matchAll(ELEMENT)) {
      const member = module.top.resolveInner(index + `].${attribute}`.length, -1).parent;
      const name = member?.firstChild && isSet(member) ? indexedBy(member.firstChild, text) : undefined;
      // By a name it's among the others.
      if (!member || name === undefined || dottedOf(member, text) !== undefined) continue;
      const shown = textOf(member, text).slice(0, LONGEST_SHOWN);
      add(`${name}.${attribute}`, shown, member.from, scopeAt(module, member.from), true);
    }
    for (const { index, 0: written, 1: attribute = '' } of text.matchAll(UNNAMED)) {
      const member = module.top.resolveInner(index + written.lastIndexOf(attribute) + 1, 1).parent;
      if (!member?.firstChild || !isSet(member) || dottedOf(member, text) !== undefined) continue;
      if (indexedBy(member.firstChild, text) !== undefined) continue;
      const shown = textOf(member, text).slice(0, LONGEST_SHOWN);
      add(attribute, shown, member.from, scopeAt(module, member.from));
    }
    for (const { object, keys, span, scope, isEntry } of [...allHiddenSets(module).values()].flat()) {
      if (isEntry) continue;
      const of = object?.replace('[]', '');
      for (const key of of === undefined ? [] : keys)
        add(`${of}.${key}`, `${of}.${key}`, span.from, scope, of !== object);
    }
    return groupedBy(
      all.sort((a, b) => a.at - b.at),
      ({ attribute }) => attribute,
    );
  },
);

/** It's a target of an assignment: `a[0].x, b = 1, 2`, `a[0].x += 1`. */
function isSet(member: SyntaxNode): boolean {
  if (member.name !== 'MemberExpression') return false;
  let target = member;
  while (target.parent && /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.parent.name))
    target = target.parent;
  const statement = target.parent;
  if (statement?.name === 'UpdateStatement') return statement.firstChild?.to === target.to;
  // An annotation alone sets nothing.
  const signs = statement?.name === 'AssignStatement' ? statement.getChildren('AssignOp') : [];
  return signs.some(({ from }) => from >= target.to);
}

/** Where a function sets an attribute of something. */
export function setIn(
  scope: Scope,
  attribute: string,
): { readonly span: SourceSpan; readonly scope: Scope } | undefined {
  const set = setsOfAttributes(scope.module)
    .get(attribute)
    ?.find((each) => each.scope === scope && !isConverted(each));
  return set && { span: statementAt(scope.module, set.at), scope };
}

const CONVERSION = /^float\( ?([\w.]{1,80}) ?\)$/;
const LONGEST_CONVERSION = 100;

/** `args.eps = float(args.eps)`: what it was. */
export function isConverted({ name, scope }: AttributeSet): boolean {
  const { text } = scope.module;
  const all = scope.bindings.get(name) ?? [];
  return (
    all.length > 0 &&
    all.every((each) => {
      if (each.kind !== 'value' || each.value.to - each.value.from > LONGEST_CONVERSION) return false;
      return CONVERSION.exec(textOf(each.value, text))?.[1] === name;
    })
  );
}
