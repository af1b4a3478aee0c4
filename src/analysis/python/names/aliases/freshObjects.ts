import { lastWord } from '../../../sourceTokens.ts';
import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import { visible } from '../visibleBindings.ts';

/** What is in a copy of these is still the original's. */
const SHALLOW = /^(?:dict|list|copy|OrderedDict|defaultdict)$/;
const MAKES = /^(?:deepcopy$|_?[A-Z])/;

/** A name is of an object that its function has made itself, where it sets something of it: `hp = dict(hp)`, `cfg = {}`. */
export function isOfFresh(
  dotted: string,
  { scope, at }: { readonly scope: Scope; readonly at: number },
): boolean {
  const root = dotted.split('.', 1)[0]!;
  const isNested = dotted !== root;
  if (scope.kind !== 'function') return false;
  const bound = visible(root, scope, at);
  return bound?.scope.kind === 'function' && bound.bindings.every((binding) => isMade(binding, isNested));
}

function isMade(binding: Binding, isNested: boolean): boolean {
  if (binding.kind !== 'value') return false;
  const value = unwrapped(binding.value);
  if (/^(?:Dictionary|Array|Set)(?:Comprehension)?Expression$/.test(value.name)) return true;
  const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
  if (!callee) return false;
  const name = lastWord(textOf(callee, binding.scope.module.text));
  return MAKES.test(name) || (SHALLOW.test(name) && !isNested);
}
