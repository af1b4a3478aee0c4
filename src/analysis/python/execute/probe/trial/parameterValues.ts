import type { SiteArgument } from '../../question.ts';
import { type FunctionValue, Int, type PyValue, Unknown } from '../../run/values.ts';
import type { Conditions } from './conditions.ts';
import type { RoleParameter } from './roles.ts';
import { siteValue } from './siteValue.ts';
import type { TrialTensors } from './trialTensors.ts';

/** Names of what grows while a model is trained, or tells whether it is; `num_iters` are iterations of the loss itself. */
const PROGRESS =
  /^(?!num_|n_|max_|total_)(?:\w*_)?(?:epoch|step|iter|iteration|train|training|eval|phase|stage|progress)s?$/i;
/** Steps and epochs that are far behind. */
const LATER = 1_000_000;

/** It may say whether a model is trained, and for how long. */
export function saysWhere({ role, name }: Pick<RoleParameter, 'role' | 'name'>): boolean {
  return role === 'training' || (role === 'other' && PROGRESS.test(name));
}

/** What a parameter may be another time, whose default says where training is; undefined of any other. */
function elsewhere(
  name: string,
  role: RoleParameter['role'],
  current: PyValue | undefined,
): PyValue | undefined {
  if (!saysWhere({ role, name })) return undefined;
  if (role === 'training') return false;
  if (current instanceof Int) return new Int(current.value + LATER);
  if (typeof current === 'number') return current + LATER;
  return typeof current === 'boolean' ? !current : undefined;
}

/** What a definition's parameters get, by their roles, and what was noticed of them on the way. */
export class ParameterValues {
  readonly ignoredValues: number[] = [];
  readonly ignoredGiven: number[] = [];
  siteClasses: number | null = null;
  /** An index that isn't known was taken for one that is tried. */
  assumesIgnored = false;
  readonly tensors: TrialTensors;
  readonly #given: Conditions;

  constructor(given: Conditions, tensors: TrialTensors) {
    this.#given = given;
    this.tensors = tensors;
  }

  /** What a parameter gets; undefined leaves its default. */
  forParameter(
    parameter: RoleParameter,
    given: SiteArgument | undefined,
    made: FunctionValue,
  ): PyValue | undefined {
    const { setup } = this.#given;
    const { role, hasDefault, name } = parameter;
    if (role === 'scores') return this.tensors.scoresFor(name);
    if (role === 'labels') return this.tensors.labels();
    const known = given ? siteValue(this.#given, given) : undefined;
    const isKnown = known !== undefined && !(known instanceof Unknown);
    const current = isKnown ? known : made.fallbacks.get(name);
    if (setup.isElsewhere && !isKnown) {
      const later = elsewhere(name, role, current);
      if (later !== undefined) return later;
    }
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
        if (value === assumed) this.assumesIgnored = true;
        if (value instanceof Int && value !== assumed) {
          this.ignoredValues.push(value.value);
          if (given) this.ignoredGiven.push(value.value);
        }
        return value;
      }
      case 'weights':
        if (setup.isSite && isKnown && setup.weights === 'none') return known;
        if (setup.weights === 'distinct' || (setup.weights === 'ones' && (!hasDefault || given)))
          return this.tensors.weights();
        return hasDefault ? undefined : this.tensors.weights();
      case 'mask':
        if (hasDefault && !given) return undefined;
        return isKnown ? known : this.tensors.mask();
      case 'gamma':
        if (setup.gamma !== null) return setup.gamma;
        return isKnown ? known : hasDefault && !given ? undefined : 2;
      case 'temperature':
        if (given) return known;
        // Of two, neither is 1, where a tempered loss is another one.
        return hasDefault ? undefined : name.endsWith('1') ? 0.8 : name.endsWith('2') ? 1.2 : 1;
      case 'lengths':
        return this.tensors.lengths() ?? new Unknown(made.code.at, name);
      case 'training':
        // As `self.training` is: it's the training that α is for.
        if (given) return isKnown ? known : true;
        return hasDefault && (setup.isSite || current !== null) ? undefined : true;
      default:
        if (given) return known;
        if (name === 'reduction' && !hasDefault) return 'mean';
        return hasDefault ? undefined : new Unknown(made.code.at, name);
    }
  }

  /** What a setting of an object that isn't known is tried as; undefined where it isn't known at the place that is asked about. */
  forSetting({ role }: RoleParameter): PyValue | undefined {
    const { setup, question } = this.#given;
    if (role === 'ignored') {
      this.assumesIgnored = true;
      return new Int(setup.ignored);
    }
    if (role === 'classes') {
      const classes = setup.isSite ? question.classes : setup.classes + (setup.tellsMore ? 1 : 0);
      return classes === undefined ? undefined : new Int(classes);
    }
    return setup.isSite ? question.alpha : (setup.alpha ?? undefined);
  }

  /** α is tried at several values, unless it isn't a number: then it's a switch. */
  #alpha(
    known: PyValue | undefined,
    isKnown: boolean,
    current: PyValue | undefined,
    hasDefault: boolean,
  ): PyValue | undefined {
    const { setup, question } = this.#given;
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
}
