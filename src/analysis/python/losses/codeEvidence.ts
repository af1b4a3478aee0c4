import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import type { Work } from '../../../loss/work.ts';
import { COUNT_NAME, type Evidence, LABELS_NAME, VOCABULARY_NAME } from '../../classes/classEvidence.ts';
import { datasetClasses } from '../../classes/datasetClasses.ts';
import type { ClassEvidence } from '../../lossConfig.ts';
import { lastWord } from '../../sourceTokens.ts';
import { reachOf } from '../names/evidenceReach.ts';
import { Positions } from '../names/moduleIndex.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, placeOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { LOSS_NAME, smoothsByName } from './lossNames.ts';

/** Words that are in every name of a count. */
const COUNT_HINTS = new Positions(/class|label|vocab|tokens/gi);
const COARSE = new Positions(/coarse/gi);
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
  return {
    value: value.value,
    by,
    name: name.slice(0, LONGEST_NAME),
    place,
    token,
    weight,
    ...(value.isDefault && { isDefault: true }),
  };
}

/** Constants, attributes, defaults and lists by their names. */
function* evidenceByNames(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  const all: Evidence[] = [];
  for (const [i, scope] of module.scopes.entries()) {
    if (i % SCOPES === SCOPES - 1) yield i / module.scopes.length;
    for (const [dotted, bindings] of [...scope.bindings, ...scope.attributes]) {
      const name = dotted.slice(dotted.lastIndexOf('.') + 1);
      // In a function these are how many tokens a batch has, and the targets of a batch.
      if (scope.kind === 'function' && /^(?:num_tokens|ntokens?|labels)$/.test(dotted)) continue;
      const isConstant =
        name.at(-1)?.toLowerCase() === 's' &&
        scope.kind !== 'class' &&
        CLASSES.test(name) &&
        bindings.every(isNumber);
      const counts = COUNT_NAME.test(name) || isConstant;
      if (!counts && !LABELS_NAME.test(name)) continue;
      const own: Evidence[] = [];
      let isOpen = false;
      for (const [j, binding] of bindings.entries()) {
        if (j % BINDINGS === BINDINGS - 1) yield i / module.scopes.length;
        const evidence = counts
          ? countIn(binding, dotted, resolver)
          : labelsIn(binding, dotted, module, resolver);
        if (evidence) own.push({ ...evidence, reach: reachOf(binding.scope) });
        else isOpen ||= binding.kind === 'value' || binding.kind === 'unknown';
      }
      // It's another number in a branch that isn't known.
      all.push(...(isOpen ? own.map((each) => ({ ...each, isDefault: true })) : own));
    }
  }
  return all;
}

/** `CIFAR_CLASSES = 10`, where that is a number, and not of some of them. */
const CLASSES =
  /^(?!(?:base|new|old|novel|seen|unseen|coarse|fine|super|meta|known|unknown|open|min|max|ignore|extra|other|init|initial)_)(?:\w*_)?classes$/i;

function isNumber(binding: Binding): boolean {
  return binding.kind === 'value' && binding.value.name === 'Number';
}

function countIn(binding: Binding, name: string, resolver: Resolver): Evidence | undefined {
  const expression = valueIn(binding);
  const weight = binding.kind === 'value' ? 4 : 2;
  const evidence = expression && evidenceOfValue(expression, 'count', name, weight, resolver);
  const isOfConfig = /\.\w+\./.test(name) && VOCABULARY_NAME.test(name);
  return evidence && (binding.kind === 'parameter' || isOfConfig)
    ? { ...evidence, isDefault: true }
    : evidence;
}

function labelsIn(
  binding: Binding,
  name: string,
  module: PyModule,
  resolver: Resolver,
): Evidence | undefined {
  const expression = valueIn(binding);
  const value = expression && resolver.resolve(expression);
  const length = value ? lengthOfValue(value, resolver) : 0;
  if (!expression || length < 2 || (name === 'labels' && areNumbers(value))) return undefined;
  const place = placeOf(module, expression.node);
  return { value: length, by: 'labels', name, place, token: null, weight: 3 };
}

