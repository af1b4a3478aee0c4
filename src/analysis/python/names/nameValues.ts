import { countBefore } from '../../common/countBefore.ts';
import type { Binding, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { argumentsOf, stringOf } from '../syntax/syntaxNodes.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import {
  agreed,
  asDefault,
  type PathValue,
  pathOf,
  placeOf,
  UNKNOWN_VALUE,
  type Value,
  via,
} from '../values/pythonValues.ts';
import { mayRunBetween } from './changed/callersOf.ts';
import { functionWithin } from './changed/setBeforeCalls.ts';
import type { Use } from './hidden/mayHaveRun.ts';
import { MOST_STARS, unlessStarred } from './hidden/starImports.ts';
import { unlessSet } from './hidden/unseenChanges.ts';
import { last, visible } from './visibleBindings.ts';

/** The value of a name where it is used. */
export function nameValue(evaluator: Evaluator, name: string, scope: Scope, offset: number): Value {
  const here = visible(name, scope, offset);
  if (here) {
    const value = agreedBindings(evaluator, name, here.bindings);
    const isNumber = value.kind === 'number';
    const behind = isNumber ? setWhileCalled(name, scope, here.scope) : undefined;
    const above = isNumber ? setAbove(evaluator, name, scope, here.scope) : [];
    const others = [...(behind ?? here.bindings), ...above];
    const found = behind || above.length > 0 ? agreedBindings(evaluator, name, others) : value;
    return unlessOthersSet(evaluator, found, name, here.bindings, { scope, offset });
  }
  const above = evaluator.cells.binding(name, scope.module)?.scope.bindings.get(name);
  if (above)
    return unlessOthersSet(evaluator, agreedBindings(evaluator, name, last(above)), name, last(above), {
      scope,
      offset,
    });
  return starredValue(evaluator, name, scope.module) ?? customaryValue(evaluator, name, scope.module);
}

/** The value, unless what shows no assignment sets the name behind its bindings. */
export function unlessOthersSet(
  evaluator: Evaluator,
  value: Value,
  name: string,
  bindings: readonly Binding[],
  use: Use,
): Value {
  return unlessStarred(evaluator, unlessSet(evaluator, value, name, bindings, use), name, bindings, use);
}

/** A name that is set more often than this while functions are called isn't followed. */
const MOST_SET = 64;

/** What a scope sets a name to behind a function that reads it, and in front of it: it may be called in between. */
function setWhileCalled(name: string, from: Scope, owner: Scope): readonly Binding[] | undefined {
  let outermost = from;
  while (outermost.parent && outermost.parent !== owner) outermost = outermost.parent;
  const all = owner.bindings.get(name);
  if (owner === from || owner.kind === 'class' || outermost.kind === 'module' || !all) return undefined;
  const before = countBefore(all, outermost.span.from, ({ at }) => at);
  const set = all.slice(Math.max(0, before - 1));
  if (before === all.length || set.length < 2) return undefined;
  return set.length > MOST_SET ? [{ ...set[0]!, kind: 'unknown' }] : set;
}

/** A cell sets it behind a call of its function that uses it: then it was what the cells above set it to. */
function setAbove({ cells }: Evaluator, name: string, from: Scope, owner: Scope): readonly Binding[] {
  const { module } = from;
  const user = owner.kind === 'module' && module.cell ? functionWithin(owner, from) : undefined;
  const [first] = owner.bindings.get(name) ?? [];
  if (!user || !first || !mayRunBetween(user, user.span.to, first.at)) return [];
  const above = cells.binding(name, module)?.scope.bindings.get(name);
  return above ? last(above) : [];
}

/** The value of a name of a module, for who imports it. */
export function exportedValue(evaluator: Evaluator, name: string, module: PyModule): Value {
  const bindings = module.scope.bindings.get(name);
  const use = { scope: module.scope, offset: module.text.length };
  if (bindings)
    return unlessOthersSet(
      evaluator,
      agreedBindings(evaluator, name, last(bindings)),
      name,
      last(bindings),
      use,
    );
  return starredValue(evaluator, name, module) ?? UNKNOWN_VALUE;
}

/** Of several imports of one name, the one that is known: the others are for other releases. */
function agreedBindings(evaluator: Evaluator, name: string, bindings: readonly Binding[]): Value {
  const values = bindings.map((binding) => boundValue(evaluator, name, binding));
  const api = values.find((value) => value.kind === 'path' && evaluator.apis.calls.of(pathOf(value)));
  if (api && values.every(({ kind }) => kind === 'path' || kind === 'none' || kind === 'unknown')) return api;
  return agreed(values);
}

