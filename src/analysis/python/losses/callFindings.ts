import type { ArgumentRelease, Release } from '../../../frameworks/frameworkApi.ts';
import { packageOf } from '../../apis/callForms.ts';
import { outsideRange } from '../../checks/alphaRange.ts';
import type { LossFinding, NoSuchArgument, OtherParameter } from '../../checks/findings.ts';
import type { Fix } from '../../checks/fix.ts';
import { comparison } from '../../checks/releases.ts';
import type { AnalysisContext, ConfigAlpha } from '../../lossConfig.ts';
import { isGuarded } from '../syntax/guardedCall.ts';
import { numberOf, textOf } from '../syntax/syntaxNodes.ts';
import { pathOf } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import type { Given } from './boundCall.ts';
import type { RecognizedCall } from './recognized.ts';

/** What is wrong with the call. */
export function checkCall(
  call: RecognizedCall,
  alpha: ConfigAlpha,
  integer: boolean,
  resolver: Resolver,
  context: AnalysisContext,
): readonly LossFinding[] {
  const outside = outsideRange(
    call.entry,
    isNotANumber(alpha) ? { ...alpha, value: Number.NaN } : alpha,
    integer,
  );
  const missing = noSuchArgument(call, context, resolver);
  const others = otherParameter(call, alpha);
  return [
    ...(outside && !missing ? [outside] : []),
    ...(missing ? [missing] : []),
    ...(others ? [others] : []),
  ];
}

/** `float('nan')`, `math.nan` */
function isNotANumber({ text, value }: ConfigAlpha): boolean {
  return (
    value === undefined && /^(?:float\(\s*["']nan["']\s*\)|(?:math|np|numpy|torch)\.nan)$/i.test(text ?? '')
  );
}

/** The argument for smoothing that the callee doesn't have. */
export function strangeArgument(
  { form, bound, argument, parameters }: RecognizedCall,
  { apis }: Resolver,
): [string, Given] | undefined {
  if (!form) return undefined;
  for (const name of apis.smoothingArguments) {
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
  if (isGuarded(site.node, site.scope.module.text)) return undefined;
  const here = ({ expression }: Given) => expression.scope.module === site.scope.module;
  if (entry.since && argument !== null) {
    const given = bound.named.get(argument);
    if (!given || !here(given)) return undefined;
    const callee = resolver.evaluate(call.callee);
    const since = callee.kind === 'path' ? releaseFor(pathOf(callee), entry.since) : null;
    if (since && isAfter(versions?.[since.package], since.after)) return undefined;
    return { rule: 'no-such-argument', span: given.span, argument, since, fix: null };
  }
  const strange = strangeArgument(call, resolver);
  if (!strange || !here(strange[1])) return undefined;
  const [name, { span }] = strange;
  const renamed = argument !== null && !bound.named.has(argument);
  const nameSpan = { from: span.from, to: span.from + name.length };
  const fix: Fix | null = renamed
    ? { kind: 'name-argument', edits: [{ span: nameSpan, text: argument }] }
    : null;
  return { rule: 'no-such-argument', span, argument: name, since: null, fix };
}

/** Null for a package that never gets the argument. */
function releaseFor(path: string, { never, ...release }: ArgumentRelease): Release | null {
  return never.includes(packageOf(path)) ? null : release;
}

function isAfter(version: string | undefined, after: string): boolean {
  return version !== undefined && comparison(version, after) > 0;
}

/** `CategoricalCrossentropy(0.1)` */
function otherParameter(call: RecognizedCall, alpha: ConfigAlpha): OtherParameter | undefined {
  const { form, bound, argument, site } = call;
  if (!form || argument === null || alpha.argument) return undefined;
  for (const { expression, span, position } of bound.positional) {
    const parameter = position === null ? undefined : form.form.parameters[position];
    if (parameter === undefined || !form.form.traps.includes(parameter)) continue;
    const { node, scope } = expression;
    if (node.name !== 'Number' || scope.module !== site.scope.module) continue;
    const number = numberOf(textOf(node, scope.module.text));
    if (!(number > 0 && number < 1)) continue;
    const fix: Fix = {
      kind: 'name-argument',
      edits: [{ span: { from: span.from, to: span.from }, text: `${argument}=` }],
    };
    const last = bound.positional.at(-1)?.span === span;
    return { rule: 'other-parameter', span, found: number, parameter, argument, fix: last ? fix : null };
  }
  return undefined;
}
