import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../common/groupedBy.ts';
import { remembered } from '../../common/remembered.ts';
import { allHiddenSets, hiddenSetsOn, indexedBy } from '../names/hiddenSets.ts';
import { visible } from '../names/visibleBindings.ts';
import { type CallSite, lineOf, type PyModule, type Scope, scopeAt } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, textOf } from '../syntax/syntaxNodes.ts';
import { callsOf } from './callsOf.ts';

/** Where a loss gets another α, or weights, once it's made: `criterion.label_smoothing = 0`. */
export interface LaterChange {
  readonly name: string;
  readonly at: number;
  readonly line: number;
}

/** The first place where an attribute of what a call makes is set, by whatever name the object goes there. */
export function changedLater(site: CallSite, attribute: string): LaterChange | undefined {
  const { module } = site.scope;
  const changes = changesOf(module).get(attribute);
  const hidden = setUnseen(site, attribute);
  if (!changes && !hidden) return undefined;
  const made = assignedTo(site);
  const change = changes?.find((each) => isBehind(each, site) && mayBeOf(each, made, site));
  const first = change && hidden ? (hidden.at < change.at ? hidden : change) : (change ?? hidden);
  return first && { name: first.name, at: first.at, line: lineOf(module, first.at) };
}

/** An attribute that is set. */
interface Change {
  /** `criterion.label_smoothing` */
  readonly name: string;
  readonly object: string;
  readonly at: number;
  readonly scope: Scope;
  /** Of an element of what goes by that name. */
  readonly isOfElement?: boolean;
}

/** `losses[0].label_smoothing`, where it may be set. */
const ELEMENT = /\]\.(\w{1,80})\s{0,9}(?:[-+*/%@&|^<>]{0,3}=(?!=)|[,:)\]])/g;
const LONGEST_SHOWN = 80;

/** All that a module sets, by the attribute, in the order of the source. */
const changesOf = remembered((module: PyModule): ReadonlyMap<string, readonly Change[]> => {
  const all: (Change & { readonly attribute: string })[] = [];
  const add = (name: string, shown: string, at: number, scope: Scope, isOfElement = false) => {
    const dot = name.lastIndexOf('.');
    all.push({
      attribute: name.slice(dot + 1),
      object: name.slice(0, dot),
      name: shown,
      at,
      scope,
      isOfElement,
    });
  };
  for (const scope of module.scopes) {
    for (const [name, [first]] of scope.bindings)
      if (first && name.includes('.')) add(name, name, first.at, first.scope);
    for (const [name, [first]] of scope.attributes)
      if (first && name.includes('.')) add(`self.${name}`, `self.${name}`, first.at, first.scope);
  }
  const { text } = module;
  for (const { index, 1: attribute = '' } of text.matchAll(ELEMENT)) {
    const member = module.top.resolveInner(index + `].${attribute}`.length, -1).parent;
    const name = member?.firstChild && isSet(member) ? indexedBy(member.firstChild, text) : undefined;
    if (!member || name === undefined) continue;
    const shown = textOf(member, text).slice(0, LONGEST_SHOWN);
    add(`${name}.${attribute}`, shown, member.from, scopeAt(module, member.from), true);
  }
  for (const { object, keys, span, scope } of [...allHiddenSets(module).values()].flat()) {
    const of = object?.replace('[]', '');
    for (const key of of === undefined ? [] : keys)
      add(`${of}.${key}`, `${of}.${key}`, span.from, scope, of !== object);
  }
  return groupedBy(
    all.sort((a, b) => a.at - b.at),
    ({ attribute }) => attribute,
  );
});

/** It's a target of an assignment: `a[0].x, b = 1, 2`, `a[0].x += 1`. */
function isSet(member: SyntaxNode): boolean {
  if (member.name !== 'MemberExpression') return false;
  let target = member;
  while (target.parent && /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.parent.name))
    target = target.parent;
  const statement = target.parent;
  if (statement?.name === 'UpdateStatement') return statement.firstChild?.to === target.to;
  // An annotation alone sets nothing.
  const signs = statement?.name === 'AssignStatement' ? statement.getChildren('AssignOp') : [];
  return signs.some(({ from }) => from >= target.to);
}

/** `setattr(criterion, key, …)` */
function setUnseen({ node, scope }: CallSite, attribute: string): Change | undefined {
  const name = assignedTo({ node, scope })?.name;
  const set =
    name === undefined
      ? undefined
      : hiddenSetsOn(name, scope.module).find(
          (each) => each.isOfAny && each.sets(attribute) && each.span.from > node.to,
        );
  return set && { name: `${name}.${attribute}`, object: name!, at: set.span.from, scope: set.scope };
}

/** It's in another function, or behind the call. */
function isBehind({ at, scope }: Change, { node, scope: own }: CallSite): boolean {
  return scope !== own || at > node.to;
}

