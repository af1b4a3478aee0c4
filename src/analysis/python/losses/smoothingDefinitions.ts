import type { FrameworkApi, LossKind } from '../../../frameworks/frameworkApi.ts';
import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import type { ApiForm } from '../../apis/callForms.ts';
import type { ConventionEvidence } from '../../lossConfig.ts';
import { basesOf } from '../names/classMembers.ts';
import { callsIn, importsPackage } from '../names/moduleIndex.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { changesAlpha, isInBranch, wrappedKind } from '../wrapped/alphaUse.ts';
import { attributeLoss } from '../wrapped/attributeLoss.ts';
import { lossSum } from '../wrapped/lossSum.ts';
import { weightsOf, wrappedCall } from '../wrapped/wrappedCall.ts';
import { LOSS_NAME, OTHER_SMOOTHING, smoothsByName } from './lossNames.ts';
import type { AlphaDoubt, LossSum, RecognizedCall, Recognizing } from './recognized.ts';
import { rowLengthIn, seemsToShare, sharedNameIn, smoothingNameIn } from './smoothingFormula.ts';

/** A class or function of the sources that smooths labels. */
export interface SmoothingDefinition {
  readonly name: string;
  /** Its parameters, without self. */
  readonly parameters: readonly string[];
  /** The one for α; null where none is. */
  readonly argument: string | null;
  /** The default of that. */
  readonly fallback: Expression | null;
  readonly convention: ConventionName | null;
  readonly by: ConventionEvidence;
  /** What it hands α to, if that is a known API. */
  readonly entry: FrameworkApi | null;
  readonly framework: string | null;
  /** What it computes; null where that isn't known. */
  readonly computes: LossKind | null;
  /** Its parameter for K, where what it makes of it shows that. */
  readonly classes?: string;
  /** Its parameter for class weights. */
  readonly weights?: string;
  /** It returns a sum of losses. */
  readonly sum?: LossSum;
  /** The α it's called with isn't that of its loss, or not always. */
  readonly doubt?: AlphaDoubt;
  /** Its α, or the targets made with it, are others later: running it once doesn't show that. */
  readonly moves?: true;
  /** It's called as this API is. */
  readonly form?: ApiForm;
  /** Named after a loss: a call of it is a loss configuration, with or without α. */
  readonly loss: boolean;
  /** It's called like a loss: without α it's one if that shows when it's executed. */
  readonly mayBeLoss?: true;
  /** Neither a name nor a formula says that it smooths labels: it does so if that shows when it's executed. */
  readonly tentative?: true;
}

/** Characters of a definition that is looked into. */
const LONGEST = 20_000;
/** Parameters of a loss that is looked into. */
const MOST_PARAMETERS = 64;

