import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { CallSite, PyModule } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** An object, or what it's a member of, is updated from elsewhere as a whole: `config.update(json.load(file))`. */
export function isUpdated({ node, scope }: Expression): boolean {
  const names = updatedIn(scope.module);
  if (names.size === 0) return false;
  let object: SyntaxNode | null = unwrapped(node);
  for (let level = 0; object && level < MOST_LEVELS; object = object.firstChild, level++) {
    const name = dottedOf(object, scope.module.text);
    if (name !== undefined && UPDATES.some((method) => names.has(`${name}.${method}`))) return true;
  }
  return false;
}

/** Objects in objects that are looked at. */
const MOST_LEVELS = 8;

const UPDATES = ['update', 'merge_from_file', 'merge_from_list', 'merge', 'merge_with', 'load'];

/** Calls of methods that change an object, as they are written: `config.update`. */
const updatedIn = remembered(({ calls, text }: PyModule): ReadonlySet<string> => {
  const all = calls.flatMap(({ node, name }) =>
    UPDATES.includes(name) ? (dottedOf(calleeOf(node), text) ?? []) : [],
  );
  return new Set(all);
});

/** Where an object is updated so, by its name. */
export const updatesOf = remembered(({ calls, text }: PyModule): ReadonlyMap<string, readonly CallSite[]> => {
  const all = calls.flatMap((call) => {
    const object = UPDATES.includes(call.name)
      ? dottedOf(calleeOf(call.node)?.firstChild ?? null, text)
      : undefined;
    return object === undefined ? [] : [{ object, call }];
  });
  return new Map(
    [...groupedBy(all, ({ object }) => object)].map(([object, each]) => [
      object,
      each.map(({ call }) => call),
    ]),
  );
});
