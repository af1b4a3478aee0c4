import type { Work } from '../../../loss/work.ts';
import type { ReadLoss } from '../../claims/executedLoss.ts';
import type { LossConfig } from '../../lossConfig.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import type { Resolver } from '../values/resolver.ts';
import { writtenForm } from '../wrapped/writtenForm.ts';
import { makesOfAlpha, smooths } from './asked/alphaMade.ts';
import { CLASSES_TRIED, isAtSite, isFixedHere, isHard, tellsCount, withAnyCount } from './asked/atSite.ts';
import { replacementOf } from './asked/replacement.ts';
import { mayBeConfigured } from './code/names/decorators.ts';
import { executedFacts } from './executedFacts.ts';
import { executedProblems } from './executedProblems.ts';
import type { Reading } from './execution.ts';
import type { ExecutionBudget } from './executionBudget.ts';
import type { ExecutionQuestion } from './question.ts';
import { questionOf } from './questionOf.ts';
import { executeOnce, rememberedExecution } from './rememberedExecutions.ts';

/**
 * A loss that is written by hand does what it does when it's executed, whatever its names say. Where it can't be followed it
 * has no convention. `given`: α as it's given, where it's in doubt what becomes of it. Null: it was tentative, and doesn't smooth labels; `unrun` if that is still to be seen.
 */
export function* executedConfig(
  named: LossConfig,
  { call, given }: { readonly call: RecognizedCall; readonly given: LossConfig['alpha'] | null },
  resolver: Resolver,
  budget: ExecutionBudget,
): Work<LossConfig | 'unrun' | null> {
  const isTentative = call.tentative === true;
  const isOwn = call.entry === null || named.conventionBy === 'wrapped' || named.conventionBy === 'name';
  if (!isOwn) return named;
  const isRead = named.form !== null && !given;
  const value = resolver.settled(resolver.evaluate(call.callee));
  if (value.kind !== 'definition') return isTentative && !isRead ? null : named;
  if (isRead) return withoutDefault(named, call, value.scope);
  const config = withoutName(withoutDefault(named, call, value.scope));
  const classes = config.classes.guess?.value;
  const known = {
    alphaParameter: call.argument ?? undefined,
    classesParameter: call.classes,
    alpha: (given ?? config.alpha).value,
    classes,
  };
  const question = questionOf(value.scope, call.bound, resolver, known);
  if (!question) return isTentative ? null : yield* ofAnyCall(config, call, value.scope, resolver, budget);
  if (budget.isSpent && !rememberedExecution(question, resolver)) {
    if (isTentative) return budget.hasMore ? 'unrun' : null;
    return { ...config, executed: budget.hasMore ? PENDING : TOO_MANY };
  }
  const execution = yield* executeOnce(question, resolver, budget);
  if (isTentative && !smooths(execution)) return null;
  const { module } = call.site.scope;
  const asked = { resolver, budget, question, classes: tellsCount(call, resolver) ? null : CLASSES_TRIED };
  const whole = execution.kind === 'read' ? yield* withAnyCount(execution, asked) : execution;
  const facts = executedFacts(whole, module);
  const { callee, weighted } = config;
  const site = {
    module,
    callee,
    definition: value.scope,
    alpha: given ?? config.alpha,
    argument: call.argument,
    weighted,
  };
  const problems = executedProblems(execution, facts.kind === 'read' ? facts : null, site);
  const said = { executed: facts, findings: [...config.findings, ...problems] };
  if (execution.kind !== 'read') return { ...config, ...said, looksLike: writtenForm(value.scope) };
  const isFixed = typeof execution.alphaIs === 'object' && (yield* isFixedHere(execution, asked, config));
  const isAlpha =
    isFixed ||
    (makesOfAlpha(execution)
      ? yield* isAtSite(execution, asked)
      : (given ?? config.alpha).value === 0 && (yield* isHard(execution, asked)));
  const own = given && isAlpha ? { ...config, alpha: given } : config;
  const alphaThere = alphaSaid(own, call, execution, { isAlpha, isFixed });
  const alpha = !isAlpha && isHardBranch(execution, call) ? { ...alphaThere, ...NO_ALPHA } : alphaThere;
  return {
    ...config,
    alpha,
    classes: classesSaid(config, execution),
    ...(isAlpha ? saidBy(execution, { config, call }) : saidWithoutAlpha(execution, { config, call })),
    ...said,
    executed: facts.kind === 'read' ? withReplacement(facts, execution, call, alpha, resolver) : facts,
  };
}

/** A name says nothing of a definition that is there to be run. */
function withoutName(config: LossConfig): LossConfig {
  return config.conventionBy === 'name' ? { ...config, ...NOTHING, entry: null } : config;
}

/** α that the call leaves out is set by a decorator: in a configuration, by a command line. */
function withoutDefault(
  config: LossConfig,
  { alpha, api }: RecognizedCall,
  { decorators }: Scope,
): LossConfig {
  if (alpha || !mayBeConfigured(decorators)) return config;
  return { ...config, alpha: { ...config.alpha, ...changedAlpha(api) } };
}

/** It's called with `**options`: how it smooths is known, if what it may be given besides α and K makes no difference to that. */
function* ofAnyCall(
  config: LossConfig,
  call: RecognizedCall,
  definition: Scope,
  resolver: Resolver,
  budget: ExecutionBudget,
): Work<LossConfig> {
  const looksLike = writtenForm(definition);
  const isPlain = call.parameters.every((name) => name === call.argument || NO_MATTER.test(name));
  const question = isPlain ? questionOf(definition, null, resolver, argumentOf(call)) : null;
  if (!question || (budget.isSpent && !rememberedExecution(question, resolver)))
    return { ...config, looksLike };
  const execution = yield* executeOnce(question, resolver, budget);
  if (execution.kind !== 'read' || !makesOfAlpha(execution)) return { ...config, looksLike };
  const facts = executedFacts(execution, call.site.scope.module);
  const executed = facts.kind === 'read' ? { ...facts, here: null } : facts;
  const { form, ...said } = saidBy(execution, { config, call });
  return { ...config, ...said, looksLike: form ?? null, executed };
}