/** How the definition smooths labels; null if it doesn't. */
export function smoothingDefinition(
  scope: Scope,
  resolver: Resolver,
  recognizer: Recognizing,
): SmoothingDefinition | null {
  const initializer = constructorOf(scope);
  if (!initializer) return inherited(scope, resolver, recognizer) ?? ofAttribute(scope, resolver, recognizer);
  const parameters = initializer.parameters
    .filter(({ star }) => star === '')
    .slice(0, MOST_PARAMETERS)
    .map(({ name }) => name);
  const hasSelf = initializer.parent?.kind === 'class' && !initializer.decorators.includes('staticmethod');
  const own = hasSelf ? parameters.slice(1) : parameters;
  const describe = (argument: string) => {
    const parameter = initializer.parameters.find(({ name }) => name === argument)!;
    const outer = initializer.parent ?? initializer;
    const classes = rowLengthIn(own, withoutText(scope));
    return {
      name: scope.name,
      ...(classes !== undefined && { classes }),
      parameters: own,
      argument,
      fallback: parameter.fallback && { node: parameter.fallback, scope: outer },
      loss: LOSS_NAME.test(scope.name) || smoothsByName(scope.name),
    };
  };
  const wrapped = wrappedCall(scope, initializer, recognizer);
  if (wrapped && own.includes(wrapped.parameter)) {
    const { parameter, recognized, site, change } = wrapped;
    const { convention, entry, framework } = recognized;
    const described = describe(parameter);
    const weights = weightsOf(recognized, scope, initializer);
    const kind = weights === null ? null : wrappedKind(scope, site, recognized.computes, withoutText(scope));
    const sum = kind === null && weights === undefined ? lossSum(scope, recognizer) : null;
    const isBase = site.name === '__init__';
    // A model that has its loss inside isn't one; what is called with α smooths.
    const isNamed = described.loss || isBase || smoothingNameIn([parameter]) !== undefined;
    const isTentative = recognized.tentative === true || !isNamed;
    return {
      ...described,
      loss: described.loss || isBase,
      ...(overridesLoss(scope) && { mayBeLoss: true as const }),
      ...(isTentative && { tentative: true as const }),
      convention,
      by: convention && 'wrapped',
      entry,
      framework,
      computes: sum ? 'sum' : kind,
      ...(weights !== undefined && weights !== null && { weights }),
      ...(sum && { sum }),
      ...(change && { doubt: 'changed' }),
      ...(change === 'moves' && { moves: true as const }),
      ...(isInBranch(site, scope, parameter) && { doubt: 'branch' }),
    };
  }
  const based = fixedBase(scope, recognizer) ?? openBase(scope, recognizer);
  if (based) return { ...based, parameters: own };
  if (OTHER_SMOOTHING.test(scope.name) && !/label_?smooth/i.test(scope.name)) return null;
  const code = withoutText(scope);
  const argument = smoothingNameIn(own) ?? sharedNameIn(own, code);
  if (argument === undefined) return null;
  const smooths = smoothsByName(scope.name);
  if (!smooths && (!usesClasses(code) || isOverlap(code))) return null;
  const isCalledSo = /smooth|lsr/i.test(argument) || /smooth/i.test(scope.name);
  const isSaid = isCalledSo && (seemsToShare(code, argument) || isLossOf(scope, code));
  if (!smooths && !isSaid && !COMPUTES.test(code)) return null;
  const change = changesAlpha(scope, argument, code);
  const framework =
    resolver.apis.frameworkOf(code) ??
    resolver.apis.frameworkImported((name) => importsPackage(scope.module, name)) ??
    null;
  return {
    ...describe(argument),
    convention: null,
    by: null,
    entry: null,
    framework,
    computes: null,
    ...(change && { doubt: 'changed' as const }),
    ...(change === 'moves' && { moves: true as const }),
    ...(!smooths && !isSaid && ({ loss: true, tentative: true } as const)),
  };
}

export function constructorOf(scope: Scope): Scope | undefined {
  if (scope.kind === 'function') return scope;
  const init = scope.bindings.get('__init__')?.at(-1);
  return init?.kind === 'definition' ? init.defined : undefined;
}

/** A subclass without a initializer of its own is called as its base is. */
function inherited(scope: Scope, resolver: Resolver, recognizer: Recognizing): SmoothingDefinition | null {
  if (scope.kind !== 'class') return null;
  for (const base of basesOf(resolver, scope)) {
    const recognized = recognizer.ofValue(base);
    if (!recognized || recognized.argument === null) continue;
    if (recognized.entry === null && OTHER_SMOOTHING.test(scope.name)) continue;
    const { parameters, argument, fallback, convention, by, entry, framework, form } = recognized;
    const { doubt, moves, sum, weights, tentative } = recognized;
    const isOther = overridesLoss(scope);
    const evidence: ConventionEvidence = entry ? convention && 'wrapped' : by;
    return {
      name: scope.name,
      parameters,
      argument,
      fallback: fallback ?? null,
      convention,
      by: evidence,
      entry,
      framework,
      ...(form && { form }),
      ...(doubt && { doubt }),
      ...(moves && { moves }),
      ...(tentative && { tentative }),
      ...(weights !== undefined && { weights }),
      ...(sum && !isOther && { sum }),
      computes: isOther ? null : recognized.computes,
      loss: true,
    };
  }
  return null;
}

