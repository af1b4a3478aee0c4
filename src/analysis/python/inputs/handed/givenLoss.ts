import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import type { RecognizedCall } from '../../losses/recognized.ts';
import { callsOf } from '../../names/moduleIndex.ts';
import { withoutMoves } from '../../names/movedBindings.ts';
import { visible } from '../../names/visibleBindings.ts';
import {
  type Binding,
  type CallSite,
  classOf,
  type PyModule,
  type Scope,
} from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { onDevice } from '../lossUses.ts';
import { allGivenBack, type NamedPlace, nameOfGiven } from './givenBack.ts';
import { callsWhereverPassed, passedFor } from './passedValue.ts';

/** A function that is called in more places isn't followed. */
const MOST_CALLS = 8;

/**
 * Where a loss is called that a function of the module makes and gives back: `net, criterion = build()`. Only where what is called is
 * it and nothing else.
 */
export function callsWhereGiven({ site }: RecognizedCall): readonly CallSite[] {
  const { module, kind, parent, name } = site.scope;
  if (kind !== 'function' || parent?.kind !== 'module') return [];
  const makers = callsOf(module, name);
  if (makers.length === 0 || makers.length > MOST_CALLS) return [];
  const given = allGivenBack(site.scope);
  const index = indexOfMade(site);
  if (index === undefined || module.scope.bindings.get(name)?.length !== 1) return [];
  const places = makers.flatMap((call) => nameOfGiven(call, { index, count: given.length }) ?? []);
  return [...new Set(places.map((place) => place.name))].flatMap((each) => [
    ...usesFrom(places, each, module),
    ...callsWhereverPassed(each, module).filter((use) => isOneOf(places, use)),
  ]);
}

/** Which of the things that a function gives back a call in it makes: it's written there, or goes by that name. */
function indexOfMade({ node, scope }: CallSite): number | undefined {
  const { written, named } = madeIn(scope);
  const whole = onDevice(node, scope.module.text);
  const both = [written.get(`${whole.from} ${whole.to}`), named.get(node.from)];
  const [first] = both.filter((each) => each !== undefined).sort((a, b) => a - b);
  return first;
}

/** The things that a function gives back, by where they're written, and by where what has the name is made. */
const madeIn = remembered((by: Scope) => {
  const { text } = by.module;
  const written = new Map<string, number>();
  const named = new Map<number, number>();
  for (const [i, { node }] of [...allGivenBack(by).entries()].reverse()) {
    written.set(`${node.from} ${node.to}`, i);
    if (unwrapped(node).name !== 'VariableName') continue;
    const name = textOf(unwrapped(node), text);
    const [only, ...others] = withoutMoves(name, visible(name, by, node.from)?.bindings ?? []);
    if (only?.kind === 'value' && others.length === 0) named.set(only.value.from, i);
  }
  return { written, named };
});

/** The calls of names, by where those got their value: each is looked at once, however many functions make what goes by it. */
const usesByOrigin = remembered(
  (_: PyModule) => new Map<string, ReadonlyMap<number | undefined, readonly CallSite[]>>(),
);

/** The calls of a name that got its value in one of the places. */
function usesFrom(places: readonly NamedPlace[], name: string, module: PyModule): readonly CallSite[] {
  const byName = usesByOrigin(module);
  const uses = byName.get(name) ?? groupedBy(callsOf(module, name), (use) => originsOf(use)[0]);
  byName.set(name, uses);
  return [...new Set(places.map(({ at }) => at))]
    .flatMap((at): readonly CallSite[] => uses.get(at) ?? [])
    .filter((use) => isOneOf(places, use))
    .sort((a, b) => a.node.from - b.node.from);
}

/** What is called got its value in one of these places, or is a parameter that is always given what did. */
function isOneOf(places: readonly NamedPlace[], use: CallSite): boolean {
  const origins = originsOf(use);
  return origins.length > 0 && origins.every((from) => places.some(({ at }) => at === from));
}

/** Where what is called got its value, or whatever it's always given as a parameter. None if one of them isn't known. */
function originsOf({ node, scope }: CallSite): readonly number[] {
  const callee = calleeOf(node);
  const [only, ...others] = callee ? boundTo({ node: callee, scope }) : [];
  if (!only || others.length > 0) return [];
  const passed = passedFor(only)?.map(boundTo) ?? [[only]];
  return passed.every(({ length }) => length === 1) ? passed.map(([each]) => placeOfBinding(each!)) : [];
}

/** A binding counts behind the statement, and an unpacked name where it's written. */
function placeOfBinding(binding: Binding): number {
  return binding.kind === 'value' ? binding.value.parent!.from : binding.at;
}

function boundTo({ node, scope }: Expression): readonly Binding[] {
  const name = dottedOf(node, scope.module.text);
  if (name === undefined) return [];
  const attribute = name.startsWith('self.') ? name.slice('self.'.length) : undefined;
  if (attribute !== undefined) return attributesOf(scope, attribute);
  return withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
}

function attributesOf(scope: Scope, name: string): readonly Binding[] {
  return classOf(scope)?.attributes.get(name) ?? [];
}
