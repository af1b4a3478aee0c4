import type { ExecutionQuestion, SiteArgument } from '../../question.ts';
import { attributeOf } from '../../run/attributes.ts';
import { callAny, callingMethod, checkInitialized, construct } from '../../run/calls.ts';
import { stopBy } from '../../run/collections.ts';
import { UncallableError } from '../../run/endings.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import {
  Bound,
  ClassValue,
  FunctionValue,
  Instance,
  NativeObject,
  type PyValue,
  Unknown,
} from '../../run/values.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import { type Batch, lossesOf } from './batch.ts';
import { definedBy, initializerOf } from './definedBy.ts';
import { givenTo } from './givenTo.ts';
import { resultOf } from './resultOf.ts';
import { type RoleParameter, rolesOf } from './roles.ts';
import type { Ran, Setup } from './setup.ts';
import { TrialValues } from './trialValues.ts';

/** Runs a definition once, everything anew. Throws a StopError or a RaisedError. */
export function tryOnce(
  run: Interpreter,
  question: ExecutionQuestion,
  setup: Setup,
  batch: Batch,
  unknown: Set<SiteArgument>,
): Ran {
  if (setup.traces) run.trace = [];
  const trial = new Trial(run, question, setup, batch, unknown);
  const value = trial.perform();
  const { classes, way } = setup;
  const tensor = resultOf(run, value);
  const losses = lossesOf(tensor, batch.labels.length, classes, way.layout);
  const { roles, values } = trial;
  const { scores } = values;
  return {
    losses,
    isTargets: scores.length === 0,
    scores,
    roles,
    called: trial.called,
    run,
    ignoredValues: values.ignoredValues,
    ignoredGiven: values.ignoredGiven,
    made: trial.made,
    siteClasses: values.siteClasses,
  };
}

class Trial {
  readonly run: Interpreter;
  readonly question: ExecutionQuestion;
  readonly setup: Setup;
  readonly values: TrialValues;
  readonly roles: RoleParameter[] = [];
  called: readonly RoleParameter[] = [];
  made: ClassValue | null = null;

  constructor(
    run: Interpreter,
    question: ExecutionQuestion,
    setup: Setup,
    batch: Batch,
    unknown: Set<SiteArgument>,
  ) {
    this.run = run;
    this.question = question;
    this.setup = setup;
    this.values = new TrialValues(run, question, setup, batch, unknown);
  }

  perform(): PyValue {
    const { run } = this;
    const made = definedBy(run, this.question);
    if (made instanceof ClassValue) {
      const init = initializerOf(made);
      const named = init
        ? this.#arguments(init, true, this.question.given, 1)
        : this.#plain(this.question.given);
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
    if (made instanceof FunctionValue || made instanceof Bound) {
      const [own, self] = made instanceof Bound ? [made.made, made.self] : [made, null];
      const named = this.#arguments(own, false, this.question.given, self === null ? 0 : 1);
      const value = this.#twice(made, [], named);
      // A function that makes the loss.
      const isLoss =
        value instanceof FunctionValue ||
        value instanceof Bound ||
        value instanceof Instance ||
        value instanceof NativeObject;
      return isLoss ? this.#call(value) : value;
    }
    if (made instanceof Unknown) throw stopBy(run, made);
    throw run.stop('roles');
  }

  /** Calls a loss with logits and labels. */
  #call(loss: FunctionValue | Bound | Instance | NativeObject): PyValue {
    // What was handed over to make it isn't what it's called with.
    this.values.scores.length = 0;
    if (loss instanceof NativeObject) return this.#callNative(loss, loss.path);
    if (loss instanceof Instance) {
      this.made = loss.made;
      const name = callingMethod(loss);
      checkInitialized(loss, name);
      const method = name === undefined ? undefined : attributeOf(this.run, loss, name);
      if (method instanceof Bound) return this.#twice(method, [], this.#arguments(method.made, false, [], 1));
      if (method instanceof FunctionValue)
        return this.#twice(method, [], this.#arguments(method, false, [], 0));
      if (method instanceof Unknown) throw stopBy(this.run, method);
      if (!loss.native) throw this.run.stop('roles', loss.made.name);
      return this.#callNative(loss, loss.native.path);
    }
    const [made, skipped] = loss instanceof Bound ? [loss.made, 1] : [loss, 0];
    return this.#twice(loss, [], this.#arguments(made, false, [], skipped));
  }

  /** A loss of a framework takes (input, target), of Keras (y_true, y_pred). */
  #callNative(loss: Instance | NativeObject, path: string): PyValue {
    const both = [this.values.scoresFor('input'), this.values.labels()];
    return this.#twice(loss, /keras/.test(path) ? both.reverse() : both, new Map());
  }

  /** A loss that gives another result the second time has targets that change. */
  #twice(callee: PyValue, positional: readonly PyValue[], named: ReadonlyMap<string, PyValue>): PyValue {
    const { run } = this;
    const tensors = [...positional, ...named.values()].filter((value) => value instanceof PyTensor);
    const before = tensors.map((tensor) => tensor.values());
    const value = callAny(run, callee, positional, named);
    if (!this.setup.checksState || !(value instanceof PyTensor)) return value;
    const first = value.values();
    for (const [i, tensor] of tensors.entries()) tensor.data.set(before[i]!);
    const again = callAny(run, callee, positional, named);
    const same =
      again instanceof PyTensor && again.values().every((x, i) => Object.is(x, first[i]) || x === first[i]);
    if (!same) throw run.stop('changes');
    return again;
  }

  /** A class without a constructor that can be seen: what is given is handed on as it is. */
  #plain(given: readonly SiteArgument[]): Map<string, PyValue> {
    const values = new Map<string, PyValue>();
    for (const argument of given)
      if (argument.name !== null) values.set(argument.name, this.values.valueOf(argument));
    return values;
  }

  #arguments(
    made: FunctionValue,
    isConstructor: boolean,
    given: readonly SiteArgument[],
    skipped: number,
  ): Map<string, PyValue> {
    const parameters = made.code.parameters.slice(skipped);
    const at = givenTo(parameters, given, made.code.name);
    const plain = new Set(
      [...at].filter(([, argument]) => !this.values.mayBeTensor(argument)).map(([name]) => name),
    );
    const alpha = this.#alphaParameter(parameters.map(({ name }) => name));
    const roles = rolesOf(parameters, isConstructor, alpha, plain);
    this.roles.push(...roles);
    this.called = isConstructor ? [] : roles;
    const values = new Map<string, PyValue>();
    for (const parameter of roles) {
      if (parameter.star !== '') continue;
      const value = this.values.forParameter(parameter, at.get(parameter.name), made);
      if (value !== undefined) values.set(parameter.name, value);
    }
    for (const [name, argument] of at)
      if (!values.has(name) && !roles.some((role) => role.name === name))
        values.set(name, this.values.valueOf(argument));
    return values;
  }

  #alphaParameter(names: readonly string[]): string | undefined {
    const { alphaParameter } = this.question;
    return alphaParameter !== undefined && names.includes(alphaParameter) ? alphaParameter : undefined;
  }
}
