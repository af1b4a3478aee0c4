import { isClassCount } from '../../../loss/conventions/smoothing.ts';
import { ignoresClasses } from '../../../loss/theory/specFigures.ts';
import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guardedSteps } from '../../analysisFailures.ts';
import {
  COUNT_NAME,
  classesOf,
  type Evidence,
  guessOf,
  Rankings,
  type SaidClasses,
  saidFor,
  saidIn,
} from '../../classes/classEvidence.ts';
import type { Classes, ClassGuess } from '../../lossConfig.ts';
import { evidenceInCode } from '../evidence/evidenceInCode.ts';
import { type CallSite, lineOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { placeOf } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { returnsOf } from '../wrapped/returned.ts';
import { givenFor } from './boundCall.ts';
import { evidenceOfValue, LONGEST_NAME, lengthOfValue } from './codeEvidence.ts';
import type { RecognizedCall } from './recognized.ts';
import { constructorOf } from './smoothingDefinitions.ts';

/** The parameter of a loss that K is given by. */
const CLASS_PARAMETER =
  /^(?:num_?class(?:es)?|n_?class(?:es)?|nb_classes|classes|class_num|num_real_classes|size|(?:tgt_)?vocab_?size|n_vocab|vocab|nclass|num_labels|n_labels|label_num|label_size|num_tokens|n_?tok(?:en)?s?|cls|K|C|c|k)$/;
const VOCABULARY = /vocab/i;
const WEIGHTS = new Set(['weight', 'weights', 'class_weight', 'class_weights']);
/** What the comments of a cell say. */
interface CellComments {
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
  readonly #comments: CellComments[] = [];
  readonly #rankings = new Rankings();
  /** Of the sizes of vocabularies alone. */
  readonly #vocabularies = new Rankings();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
  }

  /** What a cell and those below it say is no longer so: it has changed. */
  truncate(from: number): void {
    this.#comments.length = Math.min(this.#comments.length, from);
    this.#rankings.truncate(from);
    this.#vocabularies.truncate(from);
  }

  /** Reads a cell and those above it, each once. To be done before any of them is asked about. */
  *readCalls({ cell = 0 }: PyModule): Work<void> {
    for (let each = this.#comments.length; each <= cell; each++) {
      const module = this.#resolver.cells.at(each);
      const comments = module.comments.flatMap(
        (span) => saidIn(textOf(span, module.text), placeOf(module, span)) ?? [],
      );
      yield 0;
      const failures: AnalysisFailure[] = [];
      const evidence = yield* guardedSteps(failures, 0, evidenceInCode(module, this.#resolver));
      const last = comments.at(-1)?.evidence ?? this.#comments.at(-1)?.last;
      this.#comments.push({ comments, last, failures });
      this.#rankings.add(evidence);
      this.#vocabularies.add(evidence.filter(({ name }) => VOCABULARY.test(name)));
    }
  }

  /** `layer`: the one its logits come from; null: several that differ; undefined: that isn't known. */
  of(call: RecognizedCall, layer?: Evidence | null | 'counted'): Classes {
    const { node, scope } = call.site;
    const { module } = scope;
    const given = argumentOf(call);
    const own = given ?? this.#ownDefault(call);
    const stated = (own && this.#stated(own)) ?? this.#weights(call);
    const written = given?.expression;
    const argument =
      written && written.scope.module === module
        ? { span: { from: written.node.from, to: written.node.to }, text: textOf(written.node, module.text) }
        : null;
    const inferred = this.#likeliest(call, layer);
    // The call has a number of its own that isn't known here: a layer elsewhere says nothing of it.
    const likeliest = given && !stated && inferred?.by === 'last-layer' ? null : inferred;
    return classesOf(this.said(module, node), stated, likeliest, argument);
  }

  #likeliest(call: RecognizedCall, layer: Evidence | null | undefined | 'counted'): ClassGuess | null {
    if (layer === null) return null;
    const guess = this.#guessFor(call);
    if (layer === 'counted') return guess?.by === 'count' ? guess : null;
    if (layer && !layer.isDefault) return guessOf(layer, 'likely');
    // The size of a layer that a caller may set, and that something else agrees with or nothing says otherwise.
    return layer && guess?.value !== layer.value ? null : guess;
  }

  /** What the code lets infer for a call, unless that is of something else. */
  #guessFor({ site, entry, bound, convention, computes }: RecognizedCall): ClassGuess | null {
    const { module } = site.scope;
    // A sigmoid that shares with no other class has the same targets for any K, and one output may be all there is.
    if (isOfObjects(bound)) return null;
    if (convention === null ? computes === 'sigmoid' : ignoresClasses(convention)) return null;
    if ((entry?.id === 'hf.TrainingArguments' && isOfSequences(site)) || isOfWords(site))
      return this.#vocabularies.guess(module.cell ?? 0, [], site.scope);
    return this.guess(site.scope);
  }

  /** What a comment says of what is on these lines. */
  said(module: PyModule, { from, to }: { readonly from: number; readonly to: number }): Evidence | undefined {
    const { comments, last } = this.#comments[module.cell ?? 0]!;
    return saidFor(comments, lineOf(module, from), lineOf(module, to)) ?? last;
  }

  /** The likeliest K for what is in a scope, by its cell and those above it, with evidence that is nearer than that. */
  guess(from: Scope, near: readonly Evidence[] = []): ClassGuess | null {
    return this.#rankings.guess(from.module.cell ?? 0, near, from);
  }

  /** Why the code of a cell couldn't be looked at. */
  failures({ cell = 0 }: PyModule): readonly AnalysisFailure[] {
    return this.#comments[cell]!.failures;
  }

  /** K is left out, and the definition that is called has a default for it. */
  #ownDefault({ bound, callee, classes }: RecognizedCall): GivenClasses | undefined {
    const value = bound.open ? undefined : this.#resolver.resolve(callee);
    const initializer =
      value?.kind === 'definition' && !choosesLoss(value.scope) ? constructorOf(value.scope) : null;
    const isCount = (name: string) => name === classes || name === 'classes' || COUNT_NAME.test(name);
    const parameter = initializer?.parameters.find(({ name }) => isCount(name));
    const outer = initializer?.parent;
    if (!parameter?.fallback || !outer) return undefined;
    return { parameter: parameter.name, expression: { node: parameter.fallback, scope: outer } };
  }

  /** Some parameters that K is given by are other things elsewhere (`size`, `c`): of those only what may be K counts. */
  #stated({ parameter, expression }: GivenClasses): Evidence | undefined {
    const evidence = evidenceOfValue(expression, 'argument', parameter, 0, this.#resolver);
    // A default that callers may replace says nothing of this call.
    if (evidence?.isDefault) return undefined;
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
      const length = lengthOfValue(value, this.#resolver);
      const { node, scope } = given.expression;
      const written = textOf(node, scope.module.text);
      if (isClassCount(length) && length >= 2)
        return {
          value: length,
          by: 'weights',
          name: written.slice(0, LONGEST_NAME),
          place: placeOf(scope.module, node),
          token: null,
          weight: 0,
        };
    }
    return undefined;
  }
}

