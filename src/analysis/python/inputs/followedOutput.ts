import { evidenceOfValue, LONGEST_NAME } from '../losses/codeEvidence.ts';
import { callsOf } from '../names/moduleIndex.ts';
import { withoutMoves } from '../names/movedBindings.ts';
import { visible } from '../names/visibleBindings.ts';
import { type Binding, classOf } from '../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  dottedOf,
  elementsOf,
  memberOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import { ARRANGES, arrangedOutput, CHOOSES, choosesClasses, TURNS } from './arrangedOutput.ts';
import { givenBack } from './handed/givenBack.ts';
import { passedFor } from './handed/passedValue.ts';
import { isModule, isOtherModule, layerNamed } from './logits/calledLayers.ts';
import { areNormalized, isCosineOf, ofProduct } from './logits/cosines.ts';
import { isEntry, isOfHeads, isOfPairs, tellsDomains } from './logits/headNames.ts';
import { isOfLabels, isRest } from './logits/margins.ts';
import { isOneOfMany } from './logits/oneOfMany.ts';
import { isOfSomeRows, isSlice, rowsChosen } from './logits/someRows.ts';
import { modelOutput, outputOfMade } from './modelOutput.ts';
import { isPartReplaced, moduleOfImport, partGiven } from './models/modelParts.ts';
import { namesOf } from './models/refittedModel.ts';
import {
  ACTIVATES,
  ANY_PART,
  BOUNDS,
  computedOf,
  type FollowedOutput,
  KEEPS,
  NO_LAYER,
  NOT_FOLLOWED,
  nextStep,
  ONE_OF_MANY,
  type Trail,
  withoutClasses,
  withoutLayer,
} from './outputs.ts';
import { unpackedFrom } from './unpackedOutput.ts';

/** Steps from the loss to the layer. */
const MOST_STEPS = 12;

/** Characters of a call that are looked through. */
const LONGEST = 1000;

/** Follows logits to the layer that made them: by names, attributes, activations, models of the file. */
export function followedOutput(expression: Expression, resolver: Resolver): FollowedOutput {
  return follow(expression, trailFrom(expression, resolver));
}

/** The same of a model that is trained as a whole. */
export function followedModel(model: Expression, resolver: Resolver): FollowedOutput {
  return modelOutput(resolver.resolve(model), trailFrom(model, resolver));
}

function trailFrom({ scope: { module } }: Expression, resolver: Resolver): Trail {
  return { resolver, steps: MOST_STEPS, given: null, asker: module, models: [], modules: [], follow };
}

