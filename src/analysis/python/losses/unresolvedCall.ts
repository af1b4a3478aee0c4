import { lastWord } from '../../sourceTokens.ts';
import { importsPackage } from '../names/moduleIndex.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import { textOf } from '../syntax/syntaxNodes.ts';
import type { Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { changesAlpha } from '../wrapped/alphaUse.ts';
import { familyOf } from '../wrapped/attributeLoss.ts';
import type { BoundCall, Given } from './boundCall.ts';
import { isNoLoss, LOSS_NAME, OTHER_SMOOTHING, smoothsByName } from './lossNames.ts';
import type { Recognized } from './recognized.ts';
import { withoutText } from './smoothingDefinitions.ts';
import { SMOOTHING_NAME, smoothingNameIn } from './smoothingFormula.ts';

/** Arguments by name that are looked at. */
const MOST_NAMES = 64;
/** Says by itself that it's labels that are smoothed. */
const LABEL_SMOOTHING = /^(?:label_?smooth(?:ing)?(?:_?\w+)?|lb_smooth|lsr|ls_eps(?:ilon)?|smooth_labels?)$/i;

/** A call of something whose source isn't at hand, if its name and arguments say that it smooths labels. */
export function unresolvedCall(
  site: CallSite,
  bound: BoundCall,
  callee: Value,
  resolver: Resolver,
): (Recognized & { readonly alpha: Given | undefined; readonly guessed?: true }) | undefined {
  const { name, scope } = site;
  if (name === '' || isNoLoss(name) || callee.kind === 'mapping') return undefined;
  const smooths = smoothsByName(name) && !OTHER_SMOOTHING.test(name);
  const smoothing = argumentFor(site, bound, smooths, callee, resolver);
  const isClass = /^[A-Z]/.test(name) && /label_?smooth/i.test(name);
  if (!smoothing && !(smooths && isClass)) return undefined;
  if (smoothing && !smooths && !LOSS_NAME.test(name)) {
    // Handing α on isn't setting it.
    const value = resolver.evaluate(smoothing.given.expression);
    const isSet = value.kind === 'number' && !value.origins.some(({ kind }) => kind === 'parameter');
    if (!isSet && value.kind !== 'several') return undefined;
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
    computes: null,
    ...(smoothing?.isGuess && { guessed: true }),
    ...(isChanged(callee, smoothing, resolver) && { doubt: 'changed' as const }),
    always: true,
    alpha: smoothing?.given,
  };
}

/** The definition is here, and makes an α of its own. */
function isChanged(callee: Value, smoothing: SmoothingArgument | undefined, resolver: Resolver): boolean {
  const argument = smoothing?.argument;
  if (callee.kind !== 'definition' || !argument) return false;
  return familyOf(callee.scope, resolver).some(
    (each) => changesAlpha(each, argument, withoutText(each)) !== null,
  );
}

interface SmoothingArgument {
  readonly argument: string | null;
  readonly given: Given;
  /** It's a fraction by position: α, or something else. */
  readonly isGuess: boolean;
}

function argumentFor(
  { scope }: CallSite,
  { named, positional }: BoundCall,
  smooths: boolean,
  callee: Value,
  resolver: Resolver,
): SmoothingArgument | undefined {
  const argument =
    named.nameLike(LABEL_SMOOTHING) ?? (smooths ? smoothingNameIn(named.names(MOST_NAMES)) : undefined);
  const given = argument === undefined ? undefined : named.get(argument);
  if (argument !== undefined && given) return { argument, given, isGuess: false };
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
  const names = callee.kind === 'definition' ? callee.scope.parameters.map(({ name }) => name) : [];
  const isNamed = (given: Given) => /smooth|eps|alpha|factor|^ls$/i.test(names[given.position ?? -1] ?? '');
  return only && more.length === 0
    ? { argument: null, given: only, isGuess: called.length === 0 && !isNamed(only) }
    : undefined;
}