/** `labels = [0, 1]` are those of two rows. */
function areNumbers(value: Value | undefined): boolean {
  if (value?.kind === 'result') return true;
  return value?.kind === 'sequence' && value.elements.every(({ node }) => node.name === 'Number');
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
  const lasts = new Map<unknown, CallSite[]>();
  for (const call of module.calls) {
    if (!layers.has(call.name)) continue;
    const owner = call.scope.parent?.kind === 'class' ? call.scope.parent : call.scope;
    if (MAKES_SAMPLES.test(owner.name)) continue;
    const before = lasts.get(owner);
    // What is inside another layer's arguments isn't behind it.
    if (!before) lasts.set(owner, [call]);
    else if (call.node.to > before[0]!.node.to) before.unshift(call);
  }
  const owners = [...lasts.values()].map((calls) => calls.map((call) => layerOf(call, resolver)));
  // The layer that gives the logits may be one whose size isn't known here.
  if (
    owners.some((layers, i) =>
      layers.some((each, j) => isOpen(each, i === owners.length - 1 && j === 0, resolver)),
    )
  )
    return [];
  const outer = owners.filter(([last]) => last && !isInside(last));
  const told = outer.filter(([last]) => last && isSizedByCount(last));
  // Blocks of a model end with layers, too: where one is as large as there are classes, that's the model's last.
  return (told.length > 0 ? told : outer).flatMap(([last, ...others], i, all) => {
    const heads = others.slice(0, MOST_HEADS).filter((each) => isHeadBeside(each!, last!));
    const weight = i === all.length - 1 ? 4 : 2;
    return [last!, ...heads].flatMap(({ call, size }) => {
      const name = textOf(call.node, module.text);
      const evidence =
        size && evidenceOfValue({ node: size, scope: call.scope }, 'last-layer', name, weight, resolver);
      return evidence ? [{ ...evidence, place: placeOf(module, call.node), reach: reachOf(call.scope) }] : [];
    });
  });
}

/** What comes out of these has no classes. */
const MAKES_SAMPLES = /generator|discriminator|critic|auto_?encoder|vae/i;

/** Layers in front of the last of its class or function that may be another head. */
const MOST_HEADS = 8;

/** A layer, the size of its output, and what it is put on, as far as that is written: a size or a tensor. */
interface Layer {
  readonly call: CallSite;
  readonly size: Expression['node'] | undefined;
  readonly input: string | null;
}

function layerOf(call: CallSite, resolver: Resolver): Layer {
  const { parameter, position } = resolver.apis.layers.get(call.name)!;
  const { text: code } = call.scope.module;
  const given = argumentsOf(argListOf(call.node), code);
  const positional = given.filter(({ name, star }) => name === null && star === '');
  const size = (given.find(({ name }) => name === parameter) ?? positional[position])?.value;
  const outer = call.node.parent;
  const isApplied = outer?.name === 'CallExpression' && calleeOf(outer)?.to === call.node.to;
  const input = isApplied
    ? argListOf(outer)
    : (given.find(({ name }) => name === 'in_features') ?? (position > 0 ? positional[0] : undefined))?.value;
  return { call, size, input: input ? textOf(input, code).slice(0, LONGEST_NAME) : null };
}

function isSizedByCount({ call, size }: Layer): boolean {
  return size !== undefined && COUNT_NAME.test(lastWord(textOf(size, call.scope.module.text)));
}

/** Its size isn't known, and is the number of classes by its name, or that of the last layer there is. */
function isOpen({ call, size }: Layer, isLast: boolean, resolver: Resolver): boolean {
  if (!size) return false;
  if (!isLast && !isSizedByCount({ call, size, input: null })) return false;
  const value = resolver.resolve({ node: size, scope: call.scope });
  // `num_classes=1`, unless a caller says otherwise.
  return value.kind !== 'number' || (value.isDefault === true && value.value < 2);
}

/** What it gives goes through an activation of the layers inside. */
function isInside({ call: { node, scope } }: Layer): boolean {
  const { text: code } = scope.module;
  const own = argumentsOf(argListOf(node), code).find(({ name }) => name === 'activation');
  if (own && INSIDE.test(stringOf(own.value, code) ?? lastWord(textOf(own.value, code)))) return true;
  const next = node.nextSibling?.name === ',' ? node.nextSibling.nextSibling : null;
  const isListed = /^(?:ArgList|ArrayExpression)$/.test(node.parent?.name ?? '');
  const callee = isListed && next?.name === 'CallExpression' ? calleeOf(next) : null;
  return callee !== null && INSIDE.test(lastWord(textOf(callee, code)));
}

const INSIDE =
  /^(?:(?:leaky_?|p|r|c|thresholded_?)?relu6?|gelu|s?elu|silu|swish|hard_?swish|mish|softplus)$/i;

/** Put on the same as another layer, and not what that is put on. */
function isHeadBeside({ input, size, call }: Layer, last: Layer): boolean {
  if (input === null || input !== last.input || !size) return false;
  // `x` may be another tensor by then.
  const bound = call.scope.bindings.get(input.replace(/^\(|\)$/g, '')) ?? [];
  const isAnother = ({ kind, ...binding }: Binding) =>
    kind === 'value' &&
    'value' in binding &&
    binding.value.to >= call.node.to &&
    binding.value.to <= last.call.node.from;
  if (bound.some(isAnother)) return false;
  return textOf(size, call.scope.module.text) !== last.input;
}

