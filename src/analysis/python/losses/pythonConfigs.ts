import type { NamedLoss } from '../../../frameworks/specOf.ts';
import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guarded } from '../../analysisFailures.ts';
import { formByName } from '../../claims/formByName.ts';
import { countBefore } from '../../common/countBefore.ts';
import type {
  AnalysisContext,
  ConfigAlpha,
  LossAnalysis,
  LossConfig,
  UnknownAlpha,
} from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { usageChecks } from '../checks/usageChecks.ts';
import { executedConfig } from '../execute/executedConfig.ts';
import { ExecutionBudget } from '../execute/executionBudget.ts';
import { changedAway, changedByMethod, changedLater } from '../inputs/later/changedLoss.ts';
import { type PlaceOfAlpha, placesOfAlpha } from '../inputs/later/placesOfAlpha.ts';
import { type LossInputs, lossInputs } from '../inputs/lossInputs.ts';
import { isWeighted, namedLoss } from '../inputs/namedLoss.ts';
import { makerOf } from '../inputs/rows/makersOfTargets.ts';
import { setNamed } from '../names/hidden/unseenChanges.ts';
import { localAlpha, localClasses } from '../names/localPlaces.ts';
import { type CallSite, classOf, lineOf, type PyModule } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import { configObjects, lossesOfObjects } from '../values/configObjects.ts';
import { declaredPlaces } from '../values/declaredPlaces.ts';
import { lossesInMagics } from '../values/notebookCommands.ts';
import type { Resolver } from '../values/resolver.ts';
import { withLossOfTargets } from '../wrapped/lossOfTargets.ts';
import { summedTargets } from '../wrapped/summedTargets.ts';
import { givenFor } from './boundCall.ts';
import { alphaOf } from './callAlpha.ts';
import type { CallClasses } from './callClasses.ts';
import { checkCall, strangeArgument } from './callFindings.ts';
import { namedLosses } from './namedLosses.ts';
import type { Recognizer } from './recognize.ts';
import type { RecognizedCall } from './recognized.ts';

/** Calls between two yields. */
const CALLS = 16;

/** The loss configurations of a module, in the order of its source. */
export function* lossesInPython(
  module: PyModule,
  resolver: Resolver,
  recognizer: Recognizer,
  counts: CallClasses,
  context: AnalysisContext,
): Work<Pick<LossAnalysis, 'configs' | 'failures' | 'unrun'>> {
  const failures: AnalysisFailure[] = [];
  const losses: Loss[] = [];
  yield* recognizer.prepare(module);
  for (const [i, site] of module.calls.entries()) {
    if (i % CALLS === CALLS - 1) yield i / module.calls.length;
    const make = () => {
      const call = recognizer.ofCall(site);
      const calls = [...(call ? [call] : []), ...namedLosses(site, resolver, recognizer)];
      return calls.flatMap((each) => lossOf(each, resolver) ?? []);
    };
    losses.push(...guarded<readonly Loss[]>(failures, lineOf(module, site.node.from), make, []));
  }
  const objects = yield* configObjects(module, resolver);
  if (losses.length > 0 || objects.length > 0) yield* counts.readCalls(module);
  const ofCalls: LossConfig[] = [];
  const sites = new Set(losses.map(({ call }) => call.site));
  const budget = new ExecutionBudget(context.runs ?? 'all');
  let unrun = false;
  for (const [i, loss] of losses.entries()) {
    if (i % CALLS === CALLS - 1) yield i / losses.length;
    const line = lineOf(module, loss.call.site.node.from);
    const { call } = loss;
    const inputs = guarded<LossInputs | undefined>(
      failures,
      line,
      () => lossInputs(call, resolver),
      undefined,
    );
    const make = () => inputs && configOf(loss, inputs, resolver, counts, context);
    const found = guarded<LossConfig | undefined>(failures, line, make, undefined);
    if (!found || !inputs) continue;
    losses.push(...makersOf(inputs, sites, resolver, recognizer));
    const made = yield* executedConfig(found, loss, resolver, budget);
    if (made === 'unrun') unrun = true;
    if (made === null || made === 'unrun') continue;
    const config = yield* withLossOfTargets(made, call, losses, resolver, budget);
    const check = () => usageChecks({ config, call, inputs, resolver, context }, recognizer);
    const usage = guarded<ReturnType<typeof usageChecks>>(failures, line, check, []);
    ofCalls.push(usage.length > 0 ? { ...config, findings: [...config.findings, ...usage] } : config);
  }
  const calls = withoutDoubles(ofCalls);
  const others = yield* lossesOfObjects(objects, module, counts, resolver.apis, calls, failures);
  const places = guarded<readonly LossConfig[]>(failures, 0, () => declaredPlaces(module, resolver), []);
  const used = new Set([...calls, ...others].flatMap(({ alpha }) => tokenAt(alpha) ?? []));
  const own = places.filter(({ alpha }) => !used.has(tokenAt(alpha) ?? -1));
  const commands = yield* lossesInMagics(module, resolver, failures);
  const configs = [...calls, ...others, ...own, ...commands].sort(
    (a, b) => a.span.from - b.span.from || b.span.to - a.span.to,
  );
  if (calls.length > 0 || others.length > 0) failures.push(...counts.failures(module));
  return { configs, failures, ...(unrun && { unrun }) };
}