function follow({ node: written, scope }: Expression, following: Trail): FollowedOutput {
  if (following.steps <= 0) return NOT_FOLLOWED;
  const node = unwrapped(written);
  const { text: code } = scope.module;
  const next = nextStep(following);
  switch (node.name) {
    case 'VariableName': {
      const name = textOf(node, code);
      const [only, ...others] = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
      if (only?.kind === 'value' && others.length === 0) {
        const output = follow({ node: only.value, scope: only.scope }, next);
        if (output.layer !== undefined) return output;
        const isCosine = isCosineOf(name, [only]);
        return isCosine || isOfPairs(name)
          ? { ...output, layer: null, ...(isCosine && { isBounded: true }) }
          : output;
      }
      const unpacked =
        only?.kind === 'unknown' && others.length === 0 ? followUnpacked(only, next) : undefined;
      if (unpacked?.isProbability) return unpacked;
      if (isOfHeads(name, node, scope)) return NO_LAYER;
      if (isOneOfMany(name, node, scope)) return ONE_OF_MANY;
      if (others.length > 0 && isCosineOf(name, [only!, ...others])) return { ...NO_LAYER, isBounded: true };
      return isOfPairs(name) ? NO_LAYER : NOT_FOLLOWED;
    }
    case 'BinaryExpression': {
      const [left, operator, right] = childrenOf(node);
      const sign = operator ? textOf(operator, code) : '';
      if (sign === '@') return ofProduct([left, right], scope);
      if (!left || !right || !/^[-+*/]$/.test(sign)) return NOT_FOLLOWED;
      // Scaled logits are of the same classes; a sum is of two that are.
      const isScale =
        sign === '*' && (/^(?:Number|MemberExpression)$/.test(left.name) || isOfLabels(left, scope));
      const [first, second] = isScale ? [right, left] : [left, right];
      // A gate is a sigmoid that something is multiplied by.
      const output = computedOf(follow({ node: first, scope }, next));
      const isAdded = sign === '+' || sign === '-';
      if (!isAdded || (isOfLabels(second, scope) && sign === '-')) return output;
      const other = follow({ node: second, scope }, next);
      // `hot * phi + (1 - hot) * cosine`: one logit or another.
      if (sign === '+' && isRest(second, code))
        return { ...output, isBounded: other.isBounded ?? output.isBounded ?? false };
      return output.isBounded && !other.isBounded ? { ...output, isBounded: false } : output;
    }
    case 'CallExpression':
      return followCall({ node, scope }, next);
    case 'MemberExpression': {
      // Some of the columns, or of the rows: which isn't looked into any further.
      if (isOfSomeRows(node, code))
        return { ...withoutLayer(follow({ node: node.firstChild!, scope }, next)), layer: null };
      if (isSlice(textOf(node, code))) return NO_LAYER;
      if (TURNS.test(textOf(node, code)) && node.firstChild)
        return withoutClasses(follow({ node: node.firstChild, scope }, next));
      const rows = rowsChosen(node);
      if (rows) return withoutLayer(follow({ node: rows, scope }, next));
      const set = setBefore(node, scope);
      if (set) return follow(set, next);
      if (isOfPairs(textOf(node, code))) return NO_LAYER;
      return isEntry(textOf(node, code)) ? ONE_OF_MANY : NOT_FOLLOWED;
    }
    default:
      return isOfPairs(textOf(node, code)) ? NO_LAYER : NOT_FOLLOWED;
  }
}

/** What a method sets `self.logits` to, in front of its use in the same block, or around it. */
function setBefore(node: Expression['node'], scope: Expression['scope']): Expression | undefined {
  const attribute = /^self\.(\w+)$/.exec(textOf(node, scope.module.text))?.[1];
  const bindings = attribute === undefined ? undefined : classOf(scope)?.attributes.get(attribute);
  const last = bindings?.findLast((each) => each.scope === scope && each.at <= node.from);
  if (last?.kind !== 'value' || node.from < last.block.from || last.block.to <= node.from) return undefined;
  return last.value.to <= node.from ? { node: last.value, scope } : undefined;
}

