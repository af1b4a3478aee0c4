import { remembered } from '../../common/remembered.ts';
import { lastWord } from '../../sourceTokens.ts';
import { evidenceOfValue } from '../losses/codeEvidence.ts';
import { callsByName, callsOf } from '../names/moduleIndex.ts';
import { placesOfName } from '../syntax/placesOfName.ts';
import { classOf, type PyModule, type Scope } from '../syntax/pythonScopes.ts';
import {
  type Argument,
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  stringOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { placeOf, type Value } from '../values/pythonValues.ts';
import { returnsOf } from '../wrapped/returned.ts';
import { CHOOSES, choosesClasses } from './arrangedOutput.ts';
import { givenBack } from './handed/givenBack.ts';
import { isSlice } from './logits/someRows.ts';
import { entriesRefitted, isRefitted, namesOf, refitsGiven } from './models/refittedModel.ts';
import { classesToldTo } from './models/toldClasses.ts';
import {
  ACTIVATES,
  ANY_PART,
  BOUNDS,
  type FollowedOutput,
  KEEPS,
  NO_LAYER,
  NOT_FOLLOWED,
  nextStep,
  type Trail,
  withoutLayer,
} from './outputs.ts';
import { elementsGiven, returnedElement } from './unpackedOutput.ts';

/** What a layer or a model gives, called with anything. */
export function modelOutput(model: Value, following: Trail): FollowedOutput {
  if (following.steps <= 0) return NOT_FOLLOWED;
  if (model.kind === 'result')
    return outputOfCall(model.call, model.of.parts.at(-1) ?? '', nextStep(following));
  if (model.kind === 'made' && refitsGiven(model.by)) return NO_LAYER;
  if (model.kind === 'made') return outputOfMade(givenBack(model.by, null), nextStep(following), model.call);
  if (model.kind !== 'instance') return NOT_FOLLOWED;
  const isMade = !model.isSelf && (!model.isDefault || following.isPlain === true);
  const { isPlain: _, ...inside } = nextStep(following);
  return outputOfClass(model.of, { ...inside, given: isMade ? model.given : null });
}

/**
 * What a model gives that a function made. Its number of classes is known where nothing that the function may be told changes it:
 * where it's written there, or where `call`, which makes it, tells it nothing.
 */
export function outputOfMade(
  model: Expression | undefined,
  following: Trail,
  call?: Expression,
): FollowedOutput {
  if (!model) return NOT_FOLLOWED;
  const isPlain = call !== undefined && handsNothingOn(model, call);
  const output = modelOutput(following.resolver.resolve(model), { ...following, isPlain });
  const { plainLayer, layer } = output;
  return {
    ...withoutLayer(output),
    ...(plainLayer && { plainLayer }),
    ...(layer && !layer.isDefault && { layer }),
  };
}

/** `return Net(**options)` in a function that is called without any. */
function handsNothingOn({ node, scope }: Expression, call: Expression): boolean {
  if (argumentsOf(argListOf(call.node), call.scope.module.text).length > 0) return false;
  const { text } = scope.module;
  // Where they're named once more, they may get others.
  const { from, to } = scope.span;
  const isNamedOnce = (name: string) =>
    placesOfName(scope.module, name).filter((at) => at >= from && at < to).length === 2;
  const own = scope.parameters.flatMap(({ name, star }) => (star === '' || !isNamedOnce(name) ? [] : name));
  return argumentsOf(argListOf(node), text).every(
    ({ star, value }) => star === '' || own.includes(textOf(value, text)),
  );
}

/** Models around a model that give what it gives. */
const WRAPS = new Set(['DataParallel', 'DistributedDataParallel', 'compile']);

/** Of `nn.Linear(512, 10)`, `nn.Sequential(…)`, `keras.Model(inputs, outputs)`. */
function outputOfCall(call: Expression, name: string, following: Trail): FollowedOutput {
  const { node, scope } = call;
  const { resolver } = following;
  const given = argumentsOf(argListOf(node), scope.module.text);
  const positional = given.filter(({ name: each, star }) => each === null && star === '');
  if (WRAPS.has(name) && positional[0])
    return modelOutput(resolver.resolve({ node: positional[0].value, scope }), following);
  if (name === 'Model') {
    const outputs = given.find(({ name: each }) => each === 'outputs')?.value ?? positional[1]?.value;
    return outputs ? following.follow({ node: outputs, scope }, following) : NOT_FOLLOWED;
  }
  if (name === 'Sequential') {
    if (isCalledOn(call, ADDS)) return NOT_FOLLOWED;
    if (isCalledOn(call, MOVES) || isChangedOutside(call, following)) return NO_LAYER;
    const [first] = positional;
    if (given.some(({ star, value }) => star !== '' && isOfParts(textOf(value, scope.module.text))))
      return NO_LAYER;
    if (isStarred(given) && entriesRefitted(call, following).length > 0) return NO_LAYER;
    const list =
      first && positional.length === 1 ? resolver.evaluate({ node: first.value, scope }) : undefined;
    const layers =
      list?.kind === 'sequence' ? list.elements : positional.map(({ value }) => ({ node: value, scope }));
    return outputOfSequence(layers, following, entriesRefitted(call, following));
  }
  if (CHOOSES.has(name)) return NO_LAYER;
  if (resolver.apis.layers.has(name)) return outputOfLayer(call, name, given, following);
  const told = classesToldTo(call, following);
  return told ? { ...NOT_FOLLOWED, layer: told } : NOT_FOLLOWED;
}

function outputOfLayer(
  { node, scope }: Expression,
  name: string,
  given: readonly Argument[],
  following: Trail,
): FollowedOutput {
  const { resolver } = following;
  const { text: code } = scope.module;
  const { parameter, position } = resolver.apis.layers.get(name)!;
  const positional = given.filter(({ name: each, star }) => each === null && star === '');
  const size = given.find(({ name: each }) => each === parameter)?.value ?? positional[position]?.value;
  const argument = size && argumentFor({ node: size, scope }, following);
  const evidence =
    argument &&
    !isOverridden(argument.expression, following) &&
    evidenceOfValue(argument.expression, 'last-layer', textOf(node, code), 4, resolver);
  const activation = given.find(({ name: each }) => each === 'activation')?.value ?? positional[1]?.value;
  const activates = activation && /^(?:softmax|sigmoid)$/.exec(stringOf(activation, code) ?? '')?.[0];
  const isPlain = name === 'Dense' && isLinear(activation, code);
  return {
    layer: evidence
      ? {
          ...evidence,
          place: placeOf(scope.module, node),
          isDefault: evidence.isDefault === true && !argument?.isMade,
        }
      : null,
    isProbability: activates !== undefined,
    ...(activates && { activation: { name: activates, at: { node: activation!, scope } } }),
    ...(isPlain && { plainLayer: { node, scope } }),
    isMasked: false,
  };
}

/** `self.num_classes` of a base, where the model has another. */
function isOverridden({ node, scope }: Expression, { model }: Trail): boolean {
  const attribute = /^self\.(\w+)$/.exec(textOf(node, scope.module.text))?.[1];
  if (!model || attribute === undefined || classOf(scope) === model) return false;
  return model.bindings.has(attribute) || model.attributes.has(attribute);
}

/** Without an activation, or with the one that changes nothing; one that isn't written out may be any. */
function isLinear(activation: Expression['node'] | undefined, code: string): boolean {
  return activation === undefined || activation.name === 'None' || stringOf(activation, code) === 'linear';
}

/** The size of a layer, or what its model is told in its place. */
function argumentFor(
  size: Expression,
  { given }: Trail,
): { readonly expression: Expression; readonly isMade: boolean } {
  const node = unwrapped(size.node);
  const name = node.name === 'VariableName' ? textOf(node, size.scope.module.text) : '';
  return { expression: given?.get(name) ?? size, isMade: given !== null && !given.has(name) };
}

/** `model.add(…)` puts more layers behind those it's made with. */
const ADDS = ['add', 'append', 'add_module'];
/** What puts them between those, or takes some out. */
const MOVES = ['extend', 'insert', 'pop', 'register_module'];

/** A method is called on what has the name that a model is given. */
function isCalledOn(call: Expression, methods: readonly string[]): boolean {
  const { module } = call.scope;
  return namesOf(call).some((name) => methods.some((each) => callsOf(module, `${name}.${each}`).length > 0));
}

/** What a model keeps as `self.head` is another one's `model.head`. */
function isChangedOutside(call: Expression, { asker }: Trail): boolean {
  const kept = namesOf(call).filter((name) => name.startsWith('self.'));
  return [call.scope.module, asker].some((module) =>
    kept.some((name) => partsChanged(module).has(lastWord(name))),
  );
}

/** `head` of `model.head.append(…)` */
const partsChanged = remembered((module: PyModule): ReadonlySet<string> => {
  const calls = [...ADDS, ...MOVES].flatMap((method) => callsByName(module).get(method) ?? []);
  return new Set(
    calls.flatMap(({ node }) => {
      const [first, ...parts] = dottedOf(calleeOf(node), module.text)?.split('.') ?? [];
      return first === 'self' ? [] : parts.slice(0, -1).slice(-1);
    }),
  );
});

/** Some of what another model has: `nn.Sequential(*list(model.children())[:-1])`. */
function isOfParts(given: string): boolean {
  return given.includes('children()') || isSlice(given);
}

function isStarred(given: readonly Argument[]): boolean {
  return given.some(({ star }) => star !== '');
}

/** The last layer, or the one before an activation. */
function outputOfSequence(
  layers: readonly Expression[],
  following: Trail,
  refitted: readonly (number | null)[],
): FollowedOutput {
  let isProbability = false;
  let isBounded = false;
  let isLog = false;
  let activation: FollowedOutput['activation'];
  for (const [i, layer] of layers.slice(-3).toReversed().entries()) {
    const index = layers.length - 1 - i;
    if (refitted.some((each) => each === null || (each < 0 ? each + layers.length : each) === index))
      return NO_LAYER;
    const value = following.resolver.resolve(layer);
    const isCut = choosesClasses(layer);
    if (isCut || value.kind !== 'result') {
      // An activation by its name, wherever that's from.
      const isCutBefore = i === 0 && layers.length > 1 && choosesClasses(layers.at(-2)!);
      const output = isCut || isCutBefore ? NO_LAYER : NOT_FOLLOWED;
      return { ...output, isProbability, ...(activation && { activation }) };
    }
    const name = value.of.parts.at(-1) ?? '';
    if (name === 'LogSoftmax') isLog = true;
    if (BOUNDS.has(name)) isBounded = true;
    else if (ACTIVATES.has(name)) [isProbability, activation] = [true, { name, at: layer }];
    else if (!KEEPS.has(name)) {
      // A layer in it doesn't go by its name.
      const { named: _, ...inside } = following;
      const output = modelOutput(value, inside);
      if (!activation)
        return isBounded || isLog
          ? { ...output, ...(isBounded && { isBounded }), ...(isLog && { isLog }) }
          : output;
      const { plainLayer: __, ...rest } = output;
      return { ...rest, isProbability: true, activation };
    }
  }
  return { ...NOT_FOLLOWED, isProbability, ...(activation && { activation }) };
}

/** What the `return` of a model's `forward` gives; of several, what they agree on. */
function outputOfClass(model: Scope, trail: Trail): FollowedOutput {
  const following = {
    ...trail,
    modules: trail.modules.includes(model.module) ? trail.modules : [...trail.modules, model.module],
    models: trail.named === undefined ? trail.models : [...trail.models, trail.named],
    model,
  };
  const forward = (model.bindings.get('forward') ?? model.bindings.get('call'))?.at(-1);
  if (forward?.kind !== 'definition') return NOT_FOLLOWED;
  const nodes = returnsOf(forward.defined);
  if (nodes.length > MOST_RETURNS) return NO_LAYER;
  const returned = nodes.map((node) => ({ node, scope: forward.defined }));
  const [whole, ...others] = returned;
  if (!whole) return NOT_FOLLOWED;
  const { element, named: _, ...rest } = following;
  const through = new Set<string>();
  const wanted = element ? returnedElement(whole, element) : whole;
  const output =
    others.length > 0
      ? agreedOutput(returned, following)
      : wanted
        ? following.follow(wanted, { ...rest, through })
        : NOT_FOLLOWED;
  // Whatever is replaced may be what wasn't followed.
  const isShown = output.layer != null && others.length === 0 && !through.has(ANY_PART);
  return isRefitted(model, isShown ? through : null, following) ? NO_LAYER : output;
}

/** A `forward` with more of them isn't followed. */
const MOST_RETURNS = 4;

/** Probabilities, where all give them that can be meant: a loss takes no tuple, and three things aren't unpacked into two names. */
function agreedOutput(returned: readonly Expression[], { element, ...rest }: Trail): FollowedOutput {
  const wanted = returned.flatMap((each) => {
    const elements = elementsGiven(each.node);
    if (!element) return elements ? [] : [each];
    return elements?.length === element.count
      ? [returnedElement(each, element)]
      : elements
        ? []
        : [undefined];
  });
  const following = { ...rest, steps: Math.floor(rest.steps / Math.max(1, wanted.length)) };
  const outputs = wanted.map((each) => (each ? following.follow(each, following) : NOT_FOLLOWED));
  const [first] = outputs;
  return first?.activation && outputs.every(({ isProbability }) => isProbability)
    ? { ...NO_LAYER, isProbability: true, activation: first.activation }
    : NO_LAYER;
}
