import { visible } from '../../names/visibleBindings.ts';
import { childrenOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** Expressions around one that are looked at. */
const MOST_STEPS = 12;

/** One of several things in turn: a name of a comprehension, or of a loop. */
export function isOneOfMany(name: string, node: Expression['node'], scope: Expression['scope']): boolean {
  const bindings = visible(name, scope, node.from)?.bindings;
  if (bindings) return bindings.some(({ kind }) => kind === 'unknown');
  const { text: code } = scope.module;
  for (let [each, steps] = [node.parent, 0]; each && steps < MOST_STEPS; each = each.parent, steps++) {
    if (!LOOPS.test(each.name)) continue;
    for (let [child, i] = [each.firstChild, 0]; child && i < MOST_PARTS; child = child.nextSibling, i++)
      if (child.name === 'for' && isBoundBehind(child, name, code)) return true;
  }
  return false;
}

/** What a `for` may be in; a generator is written into the arguments of a call, too. Others, as whole files, have any number of parts. */
const LOOPS = /Comprehension|^(?:ForStatement|ArgList)$/;
const MOST_PARTS = 64;

/** One of the names between `for` and `in`. */
function isBoundBehind(first: Expression['node'], name: string, code: string): boolean {
  for (let each = first.nextSibling; each && each.name !== 'in'; each = each.nextSibling)
    if (
      [each, ...childrenOf(each)].some(
        (child) => child.name === 'VariableName' && textOf(child, code) === name,
      )
    )
      return true;
  return false;
}
