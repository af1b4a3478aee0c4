import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SourcePlace } from '../../../sourcePlace.ts';
import { type CallSite, type PyModule, type Scope, statementAt } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { pathOf, placeOf, type Value } from '../../values/pythonValues.ts';
import { nameValue } from '../nameValues.ts';
import { type AttributeSet, setsOfAttributes } from './setAttributes.ts';

/** What puts something else in the place of an API. */
export interface Rebound {
  readonly name: string;
  readonly place: SourcePlace;
}

/** What of a class says what calls of it do: `nn.CrossEntropyLoss.__init__ = …`. */
const PARTS = new Set(['__init__', '__new__', '__call__', 'forward', '__defaults__', '__kwdefaults__']);

/** Where the module puts something else in the place of the API that a call names: `nn.CrossEntropyLoss = MyLoss`. */
export function reboundApi(site: CallSite, value: Value, evaluator: Evaluator): Rebound | undefined {
  if (value.kind !== 'path' || calleeOf(site.node)?.name !== 'MemberExpression') return undefined;
  const { module } = site.scope;
  const all = rebindingsIn(module).get(site.name);
  if (!all) return undefined;
  const path = evaluator.apis.imports.canonical(pathOf(value));
  const found = all.find(
    ({ set, name }) =>
      mayHaveRun(set, site) &&
      !isSeen(set, name, site) &&
      (all.length > MOST || pathAt(name, set, evaluator) === path),
  )?.set;
  if (!found) return undefined;
  const span = statementAt(module, found.at);
  return {
    name: textOf(span, module.text).replace(/\s+/g, ' ').slice(0, LONGEST),
    place: placeOf(module, span),
  };
}

/** Where nobody knows any more which of them are of the API. */
const MOST = 16;

/** What a module sets that may be a class or a function of a package, or a part of a class: by its last name. */
const rebindingsIn = remembered((module: PyModule) => {
  const all = [...setsOfAttributes(module)].flatMap(([attribute, sets]) =>
    sets.flatMap((set) => {
      const name = PARTS.has(attribute)
        ? set.object.replace(/\.__init__$/, '')
        : `${set.object}.${attribute}`;
      return name.includes('.') && !set.isOfElement ? [{ name, set }] : [];
    }),
  );
  return groupedBy(all, ({ name }) => name.slice(name.lastIndexOf('.') + 1));
});

/** Characters of a statement that are shown. */
const LONGEST = 60;

function mayHaveRun({ at, scope }: AttributeSet, { node, scope: own }: CallSite): boolean {
  return scope !== own || at < node.from;
}

/** It's found by its name: what it's set to is known. */
function isSeen({ scope }: AttributeSet, name: string, { node, scope: own }: CallSite): boolean {
  if (dottedOf(calleeOf(node), own.module.text) !== name) return false;
  for (let each: Scope | null = own; each; each = each.parent)
    if (each.bindings.has(name) && each === scope) return true;
  return false;
}

/** What a name with dots stands for where it's set. */
function pathAt(name: string, { scope, at }: AttributeSet, evaluator: Evaluator): string | undefined {
  const dot = name.indexOf('.');
  const root = nameValue(evaluator, name.slice(0, dot), scope, at);
  if (root.kind !== 'path' || root.level > 0) return undefined;
  return evaluator.apis.imports.canonical(`${pathOf(root)}${name.slice(dot)}`);
}
