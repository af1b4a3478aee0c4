import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { CallSite, PyModule } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  elementsOf,
  stringOf,
} from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../evaluator.ts';
import type { Expression } from '../expression.ts';
import { UNKNOWN_VALUE, type Value } from '../pythonValues.ts';
import { MOST_OBJECTS } from './configSettings.ts';

/**
 * A setting that is merged into its object by a list in the same module: `C.merge_from_list(["LOSS.EPS", 0.2])`. Unknown where it
 * isn't sure to have run; undefined if no list has it. `since`: what is merged in front of that doesn't count.
 */
export function mergedValue(
  evaluator: Evaluator,
  dotted: string,
  use: Expression,
  since = 0,
): Value | undefined {
  const dot = dotted.indexOf('.');
  let found: Value | undefined;
  for (const { call, entries } of mergesIn(use.scope.module).get(dotted.slice(0, dot)) ?? []) {
    const set = entries.get(dotted.slice(dot + 1));
    const { node, scope } = call;
    if (!set || (scope === use.scope && (node.to <= since || node.from > use.node.from))) continue;
    const isBefore =
      scope === use.scope && node.to <= use.node.from && node.parent?.parent?.name === 'Script';
    found = isBefore ? evaluator.evaluate({ node: set, scope }) : UNKNOWN_VALUE;
  }
  return found;
}

/** A list that is merged into an object, as what it has for each path. */
interface Merge {
  readonly call: CallSite;
  readonly entries: ReadonlyMap<string, SyntaxNode>;
}

/** The lists that are merged into an object, by its name. */
const mergesIn = remembered(({ calls, text }: PyModule): ReadonlyMap<string, readonly Merge[]> => {
  const all = calls.flatMap((call) => {
    if (call.name !== 'merge_from_list') return [];
    const object = dottedOf(calleeOf(call.node)?.firstChild ?? null, text) ?? '';
    return [{ object, call }];
  });
  const groups = groupedBy(all, ({ object }) => object);
  return new Map(
    [...groups].map(([object, merges]) => [
      object,
      merges.slice(0, MOST_OBJECTS).map(({ call }) => ({ call, entries: mergedIn(call) })),
    ]),
  );
});

/** `["LOSS.EPS", 0.2, "LR", 0.1]` */
function mergedIn({ node, scope }: CallSite): ReadonlyMap<string, SyntaxNode> {
  const { text } = scope.module;
  const list = argumentsOf(argListOf(node), text)[0]?.value;
  const elements = list && /^(?:Array|Tuple)/.test(list.name) ? (elementsOf(list) ?? []) : [];
  return new Map(
    elements.flatMap((each, i) => {
      const path = i % 2 === 0 ? stringOf(each, text) : undefined;
      const value = elements[i + 1];
      return path !== undefined && value ? [[path, value] as const] : [];
    }),
  );
}
