import type { NamedLoss } from '../../loss/frameworks/specOf.ts';
import { LOSS_REDUCTIONS } from '../../loss/spec.ts';
import type { Work } from '../../loss/work.ts';
import type { Alpha, AnalysisContext, LossConfig } from '../lossConfig.ts';
import { alphaOf } from './alpha.ts';
import { givenFor } from './boundCall.ts';
import { checkCall, strangeArgument } from './checkCall.ts';
import { ClassCounts } from './classCounts.ts';
import type { ModuleStore } from './moduleStore.ts';
import { configObjects } from './objects.ts';
import { type RecognizedCall, Recognizer } from './recognize.ts';
import { Resolver } from './resolver.ts';
import { lineOf, type PyModule } from './scopes.ts';
import { textOf } from './syntax.ts';

/** Calls between two yields. */
const CALLS = 64;

/** The loss configurations of a module, in the order of its source. */
export function* pythonConfigsWork(
  module: PyModule,
  cells: readonly PyModule[],
  store: ModuleStore,
  context: AnalysisContext,
): Work<readonly LossConfig[]> {
  const resolver = new Resolver(store, cells);
  const recognizer = new Recognizer(resolver);
  const counts = new ClassCounts(resolver);
  const found: LossConfig[] = [];
  for (const [i, site] of module.calls.entries()) {
    if (i % CALLS === CALLS - 1) yield i / module.calls.length;
    const call = recognizer.ofCall(site);
    const config = call && configOf(call, resolver, counts, context);
    if (config) {
      found.push(config);
      yield i / module.calls.length;
    }
  }
  const calls = withoutDoubles(found);
  const objects = configObjects(module, resolver, counts, calls);
  return [...calls, ...objects].sort((a, b) => a.span.from - b.span.from || b.span.to - a.span.to);
}

function configOf(
  call: RecognizedCall,
  resolver: Resolver,
  counts: ClassCounts,
  context: AnalysisContext,
): LossConfig | undefined {
  const { site, entry, framework, convention, by, bound } = call;
  const { module } = site.scope;
  const strange = strangeArgument(call);
  if (!call.always && !call.alpha && !strange) return undefined;
  const { alpha: plain, integer } = alphaOf(call, resolver);
  const alpha = strange && !plain.argument ? strangeAlpha(plain, strange[1], module) : plain;
  if (call.argument === null && !entry && !alpha.span && !call.alpha && !call.always) return undefined;
  const span = { from: site.node.from, to: site.node.to };
  const callee = { from: call.callee.node.from, to: call.callee.node.to };
  const weight = givenFor(bound, 'weight', call.parameters) ?? bound.named.get('class_weight');
  return {
    kind: 'call',
    api: call.api,
    entry,
    framework,
    name: textOf(callee, module.text).replace(/\s+/g, ''),
    convention,
    conventionBy: by,
    span,
    line: lineOf(module, span.from),
    callee,
    alpha,
    classes: counts.of(call),
    weighted: weight !== undefined && weight.expression.node.name !== 'None',
    loss: namedLoss(call, alpha, resolver),
    findings: checkCall(call, alpha, integer, resolver, context),
  };
}

/** An argument the callee doesn't have sets nothing, but it's what is looked at. */
function strangeAlpha(
  alpha: Alpha,
  { expression, span }: NonNullable<ReturnType<typeof strangeArgument>>[1],
  module: PyModule,
): Alpha {
  const { node, scope } = expression;
  if (scope.module !== module) return alpha;
  const value = { from: node.from, to: node.to };
  return { ...alpha, text: textOf(node, module.text), span: value, argument: span, insertion: null };
}

function namedLoss(call: RecognizedCall, { value }: Alpha, resolver: Resolver): NamedLoss {
  const { entry, convention, bound, parameters } = call;
  const valueFor = (parameter: string) => {
    const given = givenFor(bound, parameter, parameters);
    return given && resolver.resolve(given.expression);
  };
  const reduction = valueFor('reduction');
  const known = LOSS_REDUCTIONS.find((each) => reduction?.kind === 'text' && reduction.text === each);
  const ignoring = entry
    ? entry.ignore?.argument
    : parameters.find((each) => /^(?:pad\w*|ignore_ind\w*)$/.test(each));
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

function tokenAt({ token }: Alpha): number | undefined {
  return token && token.place.module === undefined && token.place.cell === undefined
    ? token.place.span.from
    : undefined;
}