/** A class whose α is an attribute of it. */
function ofAttribute(scope: Scope, resolver: Resolver, recognizer: Recognizing): SmoothingDefinition | null {
  const found = scope.kind === 'class' ? attributeLoss(scope, resolver, recognizer, withoutText) : null;
  if (!found) return null;
  const { convention, entry, framework } = found.call;
  return {
    name: scope.name,
    parameters: [],
    argument: null,
    fallback: found.alpha,
    convention,
    by: convention && 'wrapped',
    entry,
    framework,
    computes: found.computes,
    loss: true,
  };
}

/** A subclass that tells its base which α: `super().__init__(smoothing=0.02)`. Its own arguments don't. */
function fixedBase(scope: Scope, recognizer: Recognizing): SmoothingDefinition | null {
  if (scope.kind !== 'class' || overridesLoss(scope)) return null;
  for (const call of callsIn(scope.module, scope.span)) {
    if (call.name !== '__init__' || call.scope.parent !== scope) continue;
    const recognized = recognizer.ofCall(call);
    // Of an attribute's α it's the attribute of this class that counts.
    if (!recognized || recognized.argument === null || recognized.bound.open || recognized.doubt) continue;
    const { alpha, fallback } = recognized;
    const fixed = alpha?.expression ?? fallback ?? null;
    if (!fixed) continue;
    return ofBase(scope, recognized, { argument: null, fallback: fixed });
  }
  return null;
}

/** A subclass that hands `**options` on, which it may have changed: α isn't known unless it's told, and then only that it's told. */
function openBase(scope: Scope, recognizer: Recognizing): SmoothingDefinition | null {
  if (scope.kind !== 'class' || overridesLoss(scope)) return null;
  for (const call of callsIn(scope.module, scope.span)) {
    if (call.name !== '__init__' || call.scope.parent !== scope) continue;
    const recognized = recognizer.ofCall(call);
    if (!recognized?.bound.open || recognized.argument === null || recognized.alpha) continue;
    return ofBase(scope, recognized, { argument: recognized.argument, fallback: null });
  }
  return null;
}

/** A subclass that computes what its base does. */
function ofBase(
  { name }: Scope,
  { convention, entry, framework, computes }: RecognizedCall,
  alpha: Pick<SmoothingDefinition, 'argument' | 'fallback'>,
): SmoothingDefinition {
  const by = convention && 'wrapped';
  return { name, parameters: [], ...alpha, convention, by, entry, framework, computes, loss: true };
}

/** It computes something itself, of what its base does or not. */
function overridesLoss({ bindings }: Scope): boolean {
  return ['forward', 'call', '__call__', 'hybrid_forward'].some((name) => bindings.has(name));
}

/** The code of a definition, with comments and strings blanked. Too long a one isn't looked into. */
export function withoutText({ node, module, span }: Scope): string {
  if (!node || span.to - span.from > LONGEST) return '';
  const pieces: string[] = [];
  let done = span.from;
  node.cursor().iterate(({ name, from, to }) => {
    if ((name !== 'String' && name !== 'FormatString' && name !== 'Comment') || from < done) return;
    pieces.push(module.text.slice(done, from), ' '.repeat(to - from));
    done = to;
  });
  return pieces.join('') + module.text.slice(done, span.to);
}

/** Logarithms of probabilities, or a loss of them. */
const COMPUTES =
  /log_?softmax|cross_?entropy|xent|nll|\bbce|kl_?div|(?:log|soft)_?prob|logsumexp|\blog\(|one_?hot|\beye\(/i;

/** A module that computes a loss of probabilities, whatever targets it makes: what its argument is called says that it smooths. */
function isLossOf(scope: Scope, code: string): boolean {
  return overridesLoss(scope) && /log_?softmax|cross_?entropy|nll|\bbce|kl_?div/i.test(code);
}

/** A Dice or Jaccard loss: what is smoothed is a fraction. */
function isOverlap(code: string): boolean {
  return /intersection|\bunion\b|(?:numerator|denominator)/i.test(code);
}

/** It deals with classes at all: logarithms of probabilities, one-hot rows. */
function usesClasses(code: string): boolean {
  return /log|one_?hot|scatter|softmax|cross_?entropy|eye\(|kl_?div|n_?class|num_?class|gather|nll/i.test(
    code,
  );
}