/** What makes the targets of a loss, and isn't called as if it smoothed them: it's one if running it shows that. */
function makersOf(
  { uses }: LossInputs,
  known: Set<CallSite>,
  resolver: Resolver,
  recognizer: Recognizer,
): readonly Loss[] {
  return uses.flatMap(({ targets }) => {
    const site = targets ? makerOf(targets) : undefined;
    if (!site || known.has(site)) return [];
    known.add(site);
    const call = recognizer.ofMaker(site);
    return call?.tentative ? (lossOf(call, resolver) ?? []) : [];
  });
}

/** A call that is a loss configuration, and its α. */
interface Loss {
  readonly call: RecognizedCall;
  readonly alpha: ConfigAlpha;
  /** α is written as an integer. */
  readonly integer: boolean;
  /** α as it's given, where what becomes of it in the loss is in doubt; null where it isn't, or running the loss doesn't show that. */
  readonly given: ConfigAlpha | null;
}

function lossOf(call: RecognizedCall, resolver: Resolver): Loss | undefined {
  const strange = strangeArgument(call, resolver);
  if (!call.always && !call.alpha && !strange) return undefined;
  const { module } = call.site.scope;
  const { alpha: anywhere, integer } = alphaOf(call, resolver);
  const plain = localAlpha(unlessChanged(anywhere, call, resolver), module);
  const alpha = strange && !plain.argument ? strangeAlpha(plain, strange[1], module) : plain;
  if (call.argument === null && !call.entry && !alpha.span && !call.alpha && !call.always) return undefined;
  const { doubt, moves, ...sure } = call;
  const isShown = doubt !== undefined && !moves;
  const given = isShown
    ? localAlpha(unlessChanged(alphaOf(sure, resolver).alpha, call, resolver), module)
    : null;
  return { call, alpha, integer, given };
}

/** α, unless the loss gets another one later. */
function unlessChanged(alpha: ConfigAlpha, call: RecognizedCall, resolver: Resolver): ConfigAlpha {
  const change = changeOf(call, resolver);
  if (!change) return alpha;
  return {
    ...alpha,
    value: undefined,
    state: 'unknown',
    values: [],
    unknown: change,
    token: null,
  };
}

/** Where α is set later: as it's called, or wherever an object of a class of the sources keeps it. */
function changeOf(call: RecognizedCall, resolver: Resolver): UnknownAlpha | undefined {
  const { site } = call;
  const places = placesOf(call, resolver);
  for (const { inner, attribute } of places) {
    const change = changedLater(site, attribute, inner);
    if (!change) continue;
    const { name, at, line } = change;
    return { kind: 'value', name, place: { span: { from: at, to: at + name.length }, line } };
  }
  const made = resolver.settled(resolver.evaluate(call.callee));
  const owner =
    made.kind === 'definition' ? made.scope : site.name === '__init__' ? classOf(site.scope) : null;
  for (const { inner, attribute } of places) {
    const set =
      changedAway(site, attribute, resolver) ??
      (owner?.kind === 'class' && inner === '' ? changedByMethod(site, owner, attribute) : undefined);
    if (set) return { kind: 'set', ...setNamed(set) };
  }
  return undefined;
}

function placesOf({ argument, callee, entry }: RecognizedCall, resolver: Resolver): readonly PlaceOfAlpha[] {
  const own = argument === null ? [] : [{ inner: '', attribute: argument }];
  const made = resolver.settled(resolver.evaluate(callee));
  if (made.kind !== 'definition' || made.scope.kind !== 'class') return own;
  if (argument !== null) return [...own, ...placesOfAlpha(made.scope, argument)];
  // A subclass that tells its base which α has that as an attribute.
  const all = new Set((entry?.calls ?? []).flatMap((each) => each.argument ?? []));
  return [...all].map((attribute) => ({ inner: '', attribute }));
}

