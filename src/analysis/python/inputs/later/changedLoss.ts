import { countBefore } from '../../../common/countBefore.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import type { SetPlace } from '../../names/aliases/alias.ts';
import { changedByCallee, mayCallOthers } from '../../names/changed/changedAbroad.ts';
import { setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { basesOf } from '../../names/classMembers.ts';
import { allHiddenSets, hiddenSetsOn } from '../../names/hidden/hiddenSets.ts';
import { INIT } from '../../names/visibleBindings.ts';
import {
  type Binding,
  type CallSite,
  classOf,
  lineOf,
  type PyModule,
  type Scope,
  statementAt,
} from '../../syntax/pythonScopes.ts';
import { textOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { KeptAs } from './keptAs.ts';
import { namesOfLoss } from './namesOfLoss.ts';
import { relatedClasses } from './relatedClasses.ts';
import { setsOfLosses } from './setsOfLosses.ts';

/** Where a loss gets another α, or weights, once it's made: `criterion.label_smoothing = 0`. */
export interface LaterChange {
  readonly name: string;
  readonly at: number;
  readonly line: number;
}

/**
 * The first place where an attribute of what a call makes is set, by whatever name the object goes there. `inner`: of which object in
 * it, if not of itself.
 */
export function changedLater(site: CallSite, attribute: string, inner = ''): LaterChange | undefined {
  const { module } = site.scope;
  const seen = setsOfLosses(module).of(attribute);
  const isUnseen = setsUnseen(module);
  if (!seen && !isUnseen) return undefined;
  const { names } = namesOfLoss(site);
  const made =
    inner === '' ? names : names.map(({ name }) => ({ name: `${name}.${inner}`, by: 'name' as const }));
  const first = seen?.firstOf(site, made);
  const hidden = isUnseen
    ? made.flatMap(({ name }) => setUnseen(site, name, attribute) ?? []).sort((a, b) => a.at - b.at)[0]
    : undefined;
  const change = first && hidden ? (hidden.at < first.at ? hidden : first) : (first ?? hidden);
  return change && { name: change.name, at: change.at, line: lineOf(module, change.at) };
}

/** The same in a function of another file or cell that it's handed to, or that has its name; in a class of this one, too. */
export function changedAway(site: CallSite, attribute: string, evaluator: Evaluator): SetPlace | undefined {
  const { scope, node } = site;
  const { module } = scope;
  // Most modules set it nowhere, and call nothing of other files.
  const mayBeHere = setsOfLosses(module).of(attribute) !== undefined || setsUnseen(module);
  if (!mayBeHere && !mayCallOthers(evaluator, module)) return undefined;
  const { names, handedTo } = namesOfLoss(site);
  for (const call of handedTo) {
    const isLater = call.scope !== scope || call.node.to > node.from;
    // In functions of this module it's looked for by the names that they have for it.
    const isUnnamed = (called: Scope) =>
      called.kind === 'class' || isWithin(node, call.node) || setsUnseen(module);
    const set = isLater ? changedByCallee(evaluator, call, attribute, module, isUnnamed) : undefined;
    if (set) return set;
  }
  const based = changedByBases(site, names, attribute, evaluator);
  if (based || !module.cell) return based;
  for (const { name } of names)
    for (const above of evaluator.cells.changing(name, 0, module.cell)) {
      const own = setsOfAttributes(above)
        .get(attribute)
        ?.find((each) => each.object === name && each.scope.kind === 'function');
      if (own) return { span: statementAt(above, own.at), scope: own.scope };
    }
  return undefined;
}

/** Where a method of a base of another file sets it, of what an object keeps: `self.crit.label_smoothing = 0`. */
function changedByBases(
  { scope }: CallSite,
  names: readonly KeptAs[],
  attribute: string,
  evaluator: Evaluator,
): SetPlace | undefined {
  const owner = names.some(({ name }) => name.startsWith('self.')) ? classOf(scope) : null;
  const bases = owner ? basesOf(evaluator, owner) : [];
  for (const base of bases) {
    if (base.kind !== 'definition' || base.scope.module === scope.module) continue;
    const set = setsOfAttributes(base.scope.module)
      .get(attribute)
      ?.find((each) => classOf(each.scope) === base.scope && names.some(({ name }) => name === each.object));
    if (set) return { span: statementAt(base.scope.module, set.at), scope: set.scope };
  }
  return undefined;
}

/** Where a method of a loss's class, or of one that this is made of, sets an attribute of it. */
export function changedByMethod(site: CallSite, made: Scope, attribute: string): SetPlace | undefined {
  const classes = [made, ...(relatedClasses(made) ?? []).filter((each) => isBaseOf(each, made))];
  for (const { attributes, module } of classes)
    for (const each of attributes.get(attribute) ?? []) {
      const isBehind = each.scope === site.scope && site.name === '__init__' && each.at > site.node.to;
      if ((isBehind || !INIT.test(each.scope.name)) && !isKept(each, attribute, site))
        return { span: statementAt(module, each.at), scope: each.scope };
    }
  return undefined;
}

function isBaseOf({ name }: Scope, { node, module }: Scope): boolean {
  const list = node?.getChild('ArgList');
  return list ? textOf(list, module.text).match(/\w+/g)?.includes(name) === true : false;
}

/** It's moved, or set to what the loss is told: `self.mask = self.mask.to(x)`. */
function isKept(binding: Binding, attribute: string, { node, scope }: CallSite): boolean {
  if (binding.kind !== 'value') return false;
  const { text } = binding.scope.module;
  const written = textOf(binding.value, text).slice(0, LONGEST_VALUE);
  const isTold = binding.scope === scope && textOf(node, scope.module.text).includes(`=${written}`);
  return isTold || written.startsWith(`self.${attribute}.`);
}

const LONGEST_VALUE = 200;

/** `setattr(criterion, key, …)` */
function setUnseen({ node, scope }: CallSite, name: string, attribute: string) {
  const sets = unseenSets(scope.module)(name);
  for (let i = countBefore(sets, node.to + 1, ({ span }) => span.from); i < sets.length; i++)
    if (sets[i]!.sets(attribute)) return { name: `${name}.${attribute}`, at: sets[i]!.span.from };
  return undefined;
}

/** By the name of the object: what may set any attribute of it. */
const unseenSets = remembered((module: PyModule) => {
  const known = new Map<string, ReturnType<typeof hiddenSetsOn>>();
  return (name: string) => {
    const sets =
      known.get(name) ?? hiddenSetsOn(name, module).filter((each) => each.isOfAny && !each.isEntry);
    known.set(name, sets);
    return sets;
  };
});

/** It has what may set any attribute of something. */
const setsUnseen = remembered((module: PyModule) =>
  [...allHiddenSets(module).values()].some((sets) =>
    sets.some(({ isOfAny, isEntry }) => isOfAny && !isEntry),
  ),
);

function isWithin({ from, to }: SourceSpan, outer: SourceSpan): boolean {
  return outer.from <= from && to <= outer.to;
}
