import { memberNamed } from '../names/memberValues.ts';
import { visible } from '../names/visibleBindings.ts';
import { dottedOf, textOf } from '../syntax/syntaxNodes.ts';
import { commandLineValue } from './commandLineValues.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
import { agreed, asDefault, placeOf, UNKNOWN_VALUE, type Value, via } from './pythonValues.ts';

/** `getattr(x, 'name', default)`, `x.get('name', default)` */
export function askedMember(
  evaluator: Evaluator,
  object: Expression | undefined,
  name: Value,
  otherwise: Expression | undefined,
  use: Expression,
): Value {
  if (name.kind !== 'text' || !object) return UNKNOWN_VALUE;
  const member = memberNamed(evaluator, object, name.text, use);
  if (member.kind === 'unknown' && member.setBy) return member;
  if (member.kind !== 'unknown' && member.kind !== 'settings' && member.kind !== 'path')
    return otherwise && !isSure(object, name.text, use)
      ? agreed([member, evaluator.evaluate(otherwise)])
      : member;
  // What the command line's parser has a default for is always there.
  const { module } = object.scope;
  const option = commandLineValue(evaluator, module, name.text, textOf(object.node, module.text), use);
  if (option) return option;
  if (!otherwise) return member.kind === 'path' ? member : UNKNOWN_VALUE;
  const value = evaluator.evaluate(otherwise);
  return asDefault(via(value, 'parameter', name.text, placeOf(otherwise.scope.module, otherwise.node)));
}

/** It's there whatever runs, for all that is seen. */
function isSure({ node, scope }: Expression, name: string, use: Expression): boolean {
  const of = dottedOf(node, scope.module.text);
  return of === undefined || visible(`${of}.${name}`, use.scope, use.node.from)?.isSure !== false;
}