function argumentOf({ argument }: RecognizedCall): Pick<ExecutionQuestion, 'alphaParameter'> {
  return argument === null ? {} : { alphaParameter: argument };
}

/** Parameters that leave a convention what it is. */
const NO_MATTER = /class|^[knc]$|vocab|size|tokens|labels|reduc|ignore|pad|^dim$|^axis$/i;

function withReplacement(
  facts: ReadLoss,
  execution: Reading,
  call: RecognizedCall,
  alpha: LossConfig['alpha'],
  resolver: Resolver,
): ReadLoss {
  return { ...facts, replacement: replacementOf(execution, facts, call, alpha, resolver) };
}

/** α as the execution showed it: one of its own, whatever is given, or the one that is given. */
function alphaSaid(
  { alpha }: LossConfig,
  { api }: RecognizedCall,
  { alphaIs }: Reading,
  { isAlpha, isFixed }: { readonly isAlpha: boolean; readonly isFixed: boolean },
): LossConfig['alpha'] {
  if (typeof alphaIs === 'object' && isFixed) {
    const own = { value: alphaIs.fixed, state: 'known', values: [], unknown: null } as const;
    return { ...alpha, ...own, origins: [], token: null, insertion: null };
  }
  if (isAlpha || alpha.state === 'unknown') return alpha;
  return { ...alpha, ...changedAlpha(api) };
}

/** `get_criterion("ce", eps=0.3)`: what it's given chooses a loss without smoothing, whatever α is. */
function isHardBranch(
  { parts: [part, ...others], holds, form }: Reading,
  { doubt }: RecognizedCall,
): boolean {
  const isHardHere = part?.atSite?.on === 1 && part.atSite.off === 0 && others.length === 0;
  return doubt === 'branch' && isHardHere && holds.length === 0 && form === 'ce';
}

const NO_ALPHA = {
  value: 0,
  state: 'known',
  unknown: null,
  origins: [],
  token: null,
  insertion: null,
} as const;

/** K that the loss is told, where nothing else says it. */
function classesSaid({ classes }: LossConfig, { toldClasses }: Reading): LossConfig['classes'] {
  if (toldClasses === null || classes.guess || classes.refused) return classes;
  const guess = {
    value: toldClasses,
    by: 'argument',
    name: '',
    place: null,
    token: null,
    sure: 'stated',
  } as const;
  return { ...classes, guess };
}

/** α isn't what the argument says it is. */
function changedAlpha(name: string) {
  const unknown = { kind: 'changed', name, place: null } as const;
  return { value: undefined, state: 'unknown', values: [], unknown, token: null } as const;
}

function saidBy(
  execution: Reading,
  { config, call }: { readonly config: LossConfig; readonly call: RecognizedCall },
): Partial<LossConfig> {
  const [part, ...others] = execution.parts;
  const isFixed = typeof execution.alphaIs === 'object';
  const isItsAlpha = execution.alphaIs === 'parameter' && execution.hardAtZero !== false;
  const said = formSaid(execution, config, call);
  if (!part || others.length > 0 || !(isItsAlpha || isFixed)) return said;
  // Weights, and probabilities in the place of logits, leave the targets as they are.
  if (execution.form === 'sum' || execution.form === 'other' || !isPlainScale(execution)) return said;
  return { ...said, convention: part.convention, conventionBy: part.convention && 'formula' };
}

/** α isn't known, or isn't what it's called: what it computes is, and of a switch that isn't known how it smooths if it does. */
function saidWithoutAlpha(
  execution: Reading,
  { config, call }: { readonly config: LossConfig; readonly call: RecognizedCall },
): Partial<LossConfig> {
  if (config.form !== null) return {};
  const isSwitch = config.alpha.state === 'unknown' && typeof execution.alphaIs === 'object' && !call.doubt;
  return isSwitch ? saidBy(execution, { config, call }) : formSaid(execution, config, call);
}

function formSaid(execution: Reading, config: LossConfig, call: RecognizedCall): Partial<LossConfig> {
  if (execution.what === 'targets') return { ...NOTHING, form: null };
  const { form, focal, weights, takes } = execution;
  if (takes === 'probabilities' || form === 'sum' || form === 'other') return { ...NOTHING, form: 'other' };
  // A part of a cross-entropy is one, too, with targets of its own.
  const isPart = form === 'ce' && !focal && config.alpha.value !== 0;
  if (!isPlainScale(execution) && !isPart) return { ...NOTHING, form: 'other' };
  const matter = weights !== null && weights !== 'unused' && weights !== 'meanOfRows';
  const isPlain = !config.weighted && call.parameters.includes('weight');
  return {
    ...NOTHING,
    form: focal ? 'focal' : form,
    ...(matter && !isPlain && { weighted: true }),
  };
}

const PENDING = { kind: 'pending' } as const;
const TOO_MANY = { kind: 'stopped', place: null, reason: 'many', what: '' } as const;
const NOTHING = { convention: null, conventionBy: null } as const;

/** Not multiplied by anything: its figures follow from α and K. */
function isPlainScale({ form, parts }: Reading): boolean {
  const scale = parts[0]?.scale;
  return form === 'sigmoid' ? scale === 'perClass' : scale === 1;
}
