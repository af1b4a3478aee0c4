import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { CallSite, Scope } from '../../syntax/pythonScopes.ts';
import { childrenOf, dottedOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { returnsOf } from '../../wrapped/returned.ts';
import { onDevice } from '../lossUses.ts';
import { elementsGiven, elementsIn, type OneOf } from '../unpackedOutput.ts';

/** What the one `return` of a function gives, or the one that is wanted of what it gives at once. */
export function givenBack(by: Scope, element: OneOf | null): Expression | undefined {
  const given = allGivenBack(by);
  return given.length === (element?.count ?? 1) ? given[element?.index ?? 0] : undefined;
}

/** The things that the one `return` of a function gives: `return model, criterion`. None where a decorator may change that. */
export const allGivenBack = remembered((by: Scope): readonly Expression[] => {
  const [returned, ...others] = by.decorators.length > 0 ? [] : returnsOf(by);
  if (!returned || others.length > 0) return [];
  const nodes = elementsGiven(returned) ?? [returned];
  return nodes.some(({ name }) => name === '*') ? [] : nodes.map((node) => ({ node, scope: by }));
});

/** Where a name gets its value. */
export interface NamedPlace {
  readonly name: string;
  readonly at: number;
}

/** The name that a caller has for one of the things that a call gives: `criterion` of `net, criterion = build()`. */
export function nameOfGiven(call: CallSite, { index, count }: OneOf): NamedPlace | undefined {
  const { scope } = call;
  const targets = count === 1 ? targetsOf(onDevice(call.node, scope.module.text), false) : unpackedTo(call);
  const target = targets.length === count ? targets[index] : undefined;
  const name = target && dottedOf(target, scope.module.text);
  return name === undefined ? undefined : { name, at: target!.from };
}

const unpackedTo = remembered(({ node }: CallSite) => targetsOf(node, true));

/** What is assigned to; `isOpened`: of a tuple or a list its elements. */
function targetsOf(node: SyntaxNode, isOpened: boolean): readonly SyntaxNode[] {
  const statement = node.parent;
  if (statement?.name !== 'AssignStatement' || statement.lastChild?.from !== node.from) return [];
  const children = childrenOf(statement);
  const sign = children.findIndex(({ name }) => name === 'AssignOp');
  const written = children.slice(0, sign).filter(({ name }) => name !== ',' && name !== 'Comment');
  const [only, ...others] = written;
  return isOpened && only && others.length === 0 ? (elementsIn(only) ?? []) : written;
}
