import type { ExecutionQuestion, SiteArgument } from '../../question.ts';
import { RaisedError, StopError } from '../../run/endings.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import { type FunctionValue, Int, List, type PyValue, Unknown } from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import { type Batch, labelsOf, scoresOf } from './batch.ts';
import type { RoleParameter } from './roles.ts';
import type { Setup } from './setup.ts';

/** Weights of which no two are alike, as no two of their products are. */
export function distinctWeights(classes: number): number[] {
  return Array.from({ length: classes }, (_, k) => 0.5 + 0.37 * k + 0.11 * ((k * 7) % 3));
}

/** What a definition's parameters get, by their roles, and what was noticed of them on the way. */
export class TrialValues {
  /** Parameters that got logits, in order. */
  readonly scores: string[] = [];
  readonly ignoredValues: number[] = [];
  readonly ignoredGiven: number[] = [];
  siteClasses: number | null = null;
  readonly run: Interpreter;
  readonly question: ExecutionQuestion;
  readonly setup: Setup;
  readonly batch: Batch;
  /** Arguments that are known to be of no known value: they aren't evaluated again. */
  readonly #unknown: Set<SiteArgument>;
  /** Tensors that were handed over: a second call gets the same. */
  readonly #tensors = new Map<string, PyValue>();

  constructor(
    run: Interpreter,
    question: ExecutionQuestion,
    setup: Setup,
    batch: Batch,
    unknown: Set<SiteArgument>,
  ) {
    this.#unknown = unknown;
    this.run = run;
    this.question = question;
    this.setup = setup;
    this.batch = batch;
  }

  /** What a parameter gets; undefined leaves its default. */
  forParameter(
    parameter: RoleParameter,
    given: SiteArgument | undefined,
    made: FunctionValue,
  ): PyValue | undefined {
    const { setup } = this;
    const { role, hasDefault, name } = parameter;
    if (role === 'scores') return this.scoresFor(name);
    if (role === 'labels') return this.labels();
    const known = given ? this.valueOf(given) : undefined;
    const isKnown = known !== undefined && !(known instanceof Unknown);
    const current = isKnown ? known : made.fallbacks.get(name);
    switch (role) {
      case 'alpha':
        return this.#alpha(known, isKnown, current, hasDefault);
      case 'classes':
        if (known instanceof Int && known.value > 1) this.siteClasses = known.value;
        else if (!given && current instanceof Int && current.value > 1) this.siteClasses = current.value;
        if (setup.isSite && isKnown) return known;
        // None, or −1: it finds out by itself.
        if (current !== undefined && !(current instanceof Int && current.value > 1))
          return isKnown ? known : undefined;
        return new Int(setup.classes + (setup.tellsMore ? 1 : 0));
      case 'ignored': {
        const assumed = new Int(setup.ignored);
        const value = isKnown ? known : hasDefault && !given ? current : assumed;
        // What is only assumed says nothing of how the rows are treated.
        if (value instanceof Int && value !== assumed) {
          this.ignoredValues.push(value.value);
          if (given) this.ignoredGiven.push(value.value);
        }
        return value;
      }
      case 'weights':
        if (setup.isSite && isKnown && setup.weights === 'none') return known;
        if (setup.weights === 'distinct' || (setup.weights === 'ones' && (!hasDefault || given)))
          return this.#weights();
        return hasDefault ? undefined : this.#weights();
      case 'mask':
        if (hasDefault && !given) return undefined;
        return isKnown ? known : this.#mask();
      case 'gamma':
        if (setup.gamma !== null) return setup.gamma;
        return isKnown ? known : hasDefault && !given ? undefined : 2;
      case 'temperature':
        if (given) return known;
        return hasDefault ? undefined : 1;
      case 'training':
        // As `self.training` is: it's the training that α is for.
        if (given) return isKnown ? known : true;
        return hasDefault ? undefined : true;
      default:
        if (given) return known;
        return hasDefault ? undefined : new Unknown(made.code.at, name);
    }
  }

  /** α is tried at several values, unless it isn't a number: then it's a switch. */
  #alpha(
    known: PyValue | undefined,
    isKnown: boolean,
    current: PyValue | undefined,
    hasDefault: boolean,
  ): PyValue | undefined {
    const { setup, question } = this;
    const isSwitch = typeof current === 'boolean';
    if (setup.isSite || setup.alpha === null) {
      if (isKnown) return known;
      if (known === undefined && hasDefault) return undefined;
      return question.alpha ?? known;
    }
    if (isSwitch) {
      if (known instanceof Unknown) return known;
      return isKnown ? known : undefined;
    }
    return setup.alpha;
  }

  valueOf(argument: SiteArgument): PyValue {
    const { name, value } = argument;
    if (this.#unknown.has(argument)) return new Unknown({ from: 0, to: 0 }, name ?? 'an argument');
    if (value.is === 'unknown') return new Unknown({ from: 0, to: 0 }, name ?? 'an argument');
    if (value.is === 'value') {
      const known = value.value;
      return typeof known === 'object' && known !== null ? new Int(known.int) : known;
    }
    const { run } = this;
    const before = run.at;
    try {
      const module = run.moduleNames(value.source);
      const known = run.evaluateNode(value.node, module);
      if (known instanceof Unknown) this.#unknown.add(argument);
      return known;
    } catch (error) {
      if (!(error instanceof StopError || error instanceof RaisedError)) throw error;
      this.#unknown.add(argument);
      return new Unknown(before, name ?? 'an argument');
    }
  }

  /** A number or a text isn't what losses are computed of. */
  mayBeTensor(argument: SiteArgument): boolean {
    const value = this.valueOf(argument);
    return value instanceof Unknown || value instanceof PyTensor || value instanceof List;
  }

  scoresFor(name: string): PyValue {
    const known = this.#tensors.get(`scores ${name}`);
    if (known) return known;
    const rows = this.batch.logits[Math.min(this.scores.length, this.batch.logits.length - 1)]!;
    this.scores.push(name);
    const tensor = scoresOf(rows, this.setup.classes, this.setup.way);
    this.#tensors.set(`scores ${name}`, tensor);
    return tensor;
  }

  labels(): PyValue {
    return labelsOf(this.batch.labels, this.setup.classes, this.setup.way);
  }

  #weights(): PyValue {
    const { classes, weights, way } = this.setup;
    const values = weights === 'distinct' ? distinctWeights(classes) : new Array<number>(classes).fill(1);
    return new PyTensor(Float64Array.from(values), [classes], 'float', way.library);
  }

  #mask(): PyValue {
    const { way } = this.setup;
    const labels = labelsOf(this.batch.labels, this.setup.classes, { ...way, labels: 'index' });
    return new PyTensor(new Float64Array(labels.size).fill(1), labels.shape, 'float', way.library);
  }
}
