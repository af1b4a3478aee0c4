import type { SyntaxNode } from '@lezer/common';
import { callsWhereGiven } from '../inputs/handed/givenLoss.ts';
import { callsWhereverPassed, passedFor } from '../inputs/handed/passedValue.ts';
import { outputOfUse } from '../inputs/lossInputs.ts';
import { type LossUse, onDevice, useOfMade } from '../inputs/lossUses.ts';
import { NOT_FOLLOWED } from '../inputs/outputs.ts';
import { withoutMoves } from '../names/movedBindings.ts';
import { visible } from '../names/visibleBindings.ts';
import type { Binding, CallSite, Scope } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { UsedLoss } from './usedLoss.ts';

/**
 * Of the uses those that are surely of this loss: what goes by its name there is it, and nothing else. And those functions
 * are handed it, or gave it back: they're looked for here only, as K and what targets are follow from them less surely.
 */
export function withSureUses(used: UsedLoss): UsedLoss {
  const { call, inputs, resolver } = used;
  const isSure = ({ site }: LossUse) => site === null || isSurelyOf(site, call.site);
  const uses = inputs.uses.filter(isSure);
  const known = new Set(uses.map(({ site }) => site?.node.from));
  const handed = callsWhereHanded(call.site).filter((use) => isSurelyOf(use, call.site));
  const given = [...callsWhereGiven(call), ...handed]
    .filter(({ node }) => !known.has(node.from))
    .map((use) => useOfMade(use, call));
  if (uses.length === inputs.uses.length && given.length === 0) return used;
  const followed = [
    ...inputs.followed.filter(({ use }) => isSure(use)),
    ...given.flatMap((use) => ({ use, output: outputOfUse(use, resolver) ?? NOT_FOLLOWED })),
  ];
  return { ...used, inputs: { ...inputs, uses: [...uses, ...given], followed } };
}

/** Where functions call it that its name is handed to. */
function callsWhereHanded({ node, scope }: CallSite): readonly CallSite[] {
  const { module } = scope;
  const statement = onDevice(node, module.text).parent;
  const name =
    statement?.name === 'AssignStatement' ? dottedOf(statement.firstChild, module.text) : undefined;
  return name === undefined ? [] : callsWhereverPassed(name, module);
}

function isSurelyOf(use: CallSite, made: CallSite): boolean {
  // The loss is a function, or is called where it's made.
  if (use.node.from === made.node.from) return true;
  const { scope, node } = use;
  const name = dottedOf(calleeOf(node), scope.module.text);
  if (name === undefined) return true;
  const bindings = name.startsWith('self.')
    ? attributesOf(name.slice('self.'.length), scope)
    : (visible(name, scope, node.from)?.bindings ?? []);
  return isOnly(name, bindings, made);
}

/** It's what the call makes, perhaps on another device, or what every call of this function hands over. */
function isOnly(name: string, bindings: readonly Binding[], made: CallSite): boolean {
  const [only, ...others] = withoutMoves(name, bindings);
  if (!only || others.length > 0) return false;
  if (only.kind === 'value') return isMadeIn(only.value, made);
  return passedFor(only)?.every((each) => isPassed(each, made)) ?? false;
}

function isPassed({ node, scope }: Expression, made: CallSite): boolean {
  const name = dottedOf(node, scope.module.text);
  if (name === undefined || name.includes('.')) return isMadeIn(node, made);
  const [only, ...others] = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  return others.length === 0 && only?.kind === 'value' && isMadeIn(only.value, made);
}

/** `nn.CrossEntropyLoss().to(device)` begins where the loss does. */
function isMadeIn(value: SyntaxNode, made: CallSite): boolean {
  return value.from === made.node.from;
}

function attributesOf(name: string, scope: Scope) {
  for (let each: Scope | null = scope; each; each = each.parent)
    if (each.kind === 'class') return each.attributes.get(name) ?? [];
  return [];
}
