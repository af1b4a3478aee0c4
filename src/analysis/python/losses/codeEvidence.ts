import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import type { Work } from '../../../loss/work.ts';
import { COUNT_NAME, type Evidence, LABELS_NAME } from '../../classes/classEvidence.ts';
import { datasetClasses } from '../../classes/datasetClasses.ts';
import type { ClassEvidence } from '../../lossConfig.ts';
import { lastWord } from '../../sourceTokens.ts';
import { Positions } from '../names/moduleIndex.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, placeOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';

/** Words that are in every name of a count. */
const COUNT_HINTS = new Positions(/class|label|vocab|tokens/gi);
/** Characters of what is said about K. */
export const LONGEST_NAME = 60;
/** How much is gone through between two yields. */
const SCOPES = 500;
const BINDINGS = 500;
const CALLS = 500;
/** Loads a dataset of the name that is its first argument. */
const LOADERS = new Set(['load_dataset', 'load', 'fetch_openml', 'create_dataset']);

/** Everything in the code of a module that tells K: names of constants, last layers, arguments, datasets. */
export function* evidenceInCode(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  return [
    ...(yield* evidenceByNames(module, resolver)),
    ...evidenceOfLayers(module, resolver),
    ...(yield* evidenceOfCalls(module, resolver)),
  ];
}

/** What an expression says about K by its value; undefined if that can't be K, or 1. */
export function evidenceOfValue(
  expression: Expression,
  by: ClassEvidence,
  name: string,
  weight: number,
  resolver: Resolver,
): Evidence | undefined {
  const value = resolver.resolve(expression);
  if (value.kind !== 'number' || !isClassCount(value.value) || value.value < 2) return undefined;
  const place = value.origins.at(-1)?.place ?? placeOf(expression.scope.module, expression.node);
  const token = value.token && !value.token.complement ? value.token.place : null;
  return { value: value.value, by, name: name.slice(0, LONGEST_NAME), place, token, weight };
}

/** Constants, attributes, defaults and lists by their names. */
function* evidenceByNames(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  const all: Evidence[] = [];
  for (const [i, scope] of module.scopes.entries()) {
    if (i % SCOPES === SCOPES - 1) yield i / module.scopes.length;
    for (const [dotted, bindings] of [...scope.bindings, ...scope.attributes]) {
      const name = dotted.slice(dotted.lastIndexOf('.') + 1);
      const counts = COUNT_NAME.test(name);
      if (!counts && !LABELS_NAME.test(name)) continue;
      for (const [j, binding] of bindings.entries()) {
        if (j % BINDINGS === BINDINGS - 1) yield i / module.scopes.length;
        const evidence = counts
          ? countIn(binding, dotted, resolver)
          : labelsIn(binding, dotted, module, resolver);
        if (evidence) all.push(evidence);
      }
    }
  }
  return all;
}

function countIn(binding: Binding, name: string, resolver: Resolver): Evidence | undefined {
  const expression = valueIn(binding);
  const weight = binding.kind === 'value' ? 4 : 2;
  return expression && evidenceOfValue(expression, 'count', name, weight, resolver);
}

function labelsIn(
  binding: Binding,
  name: string,
  module: PyModule,
  resolver: Resolver,
): Evidence | undefined {
  const expression = valueIn(binding);
  const length = expression ? lengthOfValue(resolver.resolve(expression), resolver) : 0;
  if (!expression || length < 2) return undefined;
  const place = placeOf(module, expression.node);
  return { value: length, by: 'labels', name, place, token: null, weight: 3 };
}

/** What a name is bound to: a value, or the default of a parameter. */
function valueIn(binding: Binding): Expression | undefined {
  const { scope } = binding;
  if (binding.kind === 'value') return { node: binding.value, scope };
  const fallback = binding.kind === 'parameter' ? binding.parameter.fallback : null;
  return fallback ? { node: fallback, scope } : undefined;
}

