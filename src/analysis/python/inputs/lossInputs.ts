import type { Evidence } from '../../classes/classEvidence.ts';
import { remembered } from '../../common/remembered.ts';
import type { LossConfig } from '../../lossConfig.ts';
import { givenFor } from '../losses/boundCall.ts';
import { isParameter } from '../losses/callAlpha.ts';
import { evidenceOfValue } from '../losses/codeEvidence.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import { MIXERS } from '../names/cellIndex.ts';
import { callsByName } from '../names/moduleIndex.ts';
import { visible } from '../names/visibleBindings.ts';
import type { Binding, CallSite, PyModule } from '../syntax/pythonScopes.ts';
import { calleeOf, dottedOf, textOf } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { followedModel, followedOutput } from './followedOutput.ts';
import { layerOfMany } from './handed/outputOfMany.ts';
import { type LossUse, lossUses } from './lossUses.ts';
import { type FollowedOutput, NOT_FOLLOWED, ONE_OF_MANY } from './outputs.ts';
import { isReconstruction } from './reconstruction.ts';
import { comeMixed } from './rows/mixedBatches.ts';
import { mixedTargets } from './rows/mixedTargets.ts';
import { isRowNumbers, sizeBeside, sizeOfOneHot, type TargetKind, targetKind } from './rows/targetKinds.ts';

/** What a loss gets, as far as its module shows it. */
export interface LossInputs extends Pick<LossConfig, 'labels' | 'input'> {
  /**
   * What says K: null if several things do that differ, undefined if nothing does. `counted`: nothing but a number of classes by its
   * name, as the logits are those of several layers.
   */
  readonly layer: Evidence | null | undefined | 'counted';
  /** α of targets that are smoothed where they're made; undefined if they aren't, or it can't be told. */
  readonly mixed: number | undefined;
  readonly uses: readonly LossUse[];
  /** The uses whose logits were followed, with what those are. */
  readonly followed: readonly { readonly use: LossUse; readonly output: FollowedOutput }[];
}

/** Follows the logits and targets of a loss to where they're made. */
export function lossInputs(call: RecognizedCall, resolver: Resolver): LossInputs {
  const takesSoft = takesProbabilities(call, resolver);
  const uses = lossUses(call);
  const isSigmoid = call.computes === 'sigmoid';
  const kinds = (takesIndices(call) ? [] : uses).flatMap((use) =>
    isSigmoid && isReconstruction(use)
      ? ['soft' as const]
      : ((use.targets && targetKind(use.targets, resolver)) ?? []),
  );
  const followed = uses.flatMap((use) => {
    const output = outputOfUse(use, resolver);
    return output ? [{ use, output }] : [];
  });
  const outputs = followed.map(({ output }) => output);
  // The least of −p, of probabilities in the place of their logarithms, is another.
  const isLikelihood = call.entry?.id === 'torch.NLLLoss';
  const isProbability =
    outputs.some((each) => each.isProbability) && (isLikelihood || takesLogits(call, resolver));
  const isOfRows = uses.some(({ targets }) => targets && isRowNumbers(targets));
  const layer = isOfRows ? null : agreedLayer(outputs);
  const [only, ...others] = uses;
  const mixed =
    mayTakeSoft(call, takesSoft) && only?.targets && others.length === 0
      ? mixedTargets(only.targets, resolver)
      : undefined;
  const size = mixed?.size && layer === undefined ? oneHotSize(mixed.size, resolver) : undefined;
  const oneHot = oneHotEvidence(uses, resolver);
  const counted = outputs.some((each) => each.isOneOfMany) ? ('counted' as const) : undefined;
  return {
    uses,
    followed,
    mixed: mixed?.alpha,
    labels: mixed
      ? 'hard'
      : kinds.length === 0 &&
          (isToldSoft(call, resolver) ||
            (takesRows(call) && smoothsRows(call.site.scope.module)) ||
            mayGetMixed(call, uses, resolver) ||
            getsMixed(call, uses, resolver))
        ? 'soft'
        : labelsOf(kinds, uses.length, takesSoft),
    input: isProbability
      ? 'probabilities'
      : outputs.some((each) => each.isMasked)
        ? 'masked'
        : outputs.some((each) => each.isBounded)
          ? 'bounded'
          : isLikelihood && outputs.some(isNoLog)
            ? 'other'
            : null,
    layer: layer === undefined ? (size ?? oneHot ?? (oneHot === null ? null : counted)) : layer,
  };
}

