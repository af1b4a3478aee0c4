import type { SiteArgument } from '../../question.ts';
import type { FunctionValue, PyValue } from '../../run/values.ts';
import type { Conditions } from './conditions.ts';
import { givenTo } from './givenTo.ts';
import { ParameterValues } from './parameterValues.ts';
import { type RoleParameter, roleOfSetting, rolesOf } from './roles.ts';
import { mayBeTensor, siteValue } from './siteValue.ts';
import type { TrialTensors } from './trialTensors.ts';

/** What constructors and calls are given, by name, and which parameters those are. */
export class TrialArguments {
  readonly roles: RoleParameter[] = [];
  /** Of what is called with the logits, without `self`. */
  called: readonly RoleParameter[] = [];
  readonly values: ParameterValues;
  readonly #given: Conditions;

  constructor(given: Conditions, tensors: TrialTensors) {
    this.#given = given;
    this.values = new ParameterValues(given, tensors);
  }

  ofConstructor(made: FunctionValue, given: readonly SiteArgument[]): Map<string, PyValue> {
    return this.#of(made, true, given, 1);
  }

  /** `skipped`: 1 where the first is `self`. */
  ofCall(made: FunctionValue, skipped: number, given: readonly SiteArgument[] = []): Map<string, PyValue> {
    return this.#of(made, false, given, skipped);
  }

  /** Settings of objects that aren't known are tried as parameters are; one for α, unless there's a parameter for it. */
  trySettings(made: readonly FunctionValue[]): void {
    const { run } = this.#given;
    const hasAlpha = made.some(({ code }) =>
      rolesOf(code.parameters, true, undefined, new Set()).some(({ role }) => role === 'alpha'),
    );
    run.settings = (name) => this.#setting(name, hasAlpha);
  }

  #setting(name: string, hasAlpha: boolean): PyValue | undefined {
    const role = roleOfSetting(name);
    if (role === null || (role === 'alpha' && hasAlpha)) return undefined;
    const parameter = { name, role, hasDefault: false, star: '' } as const;
    if (role === 'alpha' && !this.roles.some((each) => each.role === 'alpha' && each.name === name)) {
      // Of two there's no telling which one it is.
      if (this.roles.some((each) => each.role === 'alpha')) return undefined;
      this.roles.push(parameter);
    }
    return this.values.forSetting(parameter);
  }

  /** Of a class without a constructor that can be seen: what is given is handed on as it is. */
  handedOn(given: readonly SiteArgument[]): Map<string, PyValue> {
    const values = new Map<string, PyValue>();
    for (const argument of given)
      if (argument.name !== null) values.set(argument.name, siteValue(this.#given, argument));
    return values;
  }

  #of(
    made: FunctionValue,
    isConstructor: boolean,
    given: readonly SiteArgument[],
    skipped: number,
  ): Map<string, PyValue> {
    const parameters = made.code.parameters.slice(skipped);
    const at = givenTo(parameters, given, made.code.name);
    const isPlain = (argument: SiteArgument) => !mayBeTensor(siteValue(this.#given, argument));
    const plain = new Set([...at].filter(([, argument]) => isPlain(argument)).map(([name]) => name));
    const alpha = this.#alphaParameter(parameters.map(({ name }) => name));
    const byName = rolesOf(parameters, isConstructor, alpha, plain, this.#given.question.classesParameter);
    const takesWeights = byName.some(({ role, hasDefault }) => role === 'weights' && !hasDefault);
    if (!isConstructor && takesWeights) this.#given.noticed.takesWeights = true;
    // Weights of rows are given as a mask is: every row counts as much.
    const weighsRows = !isConstructor && this.#given.setup.way.weighs === 'rows';
    const roles = weighsRows
      ? byName.map((each) => (each.role === 'weights' ? { ...each, role: 'mask' as const } : each))
      : byName;
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
        values.set(name, siteValue(this.#given, argument));
    return values;
  }

  #alphaParameter(names: readonly string[]): string | undefined {
    const { alphaParameter } = this.#given.question;
    return alphaParameter !== undefined && names.includes(alphaParameter) ? alphaParameter : undefined;
  }
}