/** The last layer of each class, function or model that has any. */
function evidenceOfLayers(module: PyModule, resolver: Resolver): readonly Evidence[] {
  const { layers } = resolver.apis;
  const lasts = new Map<unknown, CallSite>();
  for (const call of module.calls) {
    if (!layers.has(call.name)) continue;
    const owner = call.scope.parent?.kind === 'class' ? call.scope.parent : call.scope;
    const before = lasts.get(owner);
    // What is inside another layer's arguments isn't behind it.
    if (!before || call.node.to > before.node.to) lasts.set(owner, call);
  }
  return [...lasts.values()].flatMap((call, i, all) => {
    const { parameter, position } = layers.get(call.name)!;
    const { text: code } = module;
    const given = argumentsOf(argListOf(call.node), code);
    const value = (
      given.find(({ name }) => name === parameter) ?? given.filter(({ name }) => !name)[position]
    )?.value;
    const weight = i === all.length - 1 ? 4 : 2;
    const expression = value && { node: value, scope: call.scope };
    const evidence =
      expression && evidenceOfValue(expression, 'last-layer', textOf(call.node, code), weight, resolver);
    return evidence ? [{ ...evidence, place: placeOf(module, call.node) }] : [];
  });
}

/** `num_classes=10` of any call, and datasets. */
function* evidenceOfCalls(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  const { text: code, calls } = module;
  const all: Evidence[] = [];
  if (calls.length > 0) yield* COUNT_HINTS.prepare(module);
  for (const [i, { node, name, scope }] of calls.entries()) {
    if (i % CALLS === CALLS - 1) yield i / calls.length;
    const list = argListOf(node);
    const loader = LOADERS.has(name);
    const start = list && { from: list.from, to: Math.min(list.to, list.from + 2000) };
    if (loader || (start && COUNT_HINTS.areIn(module, start))) {
      const given = argumentsOf(list, code);
      for (const argument of given) {
        if (argument.name === null || !COUNT_NAME.test(argument.name)) continue;
        const expression = { node: argument.value, scope };
        const evidence = evidenceOfValue(expression, 'count', argument.name, 4, resolver);
        if (evidence) all.push(evidence);
      }
      if (loader) {
        const names = given.slice(0, 2).flatMap(({ value }) => stringOf(value, code) ?? []);
        const classes = names.flatMap((each) => datasetClasses(each) ?? []).at(-1);
        if (classes !== undefined) all.push(datasetEvidence(classes, names.join(' '), module, node));
      }
    }
    const callee = name === 'load_data' ? ownerOf(node, code) : name;
    const classes = loader || name.length > LONGEST_NAME ? undefined : datasetClasses(callee);
    if (classes !== undefined) all.push(datasetEvidence(classes, callee, module, node));
  }
  return all;
}

/** `cifar10` of `datasets.cifar10.load_data()` */
function ownerOf(call: Expression['node'], code: string): string {
  const object = calleeOf(call)?.firstChild;
  return object ? lastWord(textOf(object, code)) : '';
}

function datasetEvidence(value: number, name: string, module: PyModule, node: Expression['node']): Evidence {
  return { value, by: 'dataset', name, place: placeOf(module, node), token: null, weight: 3 };
}

/** The length of a list, of a tensor made of one, or of `torch.ones(10)`. */
export function lengthOfValue(value: Value, resolver: Resolver): number {
  if (value.kind === 'sequence') return value.elements.length;
  if (value.kind === 'mapping') return value.entries.size ?? 0;
  if (value.kind !== 'result' || !/\.(?:ones|zeros|full|rand)$/.test(pathOf(value.of))) return 0;
  const { node, scope } = value.call;
  const first = argumentsOf(argListOf(node), scope.module.text)[0];
  const size = first && resolver.evaluate({ node: first.value, scope });
  return size?.kind === 'number' ? size.value : 0;
}