/** `self.crit_mask_lm = nn.CrossEntropyLoss()`: a loss of words, whatever else the model tells apart. */
function isOfWords({ node, scope }: CallSite): boolean {
  const assigned = node.parent?.name === 'AssignStatement' ? node.parent.firstChild : null;
  const name = assigned ? textOf(assigned, scope.module.text).slice(0, LONGEST_NAME) : '';
  return /(?:^|[._])(?:mlm|lm|mask(?:ed)?_lm)(?:_|$)/i.test(name);
}

/** `weight=self.empty_weight`: one more class than there are, for what is no object. */
function isOfObjects({ named, positional }: RecognizedCall['bound']): boolean {
  const weight = named.get('weight')?.expression ?? positional[2]?.expression;
  if (!weight) return false;
  const { node, scope } = weight;
  return /(?:^|\.)empty_?weights?$/.test(textOf(node, scope.module.text).slice(-LONGEST_NAME));
}

/** Trains a model that writes text: its classes are the words of its vocabulary. */
function isOfSequences({ name, scope }: CallSite): boolean {
  return (
    name.startsWith('Seq2Seq') ||
    /Seq2Seq(?:LM|Trainer)|CausalLM|ConditionalGeneration|MaskedLM|LMHead/.test(scope.module.text)
  );
}

/** What a function gives is one of several things, each with its own arguments: `if name == 'ce': criterion = …` */
function choosesLoss(scope: Scope): boolean {
  if (scope.kind !== 'function') return false;
  const { text: code } = scope.module;
  const returned = returnsOf(scope).filter(({ name }) => name === 'VariableName');
  return returned.some((node) => (scope.bindings.get(textOf(node, code))?.length ?? 0) > 1);
}

/** The argument that is K, and the parameter it's for. */
interface GivenClasses {
  readonly parameter: string;
  readonly expression: Expression;
}

/** Parameters of what contrasts pairs. */
const CONTRASTS = /^(?:temperature|temp|queue_?size|moco_\w+)$/i;

function argumentOf({ bound, parameters, classes }: RecognizedCall): GivenClasses | undefined {
  const shown = classes === undefined ? undefined : givenFor(bound, classes, parameters);
  if (classes !== undefined && shown) return { parameter: classes, expression: shown.expression };
  // A letter is the length of a queue, or the number of neighbours, of what contrasts pairs.
  if (bound.named.nameLike(CONTRASTS) !== undefined) {
    const parameter = bound.named.nameLike(COUNT_NAME);
    const given = parameter === undefined ? undefined : bound.named.get(parameter);
    return parameter !== undefined && given ? { parameter, expression: given.expression } : undefined;
  }
  const parameter = bound.named.nameLike(CLASS_PARAMETER);
  const given = parameter === undefined ? undefined : bound.named.get(parameter);
  if (parameter !== undefined && given) return { parameter, expression: given.expression };
  const position = parameters.findIndex((name) => CLASS_PARAMETER.test(name));
  const expression = bound.positional[position]?.expression;
  return expression && { parameter: parameters[position]!, expression };
}
