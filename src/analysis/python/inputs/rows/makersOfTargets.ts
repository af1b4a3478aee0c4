import { remembered } from '../../../common/remembered.ts';
import { callsIn } from '../../names/moduleIndex.ts';
import { visible } from '../../names/visibleBindings.ts';
import type { CallSite, PyModule } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, memberOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** Names and methods between a loss and the call that makes its targets. */
const MOST_STEPS = 8;
/** Methods that leave rows as they are. */
const KEEPS = /^(?:float|double|half|to|cpu|cuda|type|type_as|contiguous|clone|detach|astype)$/;

/** The call that makes what a loss gets as targets: as it's written there, or by the one value of a name. */
export function makerOf({ node: given, scope }: Expression, steps = MOST_STEPS): CallSite | undefined {
  if (steps === 0) return undefined;
  const node = unwrapped(given);
  const { module } = scope;
  if (node.name === 'VariableName') {
    const name = textOf(node, module.text);
    if (changedInPlace(module).has(name)) return undefined;
    const [only, ...others] = visible(name, scope, node.from)?.bindings ?? [];
    return only?.kind === 'value' && others.length === 0 && only.scope.module === module
      ? makerOf({ node: only.value, scope: only.scope }, steps - 1)
      : undefined;
  }
  if (node.name !== 'CallExpression') return undefined;
  const callee = calleeOf(node);
  const isKept = callee?.name === 'MemberExpression' && KEEPS.test(memberOf(callee, module.text) ?? '');
  if (isKept) return makerOf({ node: callee.firstChild!, scope }, steps - 1);
  for (const call of callsIn(module, node)) if (call.node.to === node.to) return call;
  return undefined;
}

/** Names of tensors that get other numbers: `q[0] = 1`, `q.mul_(0.5)`. */
const changedInPlace = remembered(({ entrySets, calls, text }: PyModule): ReadonlySet<string> => {
  const methods = calls.flatMap(({ node, name }) => {
    const callee = name.endsWith('_') ? calleeOf(node) : null;
    return callee?.name === 'MemberExpression' ? (dottedOf(callee.firstChild, text) ?? []) : [];
  });
  return new Set([...methods, ...entrySets.map(({ object }) => object)]);
});
