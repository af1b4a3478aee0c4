import { outsideRange } from '../../checks/alphaRange.ts';
import type { Fix, LossFinding, NoSuchArgument, OtherParameter, Release } from '../../checks/findings.ts';
import type { AnalysisContext, ConfigAlpha } from '../../lossConfig.ts';
import { numberOf, textOf } from '../syntax/syntaxNodes.ts';
import { pathOf } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import type { Given } from './boundCall.ts';

import type { RecognizedCall } from './recognized.ts';

/** Arguments for smoothing, in one framework or another. */
const SMOOTHING_ARGUMENTS = [
  'label_smoothing',
  'label_smoothing_factor',
  'label_smooth',
  'label_smooth_val',
  'labelSmoothing',
  'smoothing',
  'smooth_factor',
];
/** Parameters for which a number between 0 and 1 is a mistake. */
const NOT_FRACTIONS = new Set([
  'from_logits',
  'weight',
  'ignore_index',
  'reduction',
  'name',
  'apply_class_balancing',
]);

/** What is wrong with the call. */
export function checkCall(
  call: RecognizedCall,
  alpha: ConfigAlpha,
  integer: boolean,
  resolver: Resolver,
  context: AnalysisContext,
): readonly LossFinding[] {
  const outside = outsideRange(call.entry, alpha, integer);
  const missing = noSuchArgument(call, context, resolver);
  const others = otherParameter(call, alpha);
  return [
    ...(outside && !missing ? [outside] : []),
    ...(missing ? [missing] : []),
    ...(others ? [others] : []),
  ];
}

/** The argument for smoothing that the callee doesn't have. */
export function strangeArgument({
  form,
  bound,
  argument,
  parameters,
}: RecognizedCall): [string, Given] | undefined {
  if (!form) return undefined;
  for (const name of SMOOTHING_ARGUMENTS) {
    const given = bound.named.get(name);
    if (given && name !== argument && !parameters.includes(name)) return [name, given];
  }
  return undefined;
}

function noSuchArgument(
  call: RecognizedCall,
  { versions }: AnalysisContext,
  resolver: Resolver,
): NoSuchArgument | undefined {
  const { entry, form, bound, site, argument } = call;
  if (!entry || !form || entry.instead === 'preference') return undefined;
  const here = ({ expression }: Given) => expression.scope.module === site.scope.module;
  if (entry.id === 'keras.SparseCategoricalCrossentropy') {
    const given = bound.named.get('label_smoothing');
    if (!given || !here(given)) return undefined;
    const callee = resolver.evaluate(call.callee);
    const since = callee.kind === 'path' ? sparseSince(pathOf(callee)) : null;
    if (since && isAfter(versions?.[since.package], since.after)) return undefined;
    return { rule: 'no-such-argument', span: given.span, argument: 'label_smoothing', since, fix: null };
  }
  const strange = strangeArgument(call);
  if (!strange || !here(strange[1])) return undefined;
  const [name, { span }] = strange;
  const renamed = argument !== null && !bound.named.has(argument);
  const nameSpan = { from: span.from, to: span.from + name.length };
  const fix: Fix | null = renamed
    ? { kind: 'name-argument', edits: [{ span: nameSpan, text: argument }] }
    : null;
  return { rule: 'no-such-argument', span, argument: name, since: null, fix };
}

/** tf_keras stays as it is; tf.keras is Keras 3 in recent releases of TensorFlow. */
function sparseSince(path: string): Release | null {
  return path.startsWith('tf_keras.') ? null : { package: 'keras', after: '3.15.1' };
}

function isAfter(version: string | undefined, after: string): boolean {
  if (version === undefined) return false;
  const [a, b] = [version, after].map((each) =>
    each.split('.').map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let i = 0; i < 3; i++) {
    const difference = (a![i] ?? 0) - (b![i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

/** `CategoricalCrossentropy(0.1)` */
function otherParameter(call: RecognizedCall, alpha: ConfigAlpha): OtherParameter | undefined {
  const { form, bound, argument, site } = call;
  if (!form || argument === null || alpha.argument) return undefined;
  for (const { expression, span, position } of bound.positional) {
    const parameter = position === null ? undefined : form.form.parameters[position];
    if (parameter === undefined || !NOT_FRACTIONS.has(parameter)) continue;
    const { node, scope } = expression;
    if (node.name !== 'Number' || scope.module !== site.scope.module) continue;
    const found = numberOf(textOf(node, scope.module.text));
    if (!(found > 0 && found < 1)) continue;
    const fix: Fix = {
      kind: 'name-argument',
      edits: [{ span: { from: span.from, to: span.from }, text: `${argument}=` }],
    };
    const last = bound.positional.at(-1)?.span === span;
    return { rule: 'other-parameter', span, found, parameter, argument, fix: last ? fix : null };
  }
  return undefined;
}
