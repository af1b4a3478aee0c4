import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import type { Binding, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import { textOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Expression } from '../../values/expression.ts';
import { asDefault, isDefault, placeOf, type Value } from '../../values/pythonValues.ts';
import { otherNamesOf } from '../aliases/aliases.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import { visible } from '../visibleBindings.ts';
import type { HiddenSet } from './hiddenSet.ts';
import { hiddenSetsOn } from './hiddenSets.ts';
import { setsOfOuter } from './outerSets.ts';
import { selfSetsIn, setsInObject } from './setsInObject.ts';

/** The value of a module's name, unless what doesn't show it may have set another: `exec(open("config.py").read())`. */
export function unlessSet(
  { cells }: Pick<Evaluator, 'cells'>,
  value: Value,
  name: string,
  bindings: readonly Binding[],
  use: { readonly scope: Scope; readonly offset: number },
): Value {
  const [first] = bindings;
  if (!isChangeable(value) || first?.scope.kind !== 'module') return value;
  const { module } = first.scope;
  const since = Math.min(...bindings.map(({ at }) => at));
  const own = hiddenSetsOn(null, module).find(
    (each) =>
      each.sets(name) &&
      each.span.from > since &&
      mayHaveRun(each, module === use.scope.module ? use : undefined, since),
  );
  if (own) return setBy(own);
  const { cell } = use.scope.module;
  if (module === use.scope.module || module.cell === undefined || cell === undefined) return value;
  const between = cells.settingNames(module.cell + 1, cell).flatMap((each) => hiddenSetsOn(null, each));
  const later = hiddenSetsOn(null, use.scope.module).filter((each) => mayHaveRun(each, use));
  const set = [...between, ...later].find((each) => each.sets(name));
  return set ? setBy(set) : value;
}

/**
 * Code of the module that stands behind a use in the module hasn't run yet, unless a loop around both has run it, that doesn't set
 * anew what is used. `since`: where that is set.
 */
export function mayHaveRun(
  { span, scope }: Pick<HiddenSet, 'span' | 'scope'>,
  use: { readonly scope: Scope; readonly offset: number } | undefined,
  since = -1,
): boolean {
  if (use?.scope.kind !== 'module' || scope.kind !== 'module' || span.to <= use.offset) return true;
  return runsAgain(span, use, since);
}

/** A loop around both runs what stands behind a use in front of it, too. */
export function runsAgain(
  { from }: SourceSpan,
  use: { readonly scope: Scope; readonly offset: number },
  since: number,
): boolean {
  const loop = loopAround(use.scope.module, use.offset);
  return loop !== undefined && from < loop.to && since < loop.from;
}

/** The outermost loop around a place: one place is asked about many times. */
function loopAround(module: PyModule, offset: number): SourceSpan | undefined {
  const asked = lastAsked(module);
  if (asked.offset === offset) return asked.loop;
  let loop: SourceSpan | undefined;
  for (let node: SyntaxNode | null = module.top.resolveInner(offset, 1); node; node = node.parent)
    if (node.name === 'ForStatement' || node.name === 'WhileStatement')
      loop = { from: node.from, to: node.to };
  Object.assign(asked, { offset, loop });
  return loop;
}

const lastAsked = remembered((_: PyModule): { offset: number; loop: SourceSpan | undefined } => ({
  offset: -1,
  loop: undefined,
}));

/** The value of an attribute, unless what doesn't show it may have set another: `setattr(cfg, key, value)`. */
export function unlessAttributeSet(
  value: Value,
  member: string,
  object: { readonly name: string; readonly value: Value },
  { node, scope }: Expression,
): Value {
  if (!isChangeable(value)) return value;
  const { module } = scope;
  const own = ownerOf(object.name, scope);
  if (own) {
    const sets = selfSetsIn(own).filter((each) => each.sets(member));
    const exact = sets.find(({ isOfAny }) => !isOfAny);
    // A caller, a file or a command line may set it.
    return exact ? setBy(exact) : sets.length > 0 ? asDefault(value) : value;
  }
  const { value: made } = object;
  const sets = [
    ...hiddenSetsOn(object.name, module).filter((each) => mayHaveRun(each, { scope, offset: node.from })),
    ...otherNamesOf(object.name, module).flatMap((other) =>
      hiddenSetsOn(other.name, module).filter(
        (each) => each.scope === other.scope && mayHaveRun(each, { scope, offset: node.from }),
      ),
    ),
    ...setsOfOuter(object.name, member, module).filter((each) =>
      mayHaveRun(each, { scope, offset: node.from }),
    ),
    ...(made.kind === 'definition' ? hiddenSetsOn(made.scope.name, module) : []),
    ...(made.kind === 'instance' ? hiddenSetsOn(made.of.name, module) : []),
    ...(made.kind === 'instance' ? setsInObject(made, member, object.name, module) : []),
  ];
  const counts = (each: HiddenSet) =>
    each.sets(member) &&
    !(each.isOfAny && isDefault(value)) &&
    // Only a dict has entries.
    !(each.isEntry && made.kind !== 'mapping') &&
    !isOfFresh(
      each.object ?? '',
      { scope: each.scope, at: each.span.from },
      each.object === object.name ? scope : null,
    );
  const bound = visible(`${object.name}.${member}`, scope, node.from);
  const isSetAnew = (each: HiddenSet) =>
    bound?.isSure === true &&
    bound.scope === each.scope &&
    bound.bindings.every(
      ({ at, block }) =>
        at > each.span.from ||
        // Each round sets it anew, in front of the use.
        (each.span.from > node.from && block.from <= each.span.from && each.span.to <= block.to),
    );
  const set = sets.find((each) => counts(each) && !isSetAnew(each));
  return set ? setBy(set) : value;
}

/** The class that `self` is an object of. */
function ownerOf(name: string, scope: Scope): Scope | undefined {
  for (let each: Scope | null = scope; each; each = each.parent)
    if (each.parent?.kind === 'class' && each.parameters[0]?.name === name) return each.parent;
  return undefined;
}

export function isChangeable({ kind }: Value): boolean {
  return kind === 'number' || kind === 'several' || kind === 'boolean';
}

/** Longer statements aren't shown as a whole. */
const LONGEST_NAME = 60;

/** A value that may have been set to another one there. */
export function setBy({ span, scope }: Pick<HiddenSet, 'span' | 'scope'>): Value {
  const written = textOf(span, scope.module.text).replace(/\s+/g, ' ');
  const name = written.length > LONGEST_NAME ? `${written.slice(0, LONGEST_NAME - 1)}…` : written;
  return { kind: 'unknown', setBy: { name, place: placeOf(scope.module, span) } };
}
