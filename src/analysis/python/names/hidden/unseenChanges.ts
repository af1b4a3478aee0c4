import type { Binding, Scope } from '../../syntax/pythonScopes.ts';
import { textOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Expression } from '../../values/expression.ts';
import { asDefault, isDefault, placeOf, type Value } from '../../values/pythonValues.ts';
import { otherNamesOf } from '../aliases/aliases.ts';
import { isOfFresh } from '../aliases/freshObjects.ts';
import { visible } from '../visibleBindings.ts';
import type { HiddenSet } from './hiddenSet.ts';
import { hiddenSetsOn } from './hiddenSets.ts';
import { mayHaveRun, mayHaveRunSince, type Use } from './mayHaveRun.ts';
import { setsOfOuter } from './outerSets.ts';
import { selfSetsIn, setsInObject } from './setsInObject.ts';

/** The value of a module's name, unless what doesn't show it may have set another: `exec(open("config.py").read())`. */
export function unlessSet(
  { cells }: Pick<Evaluator, 'cells'>,
  value: Value,
  name: string,
  bindings: readonly Binding[],
  use: Use,
): Value {
  const [first] = bindings;
  if (!isChangeable(value) || first?.scope.kind !== 'module') return value;
  const sets = mayHaveRunSince(
    bindings,
    use,
    (module) => hiddenSetsOn(null, module),
    (from, limit) => cells.settingNames(from, limit),
  );
  const set = sets.find((each) => each.sets(name));
  return set ? setBy(set) : value;
}

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
export function setBy(set: Pick<HiddenSet, 'span' | 'scope'>): Value {
  return { kind: 'unknown', setBy: setNamed(set) };
}

/** What sets something, as it's written, and where. */
export function setNamed({ span, scope }: Pick<HiddenSet, 'span' | 'scope'>) {
  const written = textOf(span, scope.module.text).replace(/\s+/g, ' ');
  const name = written.length > LONGEST_NAME ? `${written.slice(0, LONGEST_NAME - 1)}…` : written;
  return { name, place: placeOf(scope.module, span) };
}
