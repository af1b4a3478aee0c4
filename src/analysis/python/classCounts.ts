import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  LABELS_NAME,
  rankedGuesses,
  saidFor,
  saidIn,
} from '../classEvidence.ts';
import { datasetClasses } from '../datasets.ts';
import type { ClassEvidence, Classes, ClassGuess } from '../lossConfig.ts';
import { givenFor } from './boundCall.ts';
import type { RecognizedCall } from './recognize.ts';
import type { Resolver } from './resolver.ts';
import { type CallSite, lineOf, type PyModule } from './scopes.ts';
import { argListOf, argumentsOf, stringOf, textOf } from './syntax.ts';
import { type Expression, pathOf, placeOf, type Value } from './values.ts';

/** The parameter of a loss that K is given by. */
const CLASS_PARAMETER =
  /^(?:num_?class(?:es)?|n_?class(?:es)?|nb_classes|classes|class_num|num_real_classes|size|(?:tgt_)?vocab_?size|n_vocab|vocab|nclass|num_labels|n_labels|label_num|label_size|num_tokens|ntokens|cls|K|C|c|k)$/;
const WEIGHTS = new Set(['weight', 'weights', 'class_weight', 'class_weights']);
const LAYERS: Readonly<Record<string, { readonly parameter: string; readonly position: number }>> = {
  Linear: { parameter: 'out_features', position: 1 },
  LazyLinear: { parameter: 'out_features', position: 0 },
  Dense: { parameter: 'units', position: 0 },
};
/** Loads a dataset of the name that is its first argument. */
const LOADERS = new Set(['load_dataset', 'load', 'fetch_openml', 'create_dataset']);

/** What a document and the cells above say about the number of classes. */
export class ClassCounts {
  readonly #resolver: Resolver;
  readonly #evidence = new Map<PyModule, readonly Evidence[]>();
  readonly #ranked = new Map<PyModule, readonly ClassGuess[]>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  of(call: RecognizedCall): Classes {
    const { node, scope } = call.site;
    const { module } = scope;
    const given = argumentOf(call);
    const stated = (given && this.#stated('argument', given)) ?? this.#weights(call);
    const argument =
      given && given.scope.module === module
        ? { span: { from: given.node.from, to: given.node.to }, text: textOf(given.node, module.text) }
        : null;
    return classesOf(this.said(module, node), stated, this.#rankedFor(module), argument);
  }

  /** What a comment says of what is on these lines. */
  said(module: PyModule, { from, to }: { readonly from: number; readonly to: number }): Evidence | undefined {
    const said = this.#resolver
      .around(module)
      .map((each) =>
        each.comments.flatMap((span) => saidIn(textOf(span, each.text), placeOf(each, span)) ?? []),
      );
    const [here = [], ...cells] = said;
    return (
      saidFor(here, lineOf(module, from), lineOf(module, to)) ??
      cells.find((each) => each.length > 0)?.at(-1)?.evidence
    );
  }

  #rankedFor(module: PyModule): readonly ClassGuess[] {
    const ranked = this.#ranked.get(module) ?? rankedGuesses(this.around(module));
    this.#ranked.set(module, ranked);
    return ranked;
  }

  around(module: PyModule): readonly Evidence[] {
    return this.#resolver.around(module).flatMap((each) => this.#evidenceIn(each));
  }

  #evidenceIn(module: PyModule): readonly Evidence[] {
    const known = this.#evidence.get(module);
    if (known) return known;
    const found = [...this.#named(module), ...this.#layers(module), ...this.#calls(module)];
    this.#evidence.set(module, found);
    return found;
  }

