import type { SyntaxNode } from '@lezer/common';
import { countBefore } from '../../../common/countBefore.ts';
import { remembered } from '../../../common/remembered.ts';
import type { SetPlace } from '../../names/aliases/alias.ts';
import type { ObjectName } from '../../names/aliases/objectsMeant.ts';
import { changedAbroad } from '../../names/changed/changedAbroad.ts';
import { setsOfAttributes } from '../../names/changed/setAttributes.ts';
import { hiddenSetsOn } from '../../names/hidden/hiddenSets.ts';
import { type CallSite, lineOf, type PyModule, statementAt } from '../../syntax/pythonScopes.ts';
import { calleeOf, dottedOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
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
  const whole = assignedTo(site);
  const made = inner === '' ? whole : { name: `${whole?.name ?? ''}.${inner}`, isElement: false };
  const seen = setsOfLosses(module).of(attribute)?.firstOf(site, made);
  const hidden = made && setUnseen(site, made.name, attribute);
  const first = seen && hidden ? (hidden.at < seen.at ? hidden : seen) : (seen ?? hidden);
  return first && { name: first.name, at: first.at, line: lineOf(module, first.at) };
}

/** The same in a function of another file or cell that it's handed to, or that has its name. */
export function changedAway(site: CallSite, attribute: string, evaluator: Evaluator): SetPlace | undefined {
  const { scope, node } = site;
  const { module } = scope;
  const made = assignedTo(site);
  if (!made) return undefined;
  const isLater = (call: Pick<CallSite, 'node' | 'scope'>) =>
    call.scope !== scope || call.node.from > node.from;
  const set = changedAbroad(evaluator, made.name, attribute, module, isLater);
  if (set || !module.cell) return set;
  for (const above of evaluator.cells.changing(made.name, 0, module.cell)) {
    const own = setsOfAttributes(above)
      .get(attribute)
      ?.find((each) => each.object === made.name && each.scope.kind === 'function');
    if (own) return { span: statementAt(above, own.at), scope: own.scope };
  }
  return undefined;
}

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

/** Steps from a call to its assignment. */
const MOST_STEPS = 8;

/** What goes by which name is made by a call: `criterion = nn.CrossEntropyLoss().cuda()`, `losses = [nn.CrossEntropyLoss()]`. */
function assignedTo({ node, scope }: CallSite): ObjectName | undefined {
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
