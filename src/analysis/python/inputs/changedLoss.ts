import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../common/remembered.ts';
import { type AttributeSet, setsOfAttributes } from '../names/changed/setAttributes.ts';
import { hiddenSetsOn } from '../names/hidden/hiddenSets.ts';
import { visible } from '../names/visibleBindings.ts';
import { type CallSite, lineOf, type Scope } from '../syntax/pythonScopes.ts';
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
  const changes = setsOfAttributes(module).get(attribute);
  const hidden = setUnseen(site, attribute);
  if (!changes && !hidden) return undefined;
  const made = assignedTo(site);
  const change = changes?.find((each) => isBehind(each, site) && mayBeOf(each, made, site));
  const first = change && hidden ? (hidden.at < change.at ? hidden : change) : (change ?? hidden);
  return first && { name: first.name, at: first.at, line: lineOf(module, first.at) };
}

/** `setattr(criterion, key, …)` */
function setUnseen({ node, scope }: CallSite, attribute: string): AttributeSet | undefined {
  const name = assignedTo({ node, scope })?.name;
  const set =
    name === undefined
      ? undefined
      : hiddenSetsOn(name, scope.module).find(
          (each) => each.isOfAny && !each.isEntry && each.sets(attribute) && each.span.from > node.to,
        );
  return set && { name: `${name}.${attribute}`, object: name!, at: set.span.from, scope: set.scope };
}

/** It's in another function, or behind the call. */
function isBehind({ at, scope }: AttributeSet, { node, scope: own }: CallSite): boolean {
  return scope !== own || at > node.to;
}

/** What goes by another name there may be the object: a name for it, a parameter it's handed to, one of several in a loop. */
function mayBeOf(change: AttributeSet, made: Assigned | undefined, site: CallSite): boolean {
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
  const byParameter = handedTo(to);
  const names = byParameter.get(parameter) ?? namesHanded(parameter, to);
  byParameter.set(parameter, names);
  return names.has(name) || names.has(`.${lastOf(name)}`);
}

/** What was found out of the parameters of a function. */
const handedTo = remembered((_: Scope) => new Map<string, ReadonlySet<string>>());

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