  #stated(by: ClassEvidence, expression: Expression): Evidence | undefined {
    return this.#evidenceOf(expression, by, textOf(expression.node, expression.scope.module.text), 0);
  }

  #weights({ bound, parameters }: RecognizedCall): Evidence | undefined {
    for (const name of WEIGHTS) {
      const given = givenFor(bound, name, parameters);
      const value = given && this.#resolver.resolve(given.expression);
      if (!given || !value) continue;
      const length = lengthOf(value, this.#resolver);
      const { node, scope } = given.expression;
      const name_ = textOf(node, scope.module.text);
      if (length >= 2)
        return {
          value: length,
          by: 'weights',
          name: name_,
          place: placeOf(scope.module, node),
          token: null,
          weight: 0,
        };
    }
    return undefined;
  }

  /** Constants, attributes, defaults and lists by their names. */
  #named(module: PyModule): readonly Evidence[] {
    const found: Evidence[] = [];
    for (const scope of module.scopes) {
      for (const [dotted, bindings] of [...scope.bindings, ...scope.attributes]) {
        const name = dotted.slice(dotted.lastIndexOf('.') + 1);
        const counts = COUNT_NAME.test(name);
        if (!counts && !LABELS_NAME.test(name)) continue;
        for (const binding of bindings) {
          const node =
            binding.kind === 'value'
              ? binding.value
              : binding.kind === 'parameter'
                ? binding.parameter.fallback
                : null;
          if (!node) continue;
          const expression = { node, scope: binding.scope };
          if (counts) {
            const evidence = this.#evidenceOf(expression, 'count', dotted, binding.kind === 'value' ? 4 : 2);
            if (evidence) found.push(evidence);
          } else {
            const length = lengthOf(this.#resolver.resolve(expression), this.#resolver);
            const place = placeOf(module, node);
            if (length >= 2)
              found.push({ value: length, by: 'labels', name: dotted, place, token: null, weight: 3 });
          }
        }
      }
    }
    return found;
  }

  /** The last layer of each class, function or model that has any. */
  #layers(module: PyModule): readonly Evidence[] {
    const lasts = new Map<unknown, CallSite>();
    for (const call of module.calls) {
      if (!Object.hasOwn(LAYERS, call.name)) continue;
      const owner = call.scope.parent?.kind === 'class' ? call.scope.parent : call.scope;
      const before = lasts.get(owner);
      // What is inside another layer's arguments isn't behind it.
      if (!before || call.node.to > before.node.to) lasts.set(owner, call);
    }
    return [...lasts.values()].flatMap((call, i, all) => {
      const { parameter, position } = LAYERS[call.name]!;
      const { text: code } = module;
      const given = argumentsOf(argListOf(call.node), code);
      const value = (
        given.find(({ name }) => name === parameter) ?? given.filter(({ name }) => !name)[position]
      )?.value;
      const weight = i === all.length - 1 ? 4 : 2;
      const evidence =
        value &&
        this.#evidenceOf({ node: value, scope: call.scope }, 'last-layer', textOf(call.node, code), weight);
      return evidence ? [{ ...evidence, place: placeOf(module, call.node) }] : [];
    });
  }

  /** `num_classes=10` of any call, and datasets. */
  #calls(module: PyModule): readonly Evidence[] {
    const { text: code } = module;
    return module.calls.flatMap(({ node, name, scope }) => {
      const list = argListOf(node);
      const loader = LOADERS.has(name);
      const text = list ? code.slice(list.from, Math.min(list.to, list.from + 2000)) : '';
      const found: Evidence[] = [];
      if (loader || /class|label|vocab|tokens/i.test(text)) {
        const given = argumentsOf(list, code);
        for (const argument of given) {
          if (argument.name === null || !COUNT_NAME.test(argument.name)) continue;
          const evidence = this.#evidenceOf({ node: argument.value, scope }, 'count', argument.name, 4);
          if (evidence) found.push(evidence);
        }
        if (loader) {
          const names = given.slice(0, 2).flatMap(({ value }) => stringOf(value, code) ?? []);
          const classes = names.flatMap((each) => datasetClasses(each) ?? []).at(-1);
          if (classes !== undefined) found.push(datasetEvidence(classes, names.join(' '), module, node));
        }
      }
      const callee =
        name === 'load_data'
          ? code
              .slice(node.from, list?.from ?? node.to)
              .split('.')
              .at(-2)
          : name;
      const classes = callee === undefined || loader ? undefined : datasetClasses(callee);
      if (classes !== undefined && callee) found.push(datasetEvidence(classes, callee, module, node));
      return found;
    });
  }

  #evidenceOf(expression: Expression, by: ClassEvidence, name: string, weight: number): Evidence | undefined {
    const value = this.#resolver.resolve(expression);
    if (value.kind !== 'number' || !Number.isInteger(value.value) || value.value < 2) return undefined;
    const place = value.origins.at(-1)?.place ?? placeOf(expression.scope.module, expression.node);
    const token = value.token && !value.token.complement ? value.token.place : null;
    return { value: value.value, by, name: name.slice(0, 60), place, token, weight };
  }
}

function datasetEvidence(value: number, name: string, module: PyModule, node: Expression['node']): Evidence {
  return { value, by: 'dataset', name, place: placeOf(module, node), token: null, weight: 3 };
}

function argumentOf({ bound, parameters }: RecognizedCall): Expression | undefined {
  for (const [name, { expression }] of bound.named) if (CLASS_PARAMETER.test(name)) return expression;
  const position = parameters.findIndex((name) => CLASS_PARAMETER.test(name));
  return position === -1 ? undefined : bound.positional[position]?.expression;
}

/** The length of a list, of a tensor made of one, or of `torch.ones(10)`. */
function lengthOf(value: Value, resolver: Resolver): number {
  if (value.kind === 'sequence') return value.elements.length;
  if (value.kind === 'mapping') return value.entries.size;
  if (value.kind !== 'result' || !/\.(?:ones|zeros|full|rand)$/.test(pathOf(value.of))) return 0;
  const { node, scope } = value.call;
  const first = argumentsOf(argListOf(node), scope.module.text)[0];
  const size = first && resolver.evaluate({ node: first.value, scope });
  return size?.kind === 'number' ? size.value : 0;
}
