import { remembered } from '../../../common/remembered.ts';
import {
  calledBy,
  changedAbroad,
  changedByCallee,
  functionsHanded,
  mayCallOthers,
} from '../../names/changed/changedAbroad.ts';
import { firstNameOf } from '../../names/changed/memberChanges.ts';
import { type Refits, refitsIn } from '../../names/changed/refitted.ts';
import { ANY_SEQUENCE, entryKey, refittedEntries } from '../../names/changed/refittedEntries.ts';
import { setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { isReachedBy } from '../../names/changed/setWithin.ts';
import { basesOf } from '../../names/classMembers.ts';
import { callsIn } from '../../names/moduleIndex.ts';
import { INIT } from '../../names/visibleBindings.ts';
import { type CallSite, type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import { childrenOf, dottedOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import type { Resolver } from '../../values/resolver.ts';
import { keptAs } from '../later/keptAs.ts';
import { namesOfLoss, wholesIn } from '../later/namesOfLoss.ts';
import type { Trail } from '../outputs.ts';

/**
 * A layer of a class's objects is replaced: where the class is, where its objects are used, or by what is handed them. `through`: the
 * attributes that count; null: all that are made in it.
 */
export function isRefitted(model: Scope, through: ReadonlySet<string> | null, trail: Trail): boolean {
  const { resolver, asker, models } = trail;
  const refits = modulesOf(model.module, trail).map(refitsIn);
  if (refits.some((each) => each.attributes === null)) return true;
  const names = through ?? madeIn(model);
  if (names === null) return true;
  const bases = basesOf(resolver, model).flatMap((base) => (base.kind === 'definition' ? base.scope : []));
  const handed = mayCallOthers(resolver, model.module) ? callsHandedSelf(model) : [];
  for (const name of names) {
    if (refits.some((each) => each.attributes?.has(name))) return true;
    if (!through && refits.some(({ entries }) => entries.has(`.${name}`))) return true;
    if (asker.cell && resolver.cells.isRefitted(name, asker)) return true;
    if (models.some((each) => changedAbroad(resolver, each, name, asker, () => true))) return true;
    if (bases.some((base) => setsLater(base, name))) return true;
    if (handed.some((call) => changedByCallee(resolver, call, name, model.module))) return true;
  }
  return false;
}

/** The calls in a class that are handed its object: `reset(self, 5)`. */
const callsHandedSelf = remembered((model: Scope): readonly Pick<CallSite, 'node' | 'scope'>[] =>
  wholesIn(model).flatMap(({ parent }) => {
    const node = parent?.parent;
    return node?.name === 'CallExpression' ? [{ node, scope: scopeAt(model.module, node.from) }] : [];
  }),
);

/** A method of a base sets it. */
function setsLater({ attributes }: Scope, name: string): boolean {
  return (attributes.get(name) ?? []).some(({ scope }) => !INIT.test(scope.name));
}

/** Where layers may be put into a model: where it's made, and those around it, and where it's used. */
function modulesOf(own: PyModule, { asker, modules }: Trail): readonly PyModule[] {
  return [...new Set([own, asker, ...modules])];
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
export function entriesRefitted(call: Expression, trail: Trail): readonly (number | null)[] {
  const { resolver, asker, named, models } = trail;
  const own = named === undefined ? namesOf(call) : [...namesOf(call), named];
  const lists = keptAs(call.node, call.scope.module.text).names.flatMap(({ name, by }) =>
    by === 'element' || by === 'key' ? `${entryKey(name)}[]` : [],
  );
  const keys = [...new Set([...own.map(entryKey), ...lists, ANY_SEQUENCE])];
  const refits = modulesOf(call.scope.module, trail).map(refitsIn);
  if (refits.some(({ attributes }) => attributes === null)) return [null];
  const here = keys.flatMap((key) => {
    const indices = refits.flatMap(({ entries }: Refits) => entries.get(key) ?? []);
    return asker.cell && resolver.cells.isRefitted(`${key}[]`, asker) ? [...indices, null] : indices;
  });
  const parts = own.flatMap((name) => (name.startsWith('self.') ? name.slice('self'.length) : []));
  const wholes = [...own, ...models.flatMap((model) => parts.map((part) => `${model}${part}`))];
  return [
    ...here,
    ...handedEntries(call, resolver),
    ...wholes.flatMap((name) => refittedAbroad(name, null, trail)),
    ...models.flatMap((name) => parts.flatMap((part) => refittedAbroad(name, part, trail))),
  ];
}

/** A function puts layers into what it's given: `net = refit(Net(), 5)`. */
export const refitsGiven = remembered((by: Scope): boolean => {
  const { module, parameters } = by;
  const isGiven = (object: string) => parameters.some(({ name }) => name === firstNameOf(object));
  const isSet = [...setsOfAttributes(module)].some(([, sets]) =>
    sets.some(({ object, name, scope }) => {
      const isLayer = scope.bindings
        .get(name)
        ?.some(
          (each) => each.kind === 'value' && LAYER.test(textOf(each.value, module.text).slice(0, LONGEST)),
        );
      return isGiven(object) && isLayer === true && isReachedBy(by, scope);
    }),
  );
  return (
    isSet ||
    refittedEntries(module).some(({ parameter, scope }) => parameter !== null && isReachedBy(by, scope))
  );
});

const LONGEST = 200;
const LAYER = /(?<!\w)[A-Z][a-z]\w*\(/;

/** The same in a function of another file or cell that is handed a sequence, or what has it as a part. */
function refittedAbroad(
  name: string,
  part: string | null,
  { resolver, asker }: Trail,
): readonly (number | null)[] {
  return functionsHanded(resolver, name, asker).flatMap((called) =>
    refittedEntries(called.module).flatMap(({ parameter, keys, index, scope }) => {
      const isIt =
        part === null ? parameter !== null && parameter !== '' : parameter === '' && keys.includes(part);
      return isIt && isReachedBy(called, scope) ? [index] : [];
    }),
  );
}

/** Which entries a function sets of what it's handed. */
function entriesGiven(called: Scope): readonly (number | null)[] {
  return refittedEntries(called.module).flatMap(({ parameter, index, scope }) =>
    parameter !== null && parameter !== '' && isReachedBy(called, scope) ? [index] : [],
  );
}

/** Those that functions of other files or cells set of what a call makes. */
function handedEntries({ node, scope }: Expression, resolver: Resolver): readonly (number | null)[] {
  const { module } = scope;
  if (!mayCallOthers(resolver, module)) return [];
  for (const site of callsIn(module, node)) {
    if (site.node.from !== node.from) continue;
    return namesOfLoss(site).handedTo.flatMap((each) => {
      const called = calledBy(resolver, each);
      return called && called.module !== module ? entriesGiven(called) : [];
    });
  }
  return [];
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
