import { specFiguresOf } from '../../../loss/theory/specFigures.ts';
import type { Work } from '../../../loss/work.ts';
import type { ReadLoss } from '../../claims/executedLoss.ts';
import type { LossConfig } from '../../lossConfig.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import type { Resolver } from '../values/resolver.ts';
import { writtenForm } from '../wrapped/writtenForm.ts';
import { mayBeConfigured } from './code/names/decorators.ts';
import { executedFacts } from './executedFacts.ts';
import { executedProblems } from './executedProblems.ts';
import type { Execution, Figures, Reading, ReadPart } from './execution.ts';
import type { ExecutionBudget } from './executionBudget.ts';
import type { ExecutionQuestion } from './question.ts';
import { questionOf } from './questionOf.ts';
import { executeOnce, rememberedExecution } from './rememberedExecutions.ts';
import { replacementOf } from './replacement.ts';

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
  const asked = { resolver, budget, question, classes: tellsCount(call, resolver) ? null : CLASSES };
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

/** The more α, the less the true class gets; or it has an α of its own. */
function smooths(execution: Execution): boolean {
  if (execution.kind !== 'read' || execution.focal) return false;
  const { alphaIs, parts } = execution;
  if (typeof alphaIs === 'object') return true;
  if (alphaIs === 'unused') return false;
  const sign = alphaIs === 'parameter' ? 1 : -1;
  return parts.every(({ figures: [first, ...others] }) =>
    others.every(({ alpha, classes, on }) => {
      if (!first || alpha === null || first.alpha === null || classes !== first.classes) return true;
      return sign * (alpha - first.alpha) * (on - first.on) <= 0 && on !== first.on;
    }),
  );
}

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

/** Targets are a line in α: of its square, or of no argument at all, the argument isn't α. */
function makesOfAlpha({ alphaIs, alphaParameter, parts }: Reading): boolean {
  if (alphaIs === 'unused' || typeof alphaIs === 'object') return alphaParameter === null;
  // What is left to the label.
  if (alphaIs === 'oneMinus') return false;
  return parts.every(({ figures, convention, scale }) => {
    // Of a sum of losses they're those of all of them.
    const isAlone = scale === 1 || scale === 'perClass';
    if (convention === null && isAlone && isTimesAlpha(figures)) return false;
    const tried = figures.filter(({ alpha, classes }) => alpha !== null && classes === figures[0]?.classes);
    const [a, b, c] = tried;
    if (!a || !b || !c) return true;
    const slope = (from: Figures, to: Figures) => (to.on - from.on) / (to.alpha! - from.alpha!);
    return Math.abs(slope(a, b) - slope(b, c)) < TOLERANCE;
  });
}

/** They are those of another α, which is always the same part of the argument. */
function isTimesAlpha(figures: readonly Figures[]): boolean {
  const known = figures.filter(
    ({ alpha, sum }) => alpha !== null && alpha > 0 && Math.abs((sum ?? 0) - 1) < TOLERANCE,
  );
  if (known.length === 0 || known.length < figures.length) return false;
  const shares = [(_: number) => 1, (classes: number) => (classes - 1) / classes];
  return shares.some((of) => {
    const ratios = known.map(({ alpha, classes, on, off }) => ((1 - on + off) * of(classes ?? 2)) / alpha!);
    return ratios.every((ratio) => ratio > 0 && Math.abs(ratio - ratios[0]!) < TOLERANCE);
  });
}

/** A place that is asked about. `classes`: tried as its K where that isn't known; null where it may be told another. */
interface Site {
  readonly resolver: Resolver;
  readonly budget: ExecutionBudget;
  readonly question: ExecutionQuestion;
  readonly classes: number | null;
}

/** It's given a whole number that may be K, or something that isn't known. */
function tellsCount({ bound, alpha }: RecognizedCall, resolver: Resolver): boolean {
  const named = bound.named.names(MOST_ARGUMENTS).map((name) => bound.named.get(name));
  return [...bound.positional, ...named].some((each) => {
    if (!each || each.expression === alpha?.expression) return false;
    const value = resolver.resolve(each.expression);
    return value.kind === 'unknown' || (value.kind === 'number' && value.integer && value.value > 1);
  });
}

/** Figures are rounded. */
const TOLERANCE = 1e-4;
const MOST_ARGUMENTS = 64;
/** Tried where K isn't known: a convention is the same for any. */
const CLASSES = 4;
/** Other numbers than that: as few, and so many that shares are capped. */
const OTHER_CLASSES = [7, 300];

/** With what it's given here its targets are those of its convention, too: α isn't clamped on its way. */
function* isAtSite(execution: Reading, site: Site): Work<boolean> {
  const [part] = execution.parts;
  const { alpha } = site.question;
  if (!part?.convention || alpha === undefined || execution.alphaIs !== 'parameter') return true;
  const atSite = yield* siteFigures(part, site);
  if (!atSite) return true;
  const { on, off, alone } = specFiguresOf(part.convention, alpha, atSite.classes ?? CLASSES, 'ce');
  return alone || (Math.abs(on - atSite.on) < TOLERANCE && Math.abs(off - atSite.off) < TOLERANCE);
}

/** Whatever it may do elsewhere, here it smooths nothing. */
function* isHard({ parts: [part] }: Reading, site: Site): Work<boolean> {
  const atSite = part && (yield* siteFigures(part, site));
  return atSite?.on === 1 && atSite.off === 0;
}

/** With what it's given here it has its own α, too: no argument switches that off. */
function* isFixedHere(execution: Reading, site: Site, { alpha }: LossConfig): Work<boolean> {
  const { parts, alphaIs, alphaParameter } = execution;
  const [part, ...others] = parts;
  if (!part?.convention || others.length > 0 || typeof alphaIs !== 'object') return false;
  if (alpha.state === 'callers' || alpha.state === 'several') return false;
  const atSite = yield* siteFigures(part, site);
  if (!atSite) return alphaParameter === null;
  const { on, off } = specFiguresOf(part.convention, alphaIs.fixed, atSite.classes ?? CLASSES, 'ce');
  return Math.abs(on - atSite.on) < TOLERANCE && Math.abs(off - atSite.off) < TOLERANCE;
}

/** Sigmoids may have the same targets for any K: those of a few are those where K isn't known. */
function* withAnyCount(execution: Reading, site: Site): Work<Reading> {
  const [part, ...others] = execution.parts;
  const isOpen =
    part !== undefined && others.length === 0 && part.atSite === null && part.convention === null;
  if (execution.form !== 'sigmoid' || !isOpen || site.classes === null) return execution;
  const few = yield* siteFigures(part, site);
  if (!few) return execution;
  for (const classes of OTHER_CLASSES) {
    const more = yield* siteFigures(part, { ...site, classes });
    if (few.on !== more?.on || few.off !== more.off) return execution;
  }
  return { ...execution, parts: [{ ...part, atSite: { ...few, classes: null } }] };
}

function* siteFigures(
  { atSite }: ReadPart,
  { resolver, budget, question, classes }: Site,
): Work<Figures | null> {
  if (atSite || classes === null) return atSite;
  const again = yield* executeOnce({ ...question, classes }, resolver, budget);
  return (again.kind === 'read' && again.parts[0]?.atSite) || null;
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
