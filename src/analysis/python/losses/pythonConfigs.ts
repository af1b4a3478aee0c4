import type { NamedLoss } from '../../../frameworks/specOf.ts';
import { LOSS_REDUCTIONS } from '../../../loss/lossSpec.ts';
import type { Work } from '../../../loss/work.ts';
import { type AnalysisFailure, guarded } from '../../analysisFailures.ts';
import type { AnalysisContext, ConfigAlpha, LossAnalysis, LossConfig } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { localAlpha, localClasses } from '../names/localPlaces.ts';
import { lineOf, type PyModule } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import { configObjects, lossesOfObjects } from '../values/configObjects.ts';
import type { Resolver } from '../values/resolver.ts';
import { givenFor } from './boundCall.ts';
import { alphaOf } from './callAlpha.ts';
import type { CallClasses } from './callClasses.ts';
import { checkCall, strangeArgument } from './callFindings.ts';
import type { Recognizer } from './recognize.ts';
import type { RecognizedCall } from './recognized.ts';

/** Calls between two yields. */
const CALLS = 64;

/** The loss configurations of a module, in the order of its source. */
export function* lossesInPython(
  module: PyModule,
  resolver: Resolver,
  recognizer: Recognizer,
  counts: CallClasses,
  context: AnalysisContext,
): Work<Pick<LossAnalysis, 'configs' | 'failures'>> {
  const failures: AnalysisFailure[] = [];
  const losses: Loss[] = [];
  yield* recognizer.prepare(module);
  for (const [i, site] of module.calls.entries()) {
    if (i % CALLS === CALLS - 1) yield i / module.calls.length;
    const make = () => {
      const call = recognizer.ofCall(site);
      return call && lossOf(call, resolver);
    };
    const loss = guarded(failures, lineOf(module, site.node.from), make, undefined);
    if (loss) losses.push(loss);
  }
  const objects = yield* configObjects(module, resolver);
  if (losses.length > 0 || objects.length > 0) yield* counts.readCalls(module);
  const ofCalls: LossConfig[] = [];
  for (const [i, loss] of losses.entries()) {
    if (i % CALLS === CALLS - 1) yield i / losses.length;
    const line = lineOf(module, loss.call.site.node.from);
    const make = () => configOf(loss, resolver, counts, context);
    const config = guarded<LossConfig | undefined>(failures, line, make, undefined);
    if (config) ofCalls.push(config);
  }
  const calls = withoutDoubles(ofCalls);
  const others = yield* lossesOfObjects(objects, module, counts, resolver.apis, calls, failures);
  const configs = [...calls, ...others].sort((a, b) => a.span.from - b.span.from || b.span.to - a.span.to);
  if (configs.length > 0) failures.push(...counts.failures(module));
  return { configs, failures };
}

/** A call that is a loss configuration, and its α. */
interface Loss {
  readonly call: RecognizedCall;
  readonly alpha: ConfigAlpha;
  /** α is written as an integer. */
  readonly integer: boolean;
}

function lossOf(call: RecognizedCall, resolver: Resolver): Loss | undefined {
  const strange = strangeArgument(call, resolver);
  if (!call.always && !call.alpha && !strange) return undefined;
  const { module } = call.site.scope;
  const { alpha: anywhere, integer } = alphaOf(call, resolver);
  const plain = localAlpha(anywhere, module);
  const alpha = strange && !plain.argument ? strangeAlpha(plain, strange[1], module) : plain;
  if (call.argument === null && !call.entry && !alpha.span && !call.alpha && !call.always) return undefined;
  return { call, alpha, integer };
}

function configOf(
  { call, alpha, integer }: Loss,
  resolver: Resolver,
  counts: CallClasses,
  context: AnalysisContext,
): LossConfig {
  const { site, entry, framework, convention, by, bound } = call;
  const { module } = site.scope;
  const span = { from: site.node.from, to: site.node.to };
  const callee = { from: call.callee.node.from, to: call.callee.node.to };
  const weight = givenFor(bound, 'weight', call.parameters) ?? bound.named.get('class_weight');
  return {
    kind: 'call',
    api: call.api,
    entry,
    framework,
    name: nameOf(callee, module.text) ?? site.name,
    convention,
    conventionBy: by,
    span,
    line: lineOf(module, span.from),
    callee,
    alpha,
    classes: localClasses(counts.of(call), module),
    weighted: weight !== undefined && weight.expression.node.name !== 'None',
    loss: namedLoss(call, alpha, resolver),
    findings: checkCall(call, alpha, integer, resolver, context),
  };
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

function namedLoss(call: RecognizedCall, { value }: ConfigAlpha, resolver: Resolver): NamedLoss {
  const { entry, convention, bound, parameters } = call;
  const valueFor = (parameter: string) => {
    const given = givenFor(bound, parameter, parameters);
    return given && resolver.resolve(given.expression);
  };
  const reduction = valueFor('reduction');
  const known = LOSS_REDUCTIONS.find((each) => reduction?.kind === 'text' && reduction.text === each);
  const ignoring = entry
    ? entry.ignore?.argument
    : parameters.find((each) => /^(?:pad|ignore_ind)/.test(each));
  const ignored = ignoring === undefined ? undefined : valueFor(ignoring);
  return {
    ...(entry && { api: entry.id }),
    ...(convention && { convention }),
    ...(value !== undefined && { labelSmoothing: value }),
    ...(ignored?.kind === 'number' && Number.isInteger(ignored.value) && { ignoreIndex: ignored.value }),
    ...(known && { reduction: known }),
  };
}

/**
 * One place is one configuration: a call that is its own callee is one, and an object that only holds α for a loss that is here
 * is none.
 */
function withoutDoubles(configs: readonly LossConfig[]): readonly LossConfig[] {
  const seen = new Set<string>();
  const used = new Set(configs.flatMap(({ convention, alpha }) => (convention && tokenAt(alpha)) ?? []));
  return configs.filter(({ span: { from, to }, convention, alpha }) => {
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
