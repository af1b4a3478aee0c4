import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  LABELS_NAME,
  Rankings,
  type SaidClasses,
  saidFor,
  saidIn,
} from '../../classes/classEvidence.ts';
import { datasetClasses } from '../../classes/datasetClasses.ts';
import type { ClassEvidence, Classes, ClassGuess } from '../../lossConfig.ts';
import { lastWord } from '../../sourceTokens.ts';
import { Positions } from '../names/moduleIndex.ts';
import { type CallSite, lineOf, type PyModule } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, stringOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, placeOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { givenFor } from './boundCall.ts';

import type { RecognizedCall } from './recognized.ts';

/** The parameter of a loss that K is given by. */
const CLASS_PARAMETER =
  /^(?:num_?class(?:es)?|n_?class(?:es)?|nb_classes|classes|class_num|num_real_classes|size|(?:tgt_)?vocab_?size|n_vocab|vocab|nclass|num_labels|n_labels|label_num|label_size|num_tokens|ntokens|cls|K|C|c|k)$/;
const WEIGHTS = new Set(['weight', 'weights', 'class_weight', 'class_weights']);
const LAYERS: Readonly<Record<string, { readonly parameter: string; readonly position: number }>> = {
  Linear: { parameter: 'out_features', position: 1 },
  LazyLinear: { parameter: 'out_features', position: 0 },
  Dense: { parameter: 'units', position: 0 },
};
/** Words that are in every name of a count. */
const COUNT_HINTS = new Positions(/class|label|vocab|tokens/gi);
/** Characters of what is said about K. */
const LONGEST_NAME = 60;
/** How much is gone through between two yields. */
const SCOPES = 500;
const BINDINGS = 500;
const CALLS = 500;
/** Loads a dataset of the name that is its first argument. */
const LOADERS = new Set(['load_dataset', 'load', 'fetch_openml', 'create_dataset']);

/** What the comments of a cell say. */
interface Said {
  readonly comments: readonly SaidClasses[];
  /** The last comment there is, in the cell or in the nearest above that has one. */
  readonly last: Evidence | undefined;
  /** Why its code says nothing. */
  readonly failures: readonly AnalysisFailure[];
}

/** What the cells of a notebook say about the number of classes, each with those above it. */
export class CallClasses {
  readonly #resolver: Resolver;
  /** By cell. */
  readonly #said: Said[] = [];
  readonly #rankings = new Rankings();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /** What a cell and those below it say is no longer so: it has changed. */
  truncate(from: number): void {
    this.#said.length = Math.min(this.#said.length, from);
    this.#rankings.truncate(from);
  }

