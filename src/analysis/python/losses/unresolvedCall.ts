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
/** Conventions of classes that are copied from project to project under one name. */
const BY_NAME: Readonly<Record<string, 'UNIFORM_K'>> = {
  LabelSmoothingCrossEntropy: 'UNIFORM_K',
  CrossEntropyLabelSmooth: 'UNIFORM_K',
};

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
  const found = argumentFor(site, bound, smooths, resolver);
  const isClass = /^[A-Z]/.test(name) && /label_?smooth/i.test(name);
  if (!found && !(smooths && isClass)) return undefined;
  if (found && !smooths && !LOSS_NAME.test(name)) {
    // Handing α on isn't setting it.
    const value = resolver.evaluate(found.given.expression);
    if (value.kind !== 'number' || value.origins.some(({ kind }) => kind === 'parameter')) return undefined;
  }
  const convention = Object.hasOwn(BY_NAME, name) ? BY_NAME[name]! : null;
  return {
    api: name,
    entry: null,
    framework: importsPackage(scope.module, 'torch') ? 'PyTorch' : null,
    convention,
    by: convention && 'name',
    parameters: [],
    argument: found?.argument ?? null,
    always: true,
    alpha: found?.given,
  };
}

interface Found {
  readonly argument: string | null;
  readonly given: Given;
}

function argumentFor(
  { scope }: CallSite,
  { named, positional }: BoundCall,
  smooths: boolean,
  resolver: Resolver,
): Found | undefined {
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