/** What goes by another name there may be the object: a name for it, a parameter it's handed to, one of several in a loop. */
function mayBeOf(change: Change, made: Assigned | undefined, site: CallSite): boolean {
  const { object, scope, at, isOfElement = false } = change;
  if (made && isOfElement === made.isElement && isNamed(object, made.name))
    return !object.startsWith('self.') || !made.name.startsWith('self.') || areRelated(scope, site.scope);
  if (isOfElement || object.includes('.')) return false;
  const binding = visible(object, scope, at)?.bindings[0];
  switch (binding?.kind) {
    case 'value': {
      const { text } = scope.module;
      const value = binding.value.name === 'CallExpression' ? calleeOf(binding.value) : binding.value;
      const of = dottedOf(value, text);
      if (of === undefined) return false;
      const isCall = value !== binding.value;
      return isCall
        ? lastOf(of) === makerOf(site)?.name
        : made !== undefined && !made.isElement && isNamed(of, made.name);
    }
    case 'parameter':
      return made !== undefined && isHanded(made.name, object, binding.scope);
    case 'element':
      // Layers have weights, too.
      return !SETTINGS.test(object) && !change.name.endsWith('.weight');
    default:
      return false;
  }
}

/** Objects that only have settings. */
const SETTINGS = /args?$|opts?$|cfg|conf|param|setting|flag|group/i;

/** `self.criterion` of one object is `trainer.criterion` elsewhere. */
function isNamed(name: string, made: string): boolean {
  if (name === made) return true;
  return name.includes('.') && lastOf(name) === lastOf(made);
}

/** In methods of one class, or of one that is made of the other. */
function areRelated(a: Scope, b: Scope): boolean {
  const [first, second] = [classOf(a), classOf(b)];
  if (!first || !second || first === second) return true;
  const isBase = (base: Scope, of: Scope) => {
    const list = of.node?.getChild('ArgList');
    return list ? textOf(list, of.module.text).includes(base.name) : false;
  };
  return isBase(first, second) || isBase(second, first);
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** `warm(criterion)` with `def warm(loss)`. */
function isHanded(name: string, parameter: string, to: Scope): boolean {
  const byParameter = handedTo.get(to) ?? new Map<string, ReadonlySet<string>>();
  handedTo.set(to, byParameter);
  const names = byParameter.get(parameter) ?? namesHanded(parameter, to);
  byParameter.set(parameter, names);
  return names.has(name) || names.has(`.${lastOf(name)}`);
}

const handedTo = new WeakMap<Scope, Map<string, ReadonlySet<string>>>();

/** What a parameter is given in all calls: names, and `.criterion` for `self.criterion`. */
function namesHanded(parameter: string, to: Scope): ReadonlySet<string> {
  const { module } = to;
  const isMethod = to.parent?.kind === 'class';
  const index = to.parameters.findIndex((each) => each.name === parameter) - (isMethod ? 1 : 0);
  const calls = isMethod ? module.calls.filter((each) => each.name === to.name) : callsOf(module, to.name);
  const names = calls.flatMap(({ node }) => {
    const given = argumentsOf(argListOf(node), module.text);
    const value = (given.find((each) => each.name === parameter) ?? given[index])?.value;
    const of = value && dottedOf(value, module.text);
    if (of === undefined) return [];
    return of.includes('.') ? [of, `.${lastOf(of)}`] : [of];
  });
  return new Set(names);
}

/** The function that makes the loss, and gives it. */
function makerOf({ scope }: CallSite): Scope | undefined {
  return scope.kind === 'function' ? scope : undefined;
}

interface Assigned {
  readonly name: string;
  /** One of several that go by the name. */
  readonly isElement: boolean;
}

/** Steps from a call to its assignment. */
const MOST_STEPS = 8;

/** What goes by which name is made by a call: `criterion = nn.CrossEntropyLoss().cuda()`, `losses = [nn.CrossEntropyLoss()]`. */
function assignedTo({ node, scope }: Pick<CallSite, 'node' | 'scope'>): Assigned | undefined {
  const { text } = scope.module;
  let isElement = false;
  let each: SyntaxNode | null = node.parent;
  for (let steps = 0; each && steps < MOST_STEPS; each = each.parent, steps++) {
    if (each.name === 'AssignStatement') {
      const name = dottedOf(each.firstChild, text);
      return name === undefined ? undefined : { name, isElement };
    }
    if (/^(?:Array|Tuple|Dictionary)Expression$/.test(each.name)) isElement = true;
    else if (each.name === 'ArgList') {
      const callee = each.parent && dottedOf(calleeOf(each.parent), text);
      if (!/(?:^|\.)Module(?:List|Dict)$/.test(callee ?? '')) return undefined;
    } else if (!/^(?:Call|Member|Parenthesized|Conditional)Expression$/.test(each.name)) return undefined;
  }
  return undefined;
}

/** The class a scope is in. */
export function classOf(scope: Scope): Scope | null {
  for (let each: Scope | null = scope; each; each = each.parent) if (each.kind === 'class') return each;
  return null;
}
