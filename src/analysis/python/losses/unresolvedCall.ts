import { lastWord } from '../../sourceTokens.ts';
import { importsPackage } from '../names/moduleIndex.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import type { BoundCall, Given } from './boundCall.ts';
import { isNoLoss, LOSS_NAME, OTHER_SMOOTHING, smoothsByName } from './lossNames.ts';

import type { Recognized } from './recognized.ts';
import { SMOOTHING_NAME } from './smoothingFormula.ts';

/** Says by itself that it's labels that are smoothed. */
const LABEL_SMOOTHING = /^(?:label_?smooth(?:ing)?(?:_?\w+)?|lb_smooth|lsr|ls_eps(?:ilon)?|smooth_labels?)$/i;

/** A call of something whose source isn't at hand, if its name and arguments say that it smooths labels. */
export function unresolvedCall(
  site: CallSite,
  bound: BoundCall,
  callee: Value,
  resolver: Resolver,
): (Recognized & { readonly alpha: Given | undefined }) | undefined {
  const { name, scope } = site;
  if (name === '' || isNoLoss(name) || callee.kind === 'mapping') return undefined;
  const smooths = smoothsByName(name) && !OTHER_SMOOTHING.test(name);
  const smoothing = argumentFor(site, bound, smooths, resolver);
  const isClass = /^[A-Z]/.test(name) && /label_?smooth/i.test(name);
  if (!smoothing && !(smooths && isClass)) return undefined;
  if (smoothing && !smooths && !LOSS_NAME.test(name)) {
    // Handing α on isn't setting it.
    const value = resolver.evaluate(smoothing.given.expression);
    if (value.kind !== 'number' || value.origins.some(({ kind }) => kind === 'parameter')) return undefined;
  }
  const convention = resolver.apis.copied(name)?.conventions[0] ?? null;
  return {
    api: name,
    entry: null,
    framework: resolver.apis.frameworkImported((each) => importsPackage(scope.module, each)) ?? null,
    convention,
    by: convention && 'name',
    parameters: [],
    argument: smoothing?.argument ?? null,
    always: true,
    alpha: smoothing?.given,
  };
}

interface SmoothingArgument {
  readonly argument: string | null;
  readonly given: Given;
}

function argumentFor(
  { scope }: CallSite,
  { named, positional }: BoundCall,
  smooths: boolean,
  resolver: Resolver,
): SmoothingArgument | undefined {
  const argument = named.nameLike(LABEL_SMOOTHING) ?? (smooths ? named.nameLike(SMOOTHING_NAME) : undefined);
  const given = argument === undefined ? undefined : named.get(argument);
  if (argument !== undefined && given) return { argument, given };
  if (!smooths) return undefined;
  const { text: code } = scope.module;
  const called = positional.filter(({ expression }) => {
    const last = lastWord(textOf(expression.node, code));
    return /smooth|eps|^ls$/i.test(last) && SMOOTHING_NAME.test(last);
  });
  const fractions = positional.filter(({ expression }) => {
    const value = resolver.evaluate(expression);
    return value.kind === 'number' && value.value >= 0 && value.value < 1 && !value.integer;
  });
  const [only, ...more] = called.length > 0 ? called : fractions;
  return only && more.length === 0 ? { argument: null, given: only } : undefined;
}
