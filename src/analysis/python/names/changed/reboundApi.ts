import type { SourcePlace } from '../../../sourcePlace.ts';
import { type CallSite, type Scope, statementAt } from '../../syntax/pythonScopes.ts';
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
const PARTS = [
  '__init__',
  '__new__',
  '__call__',
  'forward',
  '__defaults__',
  '__kwdefaults__',
  '__init__.__defaults__',
];

/** Where the module puts something else in the place of the API that a call names: `nn.CrossEntropyLoss = MyLoss`. */
export function reboundApi(site: CallSite, value: Value, evaluator: Evaluator): Rebound | undefined {
  if (value.kind !== 'path' || calleeOf(site.node)?.name !== 'MemberExpression') return undefined;
  const { module } = site.scope;
  const sets = setsOfAttributes(module);
  const ofParts = PARTS.flatMap((part) => {
    const all = sets.get(part.slice(part.lastIndexOf('.') + 1)) ?? [];
    return all.filter(({ object }) => object.replace(/\.__init__$/, '').endsWith(`.${site.name}`));
  });
  const whole = (sets.get(site.name) ?? []).map((each) => ({ each, name: `${each.object}.${site.name}` }));
  const parts = ofParts.map((each) => ({ each, name: each.object.replace(/\.__init__$/, '') }));
  const path = evaluator.apis.imports.canonical(pathOf(value));
  const found = [...whole, ...parts].find(
    ({ each, name }) =>
      mayHaveRun(each, site) && !isSeen(each, name, site) && pathAt(name, each, evaluator) === path,
  )?.each;
  if (!found) return undefined;
  const span = statementAt(module, found.at);
  return {
    name: textOf(span, module.text).replace(/\s+/g, ' ').slice(0, LONGEST),
    place: placeOf(module, span),
  };
}

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