  /** Reads a cell and those above it, each once. To be done before any of them is asked about. */
  *readCalls({ cell = 0 }: PyModule): Work<void> {
    for (let each = this.#said.length; each <= cell; each++) {
      const module = this.#resolver.cells.at(each);
      const comments = module.comments.flatMap(
        (span) => saidIn(textOf(span, module.text), placeOf(module, span)) ?? [],
      );
      yield 0;
      const failures: AnalysisFailure[] = [];
      const found = yield* guardedSteps(failures, 0, this.#gatherEvidence(module));
      const last = comments.at(-1)?.evidence ?? this.#said.at(-1)?.last;
      this.#said.push({ comments, last, failures });
      this.#rankings.add(found);
    }
  }

  *#gatherEvidence(module: PyModule): Work<readonly Evidence[]> {
    return [
      ...(yield* this.#gatherNamed(module)),
      ...this.#layers(module),
      ...(yield* this.#gatherCalls(module)),
    ];
  }

  of(call: RecognizedCall): Classes {
    const { node, scope } = call.site;
    const { module } = scope;
    const given = argumentOf(call);
    const stated = (given && this.#stated(given)) ?? this.#weights(call);
    const written = given?.expression;
    const argument =
      written && written.scope.module === module
        ? { span: { from: written.node.from, to: written.node.to }, text: textOf(written.node, module.text) }
        : null;
    return classesOf(this.said(module, node), stated, this.guess(module), argument);
  }

  /** What a comment says of what is on these lines. */
  said(module: PyModule, { from, to }: { readonly from: number; readonly to: number }): Evidence | undefined {
    const { comments, last } = this.#said[module.cell ?? 0]!;
    return saidFor(comments, lineOf(module, from), lineOf(module, to)) ?? last;
  }

  /** The likeliest K by the code of a cell and those above it, with evidence that is nearer than that. */
  guess(module: PyModule, near: readonly Evidence[] = []): ClassGuess | null {
    return this.#rankings.guess(module.cell ?? 0, near);
  }

  /** Why the code of a cell couldn't be looked at. */
  failures({ cell = 0 }: PyModule): readonly AnalysisFailure[] {
    return this.#said[cell]!.failures;
  }

  /** Some parameters that K is given by are other things elsewhere (`size`, `c`): of those only what may be K counts. */
  #stated({ parameter, expression }: GivenClasses): Evidence | undefined {
    const evidence = this.#evidenceOf(expression, 'argument', parameter, 0);
    if (evidence || !COUNT_NAME.test(parameter)) return evidence;
    const { node, scope } = expression;
    const value = this.#resolver.resolve(expression);
    if (value.kind !== 'number') return undefined;
    const name = `${parameter}=${textOf(node, scope.module.text)}`.slice(0, LONGEST_NAME);
    const place = placeOf(scope.module, node);
    if (value.value === 1)
      return { value: 1, by: 'argument', name: parameter, place, token: null, weight: 0 };
    return { value: Number.NaN, by: 'argument', name, place, token: null, weight: 0 };
  }

  #weights({ bound, parameters }: RecognizedCall): Evidence | undefined {
    for (const name of WEIGHTS) {
      const given = givenFor(bound, name, parameters);
      const value = given && this.#resolver.resolve(given.expression);
      if (!given || !value) continue;
      const length = lengthOf(value, this.#resolver);
      const { node, scope } = given.expression;
      const name_ = textOf(node, scope.module.text);
      if (isClassCount(length) && length >= 2)
        return {
          value: length,
          by: 'weights',
          name: name_.slice(0, LONGEST_NAME),
          place: placeOf(scope.module, node),
          token: null,
          weight: 0,
        };
    }
    return undefined;
  }

  /** Constants, attributes, defaults and lists by their names. */
  *#gatherNamed(module: PyModule): Work<readonly Evidence[]> {
    const found: Evidence[] = [];
    for (const [i, scope] of module.scopes.entries()) {
      if (i % SCOPES === SCOPES - 1) yield i / module.scopes.length;
      for (const [dotted, bindings] of [...scope.bindings, ...scope.attributes]) {
        const name = dotted.slice(dotted.lastIndexOf('.') + 1);
        const counts = COUNT_NAME.test(name);
        if (!counts && !LABELS_NAME.test(name)) continue;
        for (const [j, binding] of bindings.entries()) {
          if (j % BINDINGS === BINDINGS - 1) yield i / module.scopes.length;
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
  *#gatherCalls(module: PyModule): Work<readonly Evidence[]> {
    const { text: code, calls } = module;
    const found: Evidence[] = [];
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
          const evidence = this.#evidenceOf({ node: argument.value, scope }, 'count', argument.name, 4);
          if (evidence) found.push(evidence);
        }
        if (loader) {
          const names = given.slice(0, 2).flatMap(({ value }) => stringOf(value, code) ?? []);
          const classes = names.flatMap((each) => datasetClasses(each) ?? []).at(-1);
          if (classes !== undefined) found.push(datasetEvidence(classes, names.join(' '), module, node));
        }
      }
      const callee = name === 'load_data' ? ownerOf(node, code) : name;
      const classes = loader || name.length > LONGEST_NAME ? undefined : datasetClasses(callee);
      if (classes !== undefined) found.push(datasetEvidence(classes, callee, module, node));
    }
    return found;
  }

  #evidenceOf(expression: Expression, by: ClassEvidence, name: string, weight: number): Evidence | undefined {
    const value = this.#resolver.resolve(expression);
    if (value.kind !== 'number' || !isClassCount(value.value) || value.value < 2) return undefined;
    const place = value.origins.at(-1)?.place ?? placeOf(expression.scope.module, expression.node);
    const token = value.token && !value.token.complement ? value.token.place : null;
    return { value: value.value, by, name: name.slice(0, LONGEST_NAME), place, token, weight };
  }
}

/** `cifar10` of `datasets.cifar10.load_data()` */
function ownerOf(call: Expression['node'], code: string): string {
  const object = calleeOf(call)?.firstChild;
  return object ? lastWord(textOf(object, code)) : '';
}

function datasetEvidence(value: number, name: string, module: PyModule, node: Expression['node']): Evidence {
  return { value, by: 'dataset', name, place: placeOf(module, node), token: null, weight: 3 };
}

/** The argument that is K, and the parameter it's for. */
interface GivenClasses {
  readonly parameter: string;
  readonly expression: Expression;
}

function argumentOf({ bound, parameters }: RecognizedCall): GivenClasses | undefined {
  const parameter = bound.named.nameLike(CLASS_PARAMETER);
  const given = parameter === undefined ? undefined : bound.named.get(parameter);
  if (parameter !== undefined && given) return { parameter, expression: given.expression };
  const position = parameters.findIndex((name) => CLASS_PARAMETER.test(name));
  const expression = bound.positional[position]?.expression;
  return expression && { parameter: parameters[position]!, expression };
}

/** The length of a list, of a tensor made of one, or of `torch.ones(10)`. */
function lengthOf(value: Value, resolver: Resolver): number {
  if (value.kind === 'sequence') return value.elements.length;
  if (value.kind === 'mapping') return value.entries.size ?? 0;
  if (value.kind !== 'result' || !/\.(?:ones|zeros|full|rand)$/.test(pathOf(value.of))) return 0;
  const { node, scope } = value.call;
  const first = argumentsOf(argListOf(node), scope.module.text)[0];
  const size = first && resolver.evaluate({ node: first.value, scope });
  return size?.kind === 'number' ? size.value : 0;
}