export function boundValue(evaluator: Evaluator, name: string, binding: Binding): Value {
  const { module } = binding.scope;
  switch (binding.kind) {
    case 'value': {
      const value = evaluator.evaluate({ node: binding.value, scope: binding.scope });
      const kind = binding.scope.kind === 'class' ? (binding.annotated ? 'field' : 'attribute') : 'constant';
      return via(value, kind, name, placeOf(module, binding.value));
    }
    case 'definition':
      return { kind: 'definition', scope: binding.defined };
    case 'import': {
      const path = binding.path === '' ? [] : binding.path.split('.');
      const parts = binding.name === null ? path : [...path, binding.name];
      return { kind: 'path', level: binding.level, parts, modules: path.length, asker: module };
    }
    case 'parameter':
      return parameterValue(evaluator, name, binding);
    case 'element':
      return elementValue(evaluator, { node: binding.of, scope: binding.scope });
    case 'unknown':
      return UNKNOWN_VALUE;
  }
}

/** A loop over more elements isn't followed. */
const MOST_ELEMENTS = 16;

/** One of the elements of a list that is written down. */
export function elementValue(evaluator: Evaluator, list: Expression): Value {
  const value = evaluator.evaluate(list);
  if (value.kind !== 'sequence' || value.elements.length > MOST_ELEMENTS) return UNKNOWN_VALUE;
  return agreed(value.elements.map((each) => evaluator.evaluate(each)));
}

function parameterValue(
  evaluator: Evaluator,
  name: string,
  { scope, ...binding }: Binding & { readonly kind: 'parameter' },
): Value {
  const { parameter } = binding;
  if (parameter.star !== '') return UNKNOWN_VALUE;
  if (scope.parent?.kind === 'class' && scope.parameters[0] === parameter)
    return { kind: 'instance', of: scope.parent, given: new Map(), isSelf: true };
  const outer = scope.parent ?? scope;
  if (parameter.fallback) {
    const value = evaluator.evaluate({ node: parameter.fallback, scope: outer });
    return value.kind === 'none'
      ? UNKNOWN_VALUE
      : asDefault(via(value, 'parameter', name, placeOf(scope.module, parameter.fallback)));
  }
  const option = optionDefault(evaluator, name, scope);
  if (option) return option;
  if (parameter.annotation) {
    const type = evaluator.settled(evaluator.evaluate({ node: parameter.annotation, scope: outer }));
    if (type.kind === 'definition' && type.scope.kind === 'class')
      return { kind: 'instance', of: type.scope, given: new Map(), isDefault: true };
  }
  return { kind: 'settings' };
}

/** `@click.option("--eps", default=0.1)` above the function of a parameter. */
function optionDefault(evaluator: Evaluator, name: string, scope: Scope): Value | undefined {
  if (!scope.decorators.some((each) => each.includes('option'))) return undefined;
  const { text: code } = scope.module;
  const outer = scope.parent ?? scope;
  for (const decorator of scope.node?.parent?.getChildren('Decorator') ?? []) {
    const given = argumentsOf(decorator.getChild('ArgList'), code);
    const names = given.flatMap((each) => (each.name === null ? (stringOf(each.value, code) ?? []) : []));
    const flag = names.find((each) => each.startsWith('--')) ?? '';
    const bare = names.find((each) => /^\w+$/.test(each));
    const parameter = bare ?? flag.replace(/^--/, '').split('/')[0]!.replaceAll('-', '_');
    const fallback = given.find((each) => each.name === 'default')?.value;
    if (parameter !== name || !fallback) continue;
    const value = evaluator.evaluate({ node: fallback, scope: outer });
    return asDefault(via(value, 'flag', flag, placeOf(scope.module, fallback)));
  }
  return undefined;
}

/** A name that isn't of the module itself: of what it imports all of, the last first. */
function starredValue(evaluator: Evaluator, name: string, module: PyModule): Value | undefined {
  const { calls, imports } = evaluator.apis;
  for (const { level, path } of module.stars.slice(-MOST_STARS).toReversed()) {
    const parts = path === '' ? [] : path.split('.');
    const value: PathValue = {
      kind: 'path',
      level,
      parts: [...parts, name],
      modules: parts.length,
      asker: module,
    };
    if (calls.names.has(name) && calls.of(pathOf(value))) return value;
    if (evaluator.store.isPackage(value)) {
      // fastai and its like bring the customary names along.
      if (imports.customary(name) !== undefined) return customaryValue(evaluator, name, module);
      continue;
    }
    const settled = evaluator.settled(value);
    if (settled.kind !== 'path' && settled.kind !== 'unknown') return settled;
  }
  return undefined;
}

function customaryValue({ apis }: Evaluator, name: string, asker: PyModule): Value {
  const path = apis.imports.customary(name);
  if (path === undefined) return UNKNOWN_VALUE;
  const parts = path.split('.');
  return { kind: 'path', level: 0, parts, modules: parts.length, asker };
}
