import { lastWord } from '../../../sourceTokens.ts';
import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import { visible } from '../visibleBindings.ts';

/** What is in a copy of these is still the original's. */
const SHALLOW = /^(?:dict|list|copy|OrderedDict|defaultdict)$/;
const MAKES = /^(?:deepcopy$|_?[A-Z])/;

/**
 * A name is of an object that its function has made itself, where it sets something of it: `hp = dict(hp)`, `cfg = {}`. `user`: who
 * uses what goes by the name; in that function it's the same object. Null where another name of the object that is used led here:
 * then only a parameter that has a copy of what was given is another object.
 */
export function isOfFresh(
  dotted: string,
  { scope, at }: { readonly scope: Scope; readonly at: number },
  user: Scope | null,
): boolean {
  if (scope.kind !== 'function') return false;
  const root = dotted.split('.', 1)[0]!;
  const bound = visible(root, scope, at);
  if (bound?.scope.kind !== 'function') return false;
  if (!user && !bound.scope.parameters.some(({ name }) => name === root)) return false;
  for (let each = user; each; each = each.parent) if (each === bound.scope) return false;
  // `global cfg`: it's the module's then.
  for (let each = bound.scope.parent; each; each = each.parent)
    if (each.bindings.get(root)?.some((binding) => binding.scope === bound.scope)) return false;
  return bound.bindings.every((binding) => isMade(binding, dotted !== root));
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
