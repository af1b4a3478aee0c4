import { groupedBy } from '../../../common/groupedBy.ts';
import type { RecognizedCall } from '../../losses/recognized.ts';
import { withoutMoves } from '../../names/movedBindings.ts';
import { visible } from '../../names/visibleBindings.ts';
import type { Binding, CallSite, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { callsOf } from '../callsOf.ts';
import { classOf } from '../changedLoss.ts';
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
  const index = given.findIndex((each) => isMadeBy(each, site));
  if (index === -1 || module.scope.bindings.get(name)?.length !== 1) return [];
  const places = makers.flatMap((call) => nameOfGiven(call, { index, count: given.length }) ?? []);
  return [...new Set(places.map((place) => place.name))].flatMap((each) => [
    ...usesFrom(places, each, module),
    ...callsWhereverPassed(each, module).filter((use) => isOneOf(places, use)),
  ]);
}

/** What the call makes, written where it's given back, or by its name. */
function isMadeBy({ node, scope }: Expression, made: CallSite): boolean {
  const { text } = scope.module;
  const whole = onDevice(made.node, text);
  if (node.from === whole.from && node.to === whole.to) return true;
  if (unwrapped(node).name !== 'VariableName') return false;
  const name = textOf(unwrapped(node), text);
  const [only, ...others] = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  return only?.kind === 'value' && others.length === 0 && only.value.from === made.node.from;
}

const usesByOrigin = new WeakMap<
  PyModule,
  Map<string, ReadonlyMap<number | undefined, readonly CallSite[]>>
>();

/** The calls of a name that got its value in one of the places. Each is looked at once, however many functions make what goes by it. */
function usesFrom(places: readonly NamedPlace[], name: string, module: PyModule): readonly CallSite[] {
  const byName = usesByOrigin.get(module) ?? new Map();
  usesByOrigin.set(module, byName);
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