/** No logarithms of probabilities: the outputs of a layer as they are, or something computed of probabilities. */
function isNoLog({ layer, isLog, isOtherLog, isProbability }: FollowedOutput): boolean {
  return isOtherLog === true || (Boolean(layer) && !isLog && !isProbability);
}

/** Characters of a call that are looked at. */
const LONGEST_CALL = 80;

/** Classes are what it's given, as it could do nothing with probabilities, or there's another loss for those. */
function takesIndices(call: RecognizedCall): boolean {
  const { entry, bound, site } = call;
  if (/sparse|NLLLoss|optax\.integer/i.test(entry?.id ?? '')) return true;
  if (/^(?:torch|paddle)/.test(entry?.id ?? '') && bound.named.get('ignore_index')) return true;
  return isBesideSoft(site);
}

/** `if mixup: loss = SoftTargetCrossEntropy()`, and this is what is taken otherwise. */
function isBesideSoft({ node, scope }: CallSite): boolean {
  const outer = node.parent;
  const { text: code } = scope.module;
  const name = outer?.name === 'AssignStatement' ? dottedOf(outer.firstChild, code) : undefined;
  const others = name === undefined ? undefined : scope.bindings.get(name);
  return others !== undefined && isSoftOnce(others);
}

const isSoftOnce = remembered((bindings: readonly Binding[]) =>
  bindings.some(
    (each) =>
      each.kind === 'value' &&
      /soft_?target/i.test(textOf(each.value, each.scope.module.text).slice(0, LONGEST_CALL)),
  ),
);

/** What the logits of a use are. */
export function outputOfUse(
  { logits, model, isOneOfMany, which }: LossUse,
  resolver: Resolver,
): FollowedOutput | undefined {
  if (isOneOfMany) {
    const layerOf = (output: Expression) => followedOutput(output, resolver).layer;
    const layer = model && which && layerOfMany(model, which, resolver, layerOf);
    return layer && !layer.isDefault ? { ...NOT_FOLLOWED, layer } : ONE_OF_MANY;
  }
  if (model) return followedModel(model, resolver);
  return logits ? followedOutput(logits, resolver) : undefined;
}

/** It takes probabilities, or may take them where it's given no α of its own. */
function mayTakeSoft({ entry, alpha, bound }: RecognizedCall, takesSoft: boolean): boolean {
  return takesSoft || (entry?.id === 'torch.CrossEntropyLoss.index' && !alpha && !bound.open);
}

/** Keras' loss of one-hot rows, without an α of its own. */
function takesRows({ entry, alpha }: RecognizedCall): boolean {
  return !alpha && /^keras\.CategoricalCrossentropy$/.test(entry?.id ?? '');
}

/** A definition of the sources that calls its targets soft: they're what its callers make them. */
function isToldSoft({ entry, callee }: RecognizedCall, resolver: Resolver): boolean {
  const value = entry ? undefined : resolver.settled(resolver.evaluate(callee));
  if (value?.kind !== 'definition') return false;
  const { scope } = value;
  const methods = [...scope.bindings.values()].flatMap((bindings) =>
    bindings.flatMap((each) => (each.kind === 'definition' ? each.defined : [])),
  );
  const functions = scope.kind === 'class' ? methods : [scope];
  return functions.some(({ parameters }) => parameters.some(({ name }) => SOFT_PARAMETER.test(name)));
}

const SOFT_PARAMETER = /^soft_?(?:targets?|labels?)$/i;

/** The module has rows that it smooths somewhere, as before a data set: which loss gets them isn't shown. */
const smoothsRows = remembered(
  ({ text }: PyModule) => /one_?hot|to_categorical/i.test(text) && SMOOTHED.test(text),
);

/** torchvision's `v2.CutMix(num_classes=10)`, which a data loader may put in front of any loss: it makes rows of classes. */
const mixesBatches = remembered((module: PyModule) => {
  const calls = callsByName(module);
  return MIXERS.some((name) => calls.get(name)?.some(isMixer));
});

/** Others of the same name may give both labels and their share. */
function isMixer({ node, name, scope }: CallSite): boolean {
  const [root = name] = (dottedOf(calleeOf(node), scope.module.text) ?? name).split('.', 1);
  const bound = visible(root, scope, node.from);
  return bound?.bindings.every((each) => each.kind === 'import' && /^torchvision\b/.test(each.path)) ?? true;
}