/** `num_classes=10` of any call, and datasets. */
function* evidenceOfCalls(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
  const { text: code, calls } = module;
  const all: Evidence[] = [];
  const add = (evidence: Evidence, { scope }: CallSite) => all.push({ ...evidence, reach: reachOf(scope) });
  if (calls.length > 0) yield* COUNT_HINTS.prepare(module);
  for (const [i, site] of calls.entries()) {
    const { node, name, scope } = site;
    if (i % CALLS === CALLS - 1) yield i / calls.length;
    const list = argListOf(node);
    const loader = LOADERS.has(name);
    const start = list && { from: list.from, to: Math.min(list.to, list.from + 2000) };
    if (loader || (start && COUNT_HINTS.areIn(module, start))) {
      const given = argumentsOf(list, code);
      for (const argument of given) {
        if (argument.name === null || !isCount(argument.name, node, code) || isOther(name, argument.name))
          continue;
        const expression = { node: argument.value, scope };
        const evidence = evidenceOfValue(expression, 'count', argument.name, 4, resolver);
        if (evidence)
          add(isOfParameter(node) || isOneOfDict(node) ? { ...evidence, isDefault: true } : evidence, site);
      }
      if (loader) {
        const names = given.slice(0, 2).flatMap(({ value }) => stringOf(value, code) ?? []);
        const classes = names.flatMap((each) => classesIn(each, module) ?? []).at(-1);
        if (classes !== undefined) add(datasetEvidence(classes, names.join(' '), module, node), site);
      }
    }
    const callee = name === 'load_data' ? ownerOf(node, code) : name;
    const classes = loader || name.length > LONGEST_NAME ? undefined : classesIn(callee, module);
    if (classes !== undefined && isAsItComes(site)) add(datasetEvidence(classes, callee, module, node), site);
  }
  return all;
}

/** CIFAR-100 has 20 classes of classes, too: where those are spoken of, nobody knows which are meant. */
function classesIn(name: string, module: PyModule): number | undefined {
  const classes = datasetClasses(name);
  const isCoarse = classes === 100 && COARSE.areIn(module, { from: 0, to: module.text.length });
  return isCoarse ? undefined : classes;
}

/** Its labels are those it has: none are made of them, such as whether they're even. */
function isAsItComes({ node, scope }: CallSite): boolean {
  const { text: code } = scope.module;
  const list = argListOf(node);
  if (list && /target_transform/.test(textOf(list, code).slice(0, 2000))) return false;
  const rest = code.slice(node.to, Math.min(scope.span.to, node.to + BEHIND_DATASET));
  return !makesOtherLabels(rest);
}

/** Characters behind a dataset, of the same function, that are looked through. */
const BEHIND_DATASET = 4000;

/** `labels = raw >= 5`, on a line of its own: of another number of classes than the data has. */
function makesOtherLabels(code: string): boolean {
  return code.split('\n').some((line) => {
    const equals = line.indexOf('=');
    const name = line.slice(0, Math.max(0, equals)).trim();
    const value = line.slice(equals + 1, equals + 121);
    return /^[\w.]+$/.test(name) && /label|target/.test(name) && /^[^=].*?(?:[<>]=?|%|\/\/) ?\d/.test(value);
  });
}

/** `{"a": A(num_classes=6), "b": B()}`: one of several, of which others have another number perhaps. */
function isOneOfDict({ parent, from }: Expression['node']): boolean {
  if (parent?.name !== 'DictionaryExpression') return false;
  for (let each = parent.firstChild; each; each = each.nextSibling)
    if (
      each.name === 'CallExpression' &&
      each.from !== from &&
      argListOf(each)?.firstChild?.nextSibling?.name === ')'
    )
      return true;
  return false;
}

/** `def __init__(self, head=dict(num_classes=100))` */
function isOfParameter(call: Expression['node']): boolean {
  let node = call.parent;
  for (let level = 0; node && level < MOST_LEVELS; node = node.parent, level++)
    if (node.name === 'ParamList') return true;
  return false;
}

/** Calls in calls that are looked through. */
const MOST_LEVELS = 8;

/** Keras' models call it `classes`; elsewhere that may be anything. */
function isCount(argument: string, call: Expression['node'], code: string): boolean {
  if (argument !== 'classes') return COUNT_NAME.test(argument);
  const callee = calleeOf(call);
  return callee !== null && /\bapplications\b/.test(textOf(callee, code).slice(0, 200));
}

/** What a loss is told is about that loss; how many words or positions go in says nothing of what comes out. */
function isOther(callee: string, argument: string): boolean {
  if (LOSS_NAME.test(callee) || smoothsByName(callee)) return true;
  if (callee === 'dict' && !/class/i.test(argument)) return true;
  return /vocab|tokens/i.test(argument) && /embed|posit|token|encoder/i.test(callee);
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
