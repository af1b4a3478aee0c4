import { ancestry, attributeOf, callingMethod } from '../../run/attributes.ts';
import { callAny, checkInitialized, construct, contextOf, isAutogradFunction } from '../../run/calls.ts';
import { stacked, stopBy } from '../../run/collections.ts';
import { UncallableError } from '../../run/endings.ts';
import {
  Bound,
  ClassValue,
  FunctionValue,
  Instance,
  NativeObject,
  type PyValue,
  Unknown,
  Wrapped,
} from '../../run/values.ts';
import type { PyTensor } from '../../tensors/tensor.ts';
import { lossesOf } from './batch.ts';
import { calledTwice } from './calledTwice.ts';
import type { Conditions } from './conditions.ts';
import { definedBy, initializerOf } from './definedBy.ts';
import { resultOf } from './resultOf.ts';
import type { Ran } from './setup.ts';
import { TrialArguments } from './trialArguments.ts';
import { TrialTensors } from './trialTensors.ts';

/** Runs a definition once, everything anew. Throws a StopError or a RaisedError. */
export function tryOnce(given: Conditions): Ran {
  const { run, setup, batch } = given;
  if (setup.traces) run.trace = [];
  if (setup.cuts) run.cuts = setup.cuts;
  if (setup.isElsewhere) run.isTraining = false;
  const trial = new Trial(given);
  const tensor = setup.way.labels === 'number' ? rowByRow(given, trial) : resultOf(run, trial.perform());
  const { roles, called, values } = trial.given;
  const { scores } = trial.tensors;
  return {
    losses: lossesOf(tensor, batch.labels.length, setup.classes, setup.way.layout),
    isTargets: scores.length === 0,
    scores,
    roles,
    called,
    run,
    ignoredValues: values.ignoredValues,
    ignoredGiven: values.ignoredGiven,
    assumesIgnored: values.assumesIgnored,
    made: trial.made,
    siteClasses: values.siteClasses,
  };
}

/** The results for single rows, as one for all of them. `first` is asked about the first row. */
function rowByRow(given: Conditions, first: Trial): PyTensor {
  const { run, batch } = given;
  const results = batch.labels.map((label, i) => {
    const row = { logits: batch.logits.map((rows) => rows.slice(i, i + 1)), labels: [label] };
    return resultOf(run, (i === 0 ? first : new Trial({ ...given, batch: row })).perform());
  });
  return stacked(run, results);
}

type Loss = FunctionValue | Bound | Instance | NativeObject;

class Trial {
  readonly given: TrialArguments;
  readonly tensors: TrialTensors;
  made: ClassValue | null = null;
  readonly #with: Conditions;

  constructor(given: Conditions) {
    this.#with = given;
    this.tensors = new TrialTensors(given);
    this.given = new TrialArguments(given, this.tensors);
  }

  perform(): PyValue {
    const { run, question } = this.#with;
    const made = definedBy(run, question);
    if (made instanceof ClassValue) return this.#callMadeBy(made);
    if (made instanceof FunctionValue || made instanceof Bound) {
      const [own, skipped] = made instanceof Bound ? [made.made, 1] : [made, 0];
      this.given.trySettings([own]);
      const value = this.#result(made, [], this.given.ofCall(own, skipped, question.given));
      return isLoss(value) ? this.#call(value) : value;
    }
    if (made instanceof Unknown) throw stopBy(run, made);
    throw run.stop('roles');
  }

  #callMadeBy(made: ClassValue): PyValue {
    const { run, question } = this.#with;
    const computed = computedBy(made);
    if (computed) run.ownGradient ??= { at: computed.code.at, source: computed.around.module.code.source };
    if (computed) return this.#result(computed, [contextOf()], this.given.ofCall(computed, 1));
    const init = initializerOf(made);
    this.given.trySettings([...(init ? [init] : []), ...methodsOf(made)]);
    const named = init ? this.given.ofConstructor(init, question.given) : this.given.handedOn(question.given);
    const self = construct(run, made, [], named);
    run.attributesSet.clear();
    if (!(self instanceof Instance)) {
      if (self instanceof Unknown) throw stopBy(run, self);
      throw run.stop('roles');
    }
    if (self.made === made && !self.native && callingMethod(self) === undefined)
      throw new UncallableError(run.at, 'roles', made.name);
    return this.#call(self);
  }

  /** Calls a loss with logits and labels. */
  #call(loss: Loss): PyValue {
    // What was handed over to make it isn't what it's called with.
    this.tensors.scores.length = 0;
    if (loss instanceof NativeObject) return this.#callNative(loss, loss.path);
    if (loss instanceof Instance) return this.#callInstance(loss);
    const [made, skipped] = loss instanceof Bound ? [loss.made, 1] : [loss, 0];
    return this.#result(loss, [], this.given.ofCall(made, skipped));
  }

  #callInstance(loss: Instance): PyValue {
    const { run } = this.#with;
    this.made = loss.made;
    const name = callingMethod(loss);
    checkInitialized(loss, name);
    const method = name === undefined ? undefined : attributeOf(run, loss, name);
    if (method instanceof Bound) return this.#result(method, [], this.given.ofCall(method.made, 1));
    if (method instanceof FunctionValue) return this.#result(method, [], this.given.ofCall(method, 0));
    if (method instanceof Unknown) throw stopBy(run, method);
    if (!loss.native) throw run.stop('roles', loss.made.name);
    return this.#callNative(loss, loss.native.path);
  }

  /** A loss of a framework takes (input, target), of Keras (y_true, y_pred). */
  #callNative(loss: Instance | NativeObject, path: string): PyValue {
    const both = [this.tensors.scoresFor('input'), this.tensors.labels()];
    return this.#result(loss, /keras/.test(path) ? both.reverse() : both, new Map());
  }

  #result(callee: PyValue, positional: readonly PyValue[], named: ReadonlyMap<string, PyValue>): PyValue {
    const { run, setup } = this.#with;
    return (setup.checksState ? calledTwice : callAny)(run, callee, positional, named);
  }
}

/** What a `torch.autograd.Function` computes; objects of it are never made. */
function computedBy(made: ClassValue): FunctionValue | null {
  if (!isAutogradFunction(made)) return null;
  const forward = made.members.get('forward');
  const computed = forward instanceof Wrapped ? forward.value : forward;
  return computed instanceof FunctionValue ? computed : null;
}

/** What objects of a class may be called by. */
function methodsOf(made: ClassValue): FunctionValue[] {
  return ['__call__', 'call', 'forward'].flatMap((name) => {
    const method = ancestry(made)
      .map((each) => (each instanceof ClassValue ? each.members.get(name) : undefined))
      .find((each) => each !== undefined);
    return method instanceof FunctionValue ? [method] : [];
  });
}

/** What a function returned is to be called itself: it makes the loss. */
function isLoss(value: PyValue): value is Loss {
  if (value instanceof Instance) return callingMethod(value) !== undefined || value.native !== null;
  return value instanceof FunctionValue || value instanceof Bound || value instanceof NativeObject;
}