/** A loss of classes or of rows gets those of batches that are mixed, but where a model is only tried. */
function mayGetMixed(call: RecognizedCall, uses: readonly LossUse[], { cells }: Resolver): boolean {
  if (call.entry?.id !== 'torch.CrossEntropyLoss.index' || takesIndices(call)) return false;
  const { module } = call.site.scope;
  const isMixed =
    mixesBatches(module) || (module.key === undefined && cells.mixing(module).some(mixesBatches));
  if (!isMixed) return false;
  const scopes = uses.map(({ site }) => site?.scope ?? call.site.scope);
  return scopes.length === 0 || scopes.some(({ name }) => !/eval|val|test/i.test(name));
}

/** The same, where what mixes them is followed to another function or file. */
function getsMixed(call: RecognizedCall, uses: readonly LossUse[], resolver: Resolver): boolean {
  if (call.entry?.id !== 'torch.CrossEntropyLoss.index' || takesIndices(call)) return false;
  return uses.some(({ targets, site }) => {
    const { name } = site?.scope ?? call.site.scope;
    return targets !== null && !/eval|val|test/i.test(name) && comeMixed(targets, resolver);
  });
}

/** `y * (1 - EPS) + EPS / K` */
const SMOOTHED = /\(1(?:\.0*)? ?- ?[\w.]{0,40}(?:smooth|eps|ls|alpha)\w{0,40}\)[^\n+]{0,40}\+/i;

function takesProbabilities({ entry, bound, parameters }: RecognizedCall, resolver: Resolver): boolean {
  const { takes, takesProbabilitiesWith: chosen } = entry ?? {};
  if (takes === 'probabilities' || !chosen) return takes === 'probabilities';
  const given = givenFor(bound, chosen.argument, parameters);
  const value = given && resolver.resolve(given.expression);
  if (!value || value.kind === 'none') return false;
  // One of both, as where a command line says which: what may be probabilities isn't said to be classes.
  return value.kind === 'boolean' && (!value.isDefault || isParameter(given.expression))
    ? value.value === chosen.value
    : !isParameter(given.expression);
}

/** K by where a loss is used: what all that was followed agree on; null if they don't, undefined if nothing was followed. */
function agreedLayer(outputs: readonly FollowedOutput[]): Evidence | null | undefined {
  const layers = outputs.flatMap(({ layer }) => (layer === undefined ? [] : [layer]));
  const [first, ...others] = layers;
  if (layers.length === 0) return undefined;
  return first && others.every((each) => each?.value === first.value) ? first : null;
}

function labelsOf(kinds: readonly TargetKind[], uses: number, takesSoft: boolean): LossConfig['labels'] {
  const isAll = (kind: TargetKind) =>
    uses > 0 && kinds.length === uses && kinds.every((each) => each === kind);
  if (isAll('distribution')) return 'distribution';
  if (kinds.some((kind) => kind !== 'one-hot')) return 'soft';
  return takesSoft && !isAll('one-hot') ? 'soft' : 'hard';
}

function oneHotSize(size: Expression, resolver: Resolver): Evidence | undefined {
  const evidence = evidenceOfValue(size, 'count', 'one_hot', 4, resolver);
  return evidence?.isDefault ? undefined : evidence;
}

/** Null where rows are as long as another tensor, whose size isn't known. */
function oneHotEvidence(uses: readonly LossUse[], resolver: Resolver): Evidence | null | undefined {
  const own = uses.flatMap(({ targets }) => (targets && sizeOfOneHot(targets)) ?? []);
  if (own.some(isOfTensor)) return null;
  const beside = uses.flatMap(({ targets }) => (targets && sizeBeside(targets)) ?? []);
  const sizes = own.length > 0 ? own : beside.filter((size) => !isOfTensor(size));
  const [first, ...others] = sizes.flatMap(
    (size) => evidenceOfValue(size, 'count', 'one_hot', 4, resolver) ?? [],
  );
  return first && !first.isDefault && others.every(({ value }) => value === first.value) ? first : undefined;
}

function isOfTensor({ node, scope }: Expression): boolean {
  return /shape|size\(/.test(textOf(node, scope.module.text));
}

/** A softmax in front of these is one too many. Keras takes probabilities unless it's told otherwise. */
export function takesLogits({ entry, bound, parameters }: RecognizedCall, resolver: Resolver): boolean {
  if (!entry || /^torch\.(?:BCELoss|NLLLoss|KLDivLoss)$/.test(entry.id)) return false;
  if (!/keras/i.test(entry.framework)) return true;
  const given = givenFor(bound, 'from_logits', parameters);
  const value = given && resolver.resolve(given.expression);
  return value?.kind === 'boolean' && value.value;
}
