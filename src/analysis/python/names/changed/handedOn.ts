import { remembered } from '../../../common/remembered.ts';
import { placesOfName } from '../../syntax/placesOfName.ts';
import type { PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { callsByName } from '../moduleIndex.ts';

/** It isn't called by its name: a lambda, or what is handed on as `model.apply(off)`, `partial(off, 0)`. */
export function mayBeHandedAny({ name, module, parent }: Scope): boolean {
  if (name === '') return true;
  if (parent?.kind === 'class') return false;
  const calls = callsByName(module).get(name)?.length ?? 0;
  return mentionsOf(name, module) > calls;
}

/** How often a function is named besides where it's defined, and by those who import it: once for all of one name. */
function mentionsOf(name: string, module: PyModule): number {
  const known = mentions(module);
  let count = known.get(name);
  if (count === undefined) {
    const places = placesOfName(module, name).slice(0, MOST_MENTIONS);
    const nodes = places.map((at) => module.top.resolveInner(at, 1));
    count = nodes.filter(
      (node) => node.name === 'VariableName' && node.parent?.name !== 'FunctionDefinition',
    ).length;
    known.set(name, count);
  }
  return count;
}

const mentions = remembered((_: PyModule) => new Map<string, number>());

const MOST_MENTIONS = 64;