function followCall({ node, scope }: Expression, following: Trail): FollowedOutput {
  const { text: code } = scope.module;
  const callee = calleeOf(node);
  if (!callee) return NOT_FOLLOWED;
  const parts = partsOfSelf(callee, code);
  for (const part of parts) following.through?.add(part);
  const member = callee.name === 'MemberExpression' ? memberOf(callee, code) : undefined;
  const name = member ?? textOf(callee, code);
  const given = argumentsOf(argListOf(node), code).filter(({ star }) => star === '');
  const object = member !== undefined && callee.firstChild ? { node: callee.firstChild, scope } : null;
  const isMasked = isMasking(node, code);
  const layer = layerNamed({ node: callee, scope }, following.resolver);
  // By another name it may be any attribute: `head = self.fc` and `head(x)`.
  const isUnnamed = parts.length === 0 && (layer !== undefined || callee.name !== 'MemberExpression');
  if (isUnnamed) following.through?.add(ANY_PART);
  const applied = layer ?? name;
  const first = given[0] && { node: given[0].value, scope };
  const worksOn = layer === undefined && object && !isModule(object, following.resolver) ? object : first;
  if (ACTIVATES.has(applied) || KEEPS.has(applied)) {
    const output = worksOn ? follow(worksOn, following) : NOT_FOLLOWED;
    const activates = ACTIVATES.has(applied) && !isOtherModule({ node: callee, scope }, following.resolver);
    const isProbability = activates || (output.isProbability && !/log_?softmax/i.test(applied));
    return {
      ...output,
      isProbability,
      ...(/log_?softmax/i.test(applied) && { isLog: true }),
      ...(activates && { activation: { name: applied, at: { node, scope } } }),
      isMasked: output.isMasked || isMasked,
      ...(isMasked && { mask: { node, scope } }),
    };
  }
  if (name === 'log' && worksOn) {
    const output = follow(worksOn, following);
    const isOtherLog = /^\(?[\d.]+ ?-/.test(textOf(worksOn.node, code).slice(0, LONGEST));
    const isLog = output.isProbability;
    return { ...computedOf(output), ...(isLog && { isLog }), ...(isOtherLog && { isOtherLog }) };
  }
  if (BOUNDS.has(name)) {
    const inner =
      object && !isModule(object, following.resolver) ? object : given[0] && { node: given[0].value, scope };
    return {
      ...(inner ? follow(inner, following) : NOT_FOLLOWED),
      isBounded: !isOneSided(name, given.length, object),
    };
  }
  if (name === 'where') return { ...NOT_FOLLOWED, isMasked, ...(isMasked && { mask: { node, scope } }) };
  if (
    /^(?:matmul|mm|bmm|einsum|cosine_similarity|inner|cdist|cat|concat|concatenate|stack|hstack)$/.test(name)
  )
    return name === 'cosine_similarity'
      ? { ...NO_LAYER, isBounded: true }
      : ofProduct([callee, ...given.map(({ value }) => value)], scope);
  if (name === 'linear' && given.length > 1)
    return {
      ...NOT_FOLLOWED,
      isBounded: areNormalized(
        given.map(({ value }) => value),
        scope,
      ),
    };
  if (callee.name === 'VariableName' && isOneOfMany(name, callee, scope)) {
    const output = outputOfUnpacked({ node: callee, scope }, following);
    return output.isProbability ? output : ONE_OF_MANY;
  }
  if (ARRANGES.has(name)) {
    const others = given.slice(worksOn === first ? 1 : 0).map(({ value }) => value);
    return arrangedOutput(
      name,
      worksOn ? follow(worksOn, following) : NOT_FOLLOWED,
      others,
      scope,
      following.resolver,
      worksOn,
    );
  }
  if (CHOOSES.has(name) || choosesClasses({ node: callee, scope }))
    return withoutClasses(worksOn ? follow(worksOn, following) : NOT_FOLLOWED);
  const shaped = RANDOM.test(name) ? shapedOutput({ node, scope }, following) : undefined;
  if (shaped) return shaped;
  if (parts.length === 0) following.through?.add(ANY_PART);
  if (!following.through && isPartReplaced(parts, following.asker)) return NO_LAYER;
  const output = modelOf({ node: callee, scope }, following);
  if (output.layer !== undefined) return output;
  // What has other classes than those of a layer keeps them, whatever else is done to it.
  const isOthers = tellsDomains(name) || (worksOn && follow(worksOn, following).layer === null);
  return isOthers ? { ...output, layer: null } : output;
}

/** Tensors that are made up, as in a test. */
const RANDOM = /^(?:randn?|zeros|ones)$/;

/** Methods that give a tensor itself another shape. */
const TURNS_ITSELF = ['t_', 'transpose_', 'swapaxes_', 'resize_', 'set_', 'squeeze_', 'unsqueeze_'];

/** `torch.randn(8, 10)` has ten classes. */
function shapedOutput({ node, scope }: Expression, { resolver }: Trail): FollowedOutput | undefined {
  const { text: code } = scope.module;
  if (!/^torch\.\w+$/.test(textOf(calleeOf(node)!, code))) return undefined;
  const isTurned = namesOf({ node, scope }).some((name) =>
    TURNS_ITSELF.some((each) => callsOf(scope.module, `${name}.${each}`).length > 0),
  );
  if (isTurned) return undefined;
  const given = argumentsOf(argListOf(node), code).filter(({ name }) => name === null);
  const [only] = given;
  const isList = given.length === 1 && only && /^(?:Tuple|Array)/.test(only.value.name);
  const sizes = isList ? (elementsOf(only.value) ?? []) : given.map(({ value }) => value);
  const size = sizes.length === 2 && given.every(({ star }) => star === '') ? sizes[1] : undefined;
  const written = textOf(node, code).slice(0, LONGEST_NAME);
  const layer = size && evidenceOfValue({ node: size, scope }, 'count', written, 4, resolver);
  return layer && !layer.isDefault ? { ...NOT_FOLLOWED, layer } : undefined;
}

/** `head` and `fc` of `self.head.fc` and `self.head["fc"]`. */
function partsOfSelf(callee: Expression['node'], code: string): readonly string[] {
  const [first, ...parts] = dottedOf(callee, code)?.split('.') ?? [];
  return first === 'self' ? parts : [];
}

/** `z.clamp(min=0)`, `torch.clamp(z, 0)`: it may grow all the same. */
function isOneSided(name: string, given: number, object: Expression | null): boolean {
  if (!/^(?:clamp_?|clip)$/.test(name)) return false;
  const isMethod =
    object !== null && !/^(?:torch|np|jnp|tf|K)$/.test(textOf(object.node, object.scope.module.text));
  return given < (isMethod ? 2 : 3);
}

/** What a model gives, or one that is handed over by every call of the function. */
function modelOf(callee: Expression, following: Trail): FollowedOutput {
  const { node, scope } = callee;
  const { resolver } = following;
  const name = node.name === 'VariableName' ? textOf(node, scope.module.text) : undefined;
  const bindings = name === undefined ? [] : (visible(name, scope, node.from)?.bindings ?? []);
  const [only, ...others] = withoutMoves(name ?? '', bindings);
  const passed = only && others.length === 0 ? passedFor(only) : undefined;
  const called = dottedOf(node, scope.module.text);
  if (!passed) {
    const from = moduleOfImport(callee, resolver);
    return modelOutput(resolver.resolve(partGiven(callee, following) ?? callee), {
      ...following,
      ...(from && { modules: [...following.modules, from] }),
      ...(called !== undefined && { named: called }),
    });
  }
  const [model, ...more] = passed.map((each) => resolver.resolve(each));
  if (model?.kind !== 'instance' || more.some((each) => each.kind !== 'instance' || each.of !== model.of))
    return NOT_FOLLOWED;
  // Others may hand over a model with other classes.
  return withoutLayer(modelOutput(model, following));
}

/** What a model gives that a function makes together with something else: `net, criterion = build()`. */
function outputOfUnpacked({ node, scope }: Expression, following: Trail): FollowedOutput {
  const name = textOf(node, scope.module.text);
  const [only, ...others] = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  const from = only && others.length === 0 ? unpackedFrom(only.at, only.scope) : undefined;
  const callee = from && calleeOf(from.call.node);
  const maker = callee && following.resolver.resolve({ node: callee, scope: from.call.scope });
  return maker?.kind === 'definition' && maker.scope.kind === 'function'
    ? outputOfMade(givenBack(maker.scope, from!), following)
    : NOT_FOLLOWED;
}

/** One of several things that a model gives at once. */
function followUnpacked({ at, scope }: Binding, following: Trail): FollowedOutput | undefined {
  const from = unpackedFrom(at, scope);
  if (!from) return undefined;
  const { index, count } = from;
  const callee = calleeOf(from.call.node);
  if (!callee) return undefined;
  return modelOf({ node: callee, scope }, { ...following, element: { index, count } });
}

function isMasking(node: Expression['node'], code: string): boolean {
  const text = code.slice(node.from, Math.min(node.to, node.from + LONGEST));
  return /masked_fill|where/.test(text) && /\binf\b|["']-inf["']|finfo/.test(text);
}
