import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import type { Work } from '../../../loss/work.ts';
import { COUNT_NAME, type Evidence, LABELS_NAME, VOCABULARY_NAME } from '../../classes/classEvidence.ts';
import type { ClassEvidence } from '../../lossConfig.ts';
import { reachOf } from '../names/evidenceReach.ts';
import type { Binding, PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, placeOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';

/** Characters of what is said about K. */
export const LONGEST_NAME = 60;
/** How much is gone through between two yields. */
const SCOPES = 500;
const BINDINGS = 500;
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
export function* evidenceByNames(module: PyModule, resolver: Resolver): Work<readonly Evidence[]> {
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

/** `CLASSES = 10`, `CIFAR_CLASSES = 10`: of all of them, which `TASK_CLASSES` and `RARE_CLASSES` aren't. */
const CLASSES =
  /^(?:CLASSES|(?:CIFAR|MNIST|SVHN|IMAGENET|COCO|VOC|ADE|STL|CUB|FOOD|FLOWERS?|PETS?|CARS|CALTECH|AIRCRAFT|DTD|CITYSCAPES|KINETICS|UCF)(?:_?\d+K?)?_CLASSES)$/;

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
