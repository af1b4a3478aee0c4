import type { Binding } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, memberOf } from '../syntax/syntaxNodes.ts';
import { visible } from './visibleBindings.ts';

/** Methods that give the model, loss or tensor that they're called on, perhaps elsewhere or in another precision. */
const MOVES = new Set(['to', 'cuda', 'cpu', 'float', 'double', 'half', 'train', 'eval']);

/** `net = net.cuda()` behind `net = net.half()` … */
const MOST_MOVES = 4;

/** What a name is bound to, without what only moves it: `if use_cuda: net = net.cuda()`. */
export function withoutMoves(
  name: string,
  bindings: readonly Binding[],
  most = MOST_MOVES,
): readonly Binding[] {
  if (most === 0 || !bindings.some((each) => isMove(name, each))) return bindings;
  const others = bindings.flatMap((each) => {
    if (!isMove(name, each)) return [each];
    const { scope, value } = each;
    return withoutMoves(name, visible(name, scope, value.from)?.bindings ?? [], most - 1);
  });
  return [...new Set(others)];
}

function isMove(name: string, binding: Binding): binding is Extract<Binding, { readonly kind: 'value' }> {
  if (binding.kind !== 'value' || binding.value.name !== 'CallExpression') return false;
  const { text } = binding.scope.module;
  const callee = calleeOf(binding.value);
  if (callee?.name !== 'MemberExpression' || !callee.firstChild) return false;
  return MOVES.has(memberOf(callee, text) ?? '') && dottedOf(callee.firstChild, text) === name;
}