function configOf(
  { call, alpha, integer }: Loss,
  inputs: LossInputs,
  resolver: Resolver,
  counts: CallClasses,
  context: AnalysisContext,
): LossConfig {
  const { site, entry, framework, by, bound } = call;
  const isMultiLabel = trainsMultiLabel(call);
  const convention = isMultiLabel ? null : call.convention;
  const { module } = site.scope;
  const span = { from: site.node.from, to: site.node.to };
  const callee = { from: call.callee.node.from, to: call.callee.node.to };
  const weight =
    givenFor(bound, call.weights ?? 'weight', call.parameters) ?? bound.named.get('class_weight');
  const mixed = inputs.mixed === undefined ? undefined : mixedConfig(inputs.mixed);
  const { loss, unread } = namedLoss(call, alpha, weight, resolver);
  return {
    kind: 'call',
    api: call.api,
    entry: mixed ? null : entry,
    framework,
    name: nameOf(callee, module.text) ?? site.name,
    convention: mixed?.convention ?? convention,
    conventionBy: mixed?.conventionBy ?? by,
    span,
    line: lineOf(module, span.from),
    callee,
    alpha: mixed ? { ...alpha, ...mixed.alpha } : alpha,
    labels: inputs.labels,
    input: inputs.input,
    form: isMultiLabel ? 'sigmoid' : isUnfocused(call, resolver) ? null : call.computes,
    ...namedForm(call, resolver),
    sum: summedTargets(call, resolver),
    executed: null,
    classes: localClasses(counts.of(call, inputs.layer), module),
    weighted: isWeighted(weight) || changedLater(site, 'weight') !== undefined,
    loss: mixed?.loss ?? loss,
    ...(unread.length > 0 && { unread }),
    findings: checkCall(call, alpha, integer, resolver, context),
  };
}

/** What is called is an object, a function or a class of another file, which is known by its name alone. */
function namedForm({ entry, computes, callee, site }: RecognizedCall, resolver: Resolver) {
  const isHere = resolver.settled(resolver.evaluate(callee)).kind === 'definition';
  if (entry !== null || computes !== null || isHere) return {};
  return { looksLike: formByName([textOf(site.node, site.scope.module.text)]) };
}

/** A focal loss of the sources with γ = 0 has no factor: running it shows what it is. */
function isUnfocused(
  { entry, by, computes, bound, parameters }: RecognizedCall,
  resolver: Resolver,
): boolean {
  if (computes !== 'focal' || (entry !== null && by !== 'wrapped')) return false;
  const gamma = parameters.find((name) => /gamma/i.test(name));
  const given = gamma === undefined ? undefined : givenFor(bound, gamma, parameters);
  const value = given && resolver.resolve(given.expression);
  return value?.kind === 'number' && value.value === 0 && !value.isDefault;
}

/** A loss whose targets are smoothed in its own argument: it has that α, though its API has none. */
function mixedConfig(value: number) {
  const alpha = { value, state: 'known', values: [], unknown: null, origins: [], insertion: null } as const;
  const loss: NamedLoss = { convention: 'UNIFORM_K', labelSmoothing: value };
  return { alpha, loss, convention: 'UNIFORM_K', conventionBy: 'argument' } as const;
}

/** Hugging Face's Trainer smooths nothing where the model has several labels a row. */
function trainsMultiLabel({ entry, site }: RecognizedCall): boolean {
  return (
    entry?.id === 'hf.TrainingArguments' && site.scope.module.text.includes('multi_label_classification')
  );
}

/** Of a chain of calls the last name says enough. */
const LONGEST_NAME = 200;

function nameOf(callee: SourceSpan, code: string): string | undefined {
  return callee.to - callee.from > LONGEST_NAME ? undefined : textOf(callee, code).replace(/\s+/g, '');
}

/** An argument the callee doesn't have sets nothing, but it's what is looked at. */
function strangeAlpha(
  alpha: ConfigAlpha,
  { expression, span }: NonNullable<ReturnType<typeof strangeArgument>>[1],
  module: PyModule,
): ConfigAlpha {
  const { node, scope } = expression;
  if (scope.module !== module) return alpha;
  const value = { from: node.from, to: node.to };
  return { ...alpha, text: textOf(node, module.text), span: value, argument: span, insertion: null };
}

/**
 * One place is one configuration: a call that is its own callee is one, and an object that only holds α for a loss that is here
 * is none.
 */
function withoutDoubles(configs: readonly LossConfig[]): readonly LossConfig[] {
  const seen = new Set<string>();
  const used = new Set(configs.flatMap(({ convention, alpha }) => (convention && tokenAt(alpha)) ?? []));
  const smoothing = configs
    .flatMap(({ convention, span }) => (convention ? span.from : []))
    .sort((a, b) => a - b);
  return configs.filter(({ span: { from, to }, convention, alpha, labels, entry }) => {
    // What makes its targets smooths them, and says so.
    const isOuter = labels === 'soft' && entry?.takes === 'probabilities';
    if (isOuter && (smoothing[countBefore(smoothing, from + 1, (start) => start)] ?? to) < to) return false;
    const key = `${from} ${to}`;
    const holds = !convention && alpha.value !== undefined && used.has(tokenAt(alpha) ?? -1);
    if (seen.has(key) || holds) return false;
    seen.add(key);
    return true;
  });
}

function tokenAt({ token }: ConfigAlpha): number | undefined {
  return token && token.place.module === undefined && token.place.cell === undefined
    ? token.place.span.from
    : undefined;
}
