import type { PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { callsByName } from '../moduleIndex.ts';
import { placesIn } from './callersOf.ts';

/** It isn't called by its name: a lambda, or what is handed on as `model.apply(off)`, `partial(off, 0)`. */
export function mayBeHandedAny({ name, module, parent }: Scope): boolean {
  if (name === '') return true;
  if (parent?.kind === 'class') return false;
  const calls = callsByName(module).get(name)?.length ?? 0;
  return mentionsOf(name, module) > calls;
}

/** How often a function is named besides where it's defined, and by those who import it. */
function mentionsOf(name: string, module: PyModule): number {
  const places = (placesIn(module).get(name) ?? []).slice(0, MOST_MENTIONS);
  return places.filter((at) => {
    const node = module.top.resolveInner(at, 1);
    return node.name === 'VariableName' && node.parent?.name !== 'FunctionDefinition';
  }).length;
}

const MOST_MENTIONS = 64;
