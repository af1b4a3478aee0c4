import { remembered } from '../../common/remembered.ts';
import { changedAbroad } from '../names/changed/changedAbroad.ts';
import { entryKey, refitsIn } from '../names/changed/refitted.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, dottedOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Trail } from './outputs.ts';

/**
 * A layer of a class's objects is replaced: where the class is, where its objects are used, or by what is handed them. `through`: the
 * attributes that count; null: all that are made in it.
 */
export function isRefitted(
  model: Scope,
  through: ReadonlySet<string> | null,
  { resolver, asker, named }: Trail,
): boolean {
  const refits = [model.module, asker].map(refitsIn);
  if (refits.some((each) => each.attributes === null)) return true;
  const names = through ?? madeIn(model);
  if (names === null) return true;
  for (const name of names) {
    if (refits.some((each) => each.attributes?.has(name))) return true;
    if (!through && refits.some(({ entries }) => entries.has(`.${name}`))) return true;
    if (asker.cell && resolver.cells.isRefitted(name, asker)) return true;
    if (named !== undefined && changedAbroad(resolver, named, name, asker, () => true)) return true;
  }
  return false;
}

/** Attributes of a class that are looked at. */
const MOST_MADE = 128;

/** The attributes that a class makes something for; null if they're too many. */
const madeIn = remembered(({ attributes }: Scope): readonly string[] | null => {
  const made = [...attributes].flatMap(([name, bindings]) =>
    bindings.some((each) => each.kind === 'value' && each.value.name === 'CallExpression') ? name : [],
  );
  return made.length > MOST_MADE ? null : made;
});

/** Which layers of `nn.Sequential(…)` are replaced by the name that it's given: `model[-1] = nn.Linear(512, 5)`. Null: it isn't shown which. */
export function entriesRefitted(
  call: Expression,
  { resolver, asker, named }: Trail,
): readonly (number | null)[] {
  const names = named === undefined ? namesOf(call) : [...namesOf(call), named];
  return [...new Set(names.map(entryKey))].flatMap((key) => {
    const modules = new Set([call.scope.module, asker]);
    const indices = [...modules].flatMap((each) => refitsIn(each).entries.get(key) ?? []);
    return asker.cell && resolver.cells.isRefitted(`${key}[]`, asker) ? [...indices, null] : indices;
  });
}

/** Expressions around a call that are looked at. */
const MOST_LEVELS = 8;

/** The names that get what a call makes: `net` and `model` of `net = model = nn.Sequential(…).cuda()`. */
export function namesOf({ node, scope: { module } }: Expression): readonly string[] {
  let outer = node.parent;
  for (let level = 0; outer && level < MOST_LEVELS && GIVES_IT.test(outer.name); level++)
    outer = outer.parent;
  if (outer?.name !== 'AssignStatement' && outer?.name !== 'NamedExpression') return [];
  return childrenOf(outer).flatMap((each) =>
    each.to <= node.from ? (dottedOf(each, module.text) ?? []) : [],
  );
}

const GIVES_IT = /^(?:Member|Call|Parenthesized)Expression$/;
