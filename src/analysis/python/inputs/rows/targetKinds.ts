import { countBefore } from '../../../common/countBefore.ts';
import { groupedBy } from '../../../common/groupedBy.ts';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { areElementsChanged, elementsSet } from '../../names/changed/changedElements.ts';
import { callsIn, callsOf } from '../../names/moduleIndex.ts';
import { visible } from '../../names/visibleBindings.ts';
import { type Binding, lineOf, type PyModule } from '../../syntax/pythonScopes.ts';
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
} from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { pathOf } from '../../values/pythonValues.ts';
import type { Resolver } from '../../values/resolver.ts';
import { ownValues } from './mixedTargets.ts';
import { areSharedRows } from './sharedRows.ts';

/** What targets are: one-hot rows, probabilities; undefined where that can't be told. */
export type TargetKind = 'one-hot' | 'distribution' | 'soft';

const MOST_STEPS = 8;
const KEEPS =
  /^(?:float|double|half|to|cpu|cuda|type|type_as|contiguous|clone|detach|astype|view_as|cast|squeeze)$/;
const ONE_HOT = /^(?:one_?hot|to_categorical)$/i;
const OF_CLASSES = /^-\d+$|^[1-9]\d+$|rand(?:int|perm)|argmax|ignore|pad_?(?:id|idx|token)|pad$|\.long\(/i;
const SMOOTHS = /smooth|mix_?up|cut_?mix|soften/i;

/** Tells targets that aren't classes by how they're made. `distribution`: soft, and surely summing to 1. */
export function targetKind(
  { node: given, scope }: Expression,
  resolver: Resolver,
  steps = MOST_STEPS,
): TargetKind | undefined {
  if (steps === 0) return undefined;
  if (areSharedRows({ node: given, scope })) return 'distribution';
  const node = unwrapped(given);
  const { text: code } = scope.module;
  const follow = (each: Expression['node'] | null | undefined) =>
    each ? targetKind({ node: each, scope }, resolver, steps - 1) : undefined;
  if (node.name === 'VariableName') {
    const name = textOf(node, code);
    const bindings = visible(name, scope, node.from)?.bindings ?? [];
    if (areElementsChanged(name, scope.module) && elementsSet(name, scope.module, scope.span).some(isOverlap))
      return 'soft';
    if (isScaledInPlace(name, scope)) return 'soft';
    const kinds = bindings.map((binding) => {
      if (binding.kind === 'value')
        return targetKind({ node: binding.value, scope: binding.scope }, resolver, steps - 1);
      const isSoft =
        binding.kind === 'unknown' &&
        (isMixed(binding.at, scope.module, resolver) || isNoisy(binding.at, scope.module));
      return isSoft ? 'soft' : undefined;
    });
    if (areRowsOrClasses(bindings, kinds, scope)) return 'soft';
    const kind = kinds.find((each) => each !== 'one-hot' && each !== undefined) ?? agreedKind(kinds);
    return kind ?? (SOFT_NAME.test(name) ? 'soft' : undefined);
  }
  if (node.name === 'MemberExpression' && SOFT_NAME.test(memberOf(node, code) ?? '')) return 'soft';
  if (node.name === 'BinaryExpression') {
    const [left, operator, right] = childrenOf(node);
    const isScaled = operator !== undefined && /^[*/]$/.test(textOf(operator, code));
    const kinds = [follow(left), follow(right)];
    if (isRowNumbers({ node, scope })) return undefined;
    return isScaled || kinds.some((kind) => kind !== undefined) ? 'soft' : undefined;
  }
  if (node.name !== 'CallExpression') return undefined;
  const callee = calleeOf(node);
  if (!callee) return undefined;
  const member = callee.name === 'MemberExpression' ? memberOf(callee, code) : undefined;
  const name = member ?? dottedOf(callee, code) ?? '';
  if (/^softmax$/i.test(name)) return 'distribution';
  if (ONE_HOT.test(name))
    return ownValues(argumentsOf(argListOf(node), code)).some(Boolean) ? 'soft' : 'one-hot';
  if (/^(?:clamp|clip|clip_by_value|lerp|sigmoid)_?$/.test(name)) return 'soft';
  if (SMOOTHS.test(name)) return 'soft';
  // `torch.where(mask, labels, -100)` are classes.
  if (name === 'where') {
    const given = argumentsOf(argListOf(node), code).filter((each) => each.star === '');
    const branches = given.slice(callee.name === 'MemberExpression' && given.length === 2 ? 1 : -2);
    const isOfClasses = branches.some(
      ({ value }) => follow(value) === undefined && OF_CLASSES.test(textOf(value, code)),
    );
    return isOfClasses ? undefined : 'soft';
  }
  if (name === 'full_like') {
    const value = argumentsOf(argListOf(node), code)[1]?.value;
    return value && resolver.resolve({ node: value, scope }).kind !== 'number' ? 'soft' : undefined;
  }
  // `torch.full((n, K), off_value).scatter_(1, y, on_value)`
  if (/^(?:full|scatter_?)$/.test(name)) {
    const value = argumentsOf(argListOf(node), code)[name === 'full' ? 1 : 2]?.value;
    if (value && (isQuotient(value, code) || isShare({ node: value, scope }, resolver))) return 'soft';
    return name !== 'full' && member !== undefined ? follow(callee.firstChild) : undefined;
  }
  if (JOINS.test(name)) {
    const kinds = joined({ node, scope }).map((each) => targetKind(each, resolver, steps - 1));
    return kinds.find((each) => each !== 'one-hot' && each !== undefined) ?? agreedKind(kinds);
  }
  if (KEEPS.test(name)) {
    const kind = follow(callee.firstChild);
    return kind ?? follow(argumentsOf(argListOf(node), code)[0]?.value);
  }
  return undefined;
}

/** Makes one tensor of several. */
const JOINS = /^(?:cat|concat|concatenate|stack|vstack|hstack)$/;
/** Tensors that are put together of which so many are looked at. */
const MOST_JOINED = 8;

/** What is put together: the elements of a list that is written there, or what is appended to one in the same function. */
function joined({ node, scope }: Expression): readonly Expression[] {
  const { module } = scope;
  const [first] = argumentsOf(argListOf(node), module.text);
  const list = first && unwrapped(first.value);
  if (list?.name === 'ArrayExpression' || list?.name === 'TupleExpression')
    return (elementsOf(list) ?? []).slice(0, MOST_JOINED).map((each) => ({ node: each, scope }));
  if (list?.name !== 'VariableName') return [];
  const calls = callsOf(module, `${textOf(list, module.text)}.append`);
  const start = countBefore(calls, scope.span.from, (each) => each.node.from);
  return calls.slice(start, start + MOST_JOINED).flatMap((call) => {
    const [added] = call.scope === scope ? argumentsOf(argListOf(call.node), module.text) : [];
    return added ? [{ node: added.value, scope }] : [];
  });
}

/** `if y.dim() == z.dim() - 1: y = F.one_hot(y)`: whatever else a parameter is, it's rows already. */
function areRowsOrClasses(
  bindings: readonly Binding[],
  kinds: readonly (TargetKind | undefined)[],
  { module }: Expression['scope'],
): boolean {
  if (!bindings.some(({ kind }) => kind === 'parameter')) return false;
  return bindings.some((each, i) => {
    const outer = each.kind === 'value' && kinds[i] === 'one-hot' ? each.value.parent?.parent?.parent : null;
    if (outer?.name !== 'IfStatement') return false;
    const test = module.text.slice(outer.from, Math.min(each.at, outer.from + LONGEST_TEST));
    return DIMENSIONS.test(test);
  });
}

const LONGEST_TEST = 200;
const DIMENSIONS = /\.(?:dim\(|ndim\b|shape\b|size\()/;

/** What goes by such a name is between 0 and 1. */
const SOFT_NAME =
  /(?:^|_)(?:heat_?maps?|(?:soft|smooth(?:ed)?)_(?:labels?|targets?)|(?:gt|target|assigned)_scores?|teacher_(?:probs?|logits|outputs?))$/i;

/** Targets are how well boxes overlap. */
function isOverlap(value: string): boolean {
  return /\biou|_ious?\b|\bscore/i.test(value);
}

/** It isn't a number that is known here, and goes by the name of what a class gets when labels are smoothed. */
function isShare(value: Expression, resolver: Resolver): boolean {
  const written = textOf(value.node, value.scope.module.text);
  return resolver.resolve(value).kind !== 'number' && written.length < 100 && SHARE.test(written);
}

const SHARE = /smooth|eps|confidence|\b(?:on|off|pos|neg|positive|negative)_val(?:ue)?\b|\bc[np]\b/i;

/** `a / (K - 1)` is never a whole number, as classes are. */
function isQuotient(value: Expression['node'], code: string): boolean {
  const [, operator] = childrenOf(unwrapped(value));
  return operator !== undefined && textOf(operator, code) === '/';
}

function agreedKind(kinds: readonly (TargetKind | undefined)[]): TargetKind | undefined {
  const [first] = kinds;
  return kinds.every((kind) => kind === first) ? first : undefined;
}

/** `target.mul_(1 - eps).add_(eps / 2)`, in the same function. */
function isScaledInPlace(name: string, { module, span }: Expression['scope']): boolean {
  const places = scaledIn(module).get(name) ?? [];
  const next = places[countBefore(places, span.from, ({ index }) => index)];
  return next !== undefined && next.index < span.to;
}

/** Where names are scaled in place, in order. */
const scaledIn = remembered(({ text }: PyModule) =>
  groupedBy(text.matchAll(IN_PLACE), ({ index }) =>
    lastWord(text.slice(Math.max(0, index - LONGEST_NAME), index)),
  ),
);

const LONGEST_NAME = 80;
const IN_PLACE = /\.(?:mul|add|sub|div|lerp|clamp)_\(/g;

/** `x, y = mixup(x, y)`: set together with something by a call that mixes rows. */
function isMixed(at: number, module: PyModule, resolver: Resolver): boolean {
  const { lineStarts, text } = module;
  const end = lineStarts[lineOf(module, at) + 1] ?? text.length;
  for (const { node, name, scope } of callsIn(module, { from: at, to: end })) {
    if (SMOOTHS.test(name)) return true;
    const callee = calleeOf(node);
    const value = callee && resolver.evaluate({ node: callee, scope });
    if (value?.kind === 'result' && SMOOTHS.test(pathOf(value.of))) return true;
  }
  return false;
}

/** `labels += 0.05 * torch.rand(labels.shape)` */
function isNoisy(at: number, module: PyModule): boolean {
  const { lineStarts, text } = module;
  const end = lineStarts[lineOf(module, at) + 1] ?? text.length;
  return NOISE.test(text.slice(at, Math.min(end, at + LONGEST_NOISE)));
}

const LONGEST_NOISE = 300;
const NOISE = /^\w{1,80} ?[-+]= ?\d*\.\d+ ?\* ?[\w.]{0,80}(?:rand|uniform|normal)/;

/** `torch.arange(n)`, `rank * n + torch.arange(n)`: each row is its own class, so K is the number of rows. */
export function isRowNumbers({ node: given, scope }: Expression, steps = MOST_STEPS): boolean {
  const node = unwrapped(given);
  const { text: code } = scope.module;
  if (node.name === 'VariableName' && steps > 0) {
    const [only] = visible(textOf(node, code), scope, node.from)?.bindings ?? [];
    return only?.kind === 'value' && isRowNumbers({ node: only.value, scope: only.scope }, steps - 1);
  }
  if (node.name === 'BinaryExpression' && steps > 0)
    return childrenOf(node).some((each) => isRowNumbers({ node: each, scope }, steps - 1));
  const callee = node.name === 'CallExpression' ? calleeOf(node) : null;
  if (!callee) return false;
  const name = callee.name === 'MemberExpression' ? memberOf(callee, code) : dottedOf(callee, code);
  if (name === 'arange') return true;
  return KEEPS.test(name ?? '') && callee.firstChild !== null
    ? isRowNumbers({ node: callee.firstChild, scope }, steps - 1)
    : false;
}

/** K of one-hot targets, as `F.one_hot(y, 7)` says it. */
export function sizeOfOneHot({ node: given, scope }: Expression, steps = MOST_STEPS): Expression | undefined {
  if (steps === 0) return undefined;
  const node = unwrapped(given);
  const { text: code } = scope.module;
  if (node.name === 'VariableName') {
    const name = textOf(node, code);
    const all = visible(name, scope, node.from)?.bindings ?? [];
    const [only, ...others] = all.length > 1 ? all.filter((each) => !isSmoothedAgain(each, name)) : all;
    return only?.kind === 'value' && others.length === 0
      ? sizeOfOneHot({ node: only.value, scope: only.scope }, steps - 1)
      : undefined;
  }
  // `hot * (1 - a) + a / k`
  if (node.name === 'BinaryExpression') {
    const [left, , right] = childrenOf(node);
    const sizes = [left, right].flatMap(
      (each) => (each && sizeOfOneHot({ node: each, scope }, steps - 1)) ?? [],
    );
    return sizes.length === 1 ? sizes[0] : undefined;
  }
  if (node.name !== 'CallExpression') return undefined;
  const callee = calleeOf(node);
  const name = callee?.name === 'MemberExpression' ? memberOf(callee, code) : dottedOf(callee, code);
  const list = argumentsOf(argListOf(node), code);
  if (ONE_HOT.test(name ?? '')) {
    const size = list.find((each) => /^(?:num_classes|depth)$/.test(each.name ?? '')) ?? list[1];
    return size && { node: size.value, scope };
  }
  return callee?.firstChild && KEEPS.test(name ?? '')
    ? sizeOfOneHot({ node: callee.firstChild, scope }, steps - 1)
    : undefined;
}

/** `rows = smooth_labels(rows, 0.1)`: as long as they were. */
function isSmoothedAgain(binding: Binding, name: string): boolean {
  if (binding.kind !== 'value' || binding.value.name !== 'CallExpression') return false;
  const { text } = binding.scope.module;
  const [first] = argumentsOf(argListOf(binding.value), text);
  const callee = calleeOf(binding.value);
  return (
    callee !== null &&
    SMOOTHS.test(textOf(callee, text)) &&
    first !== undefined &&
    textOf(first.value, text) === name
  );
}

/** Calls that make one-hot rows, in order, by what they make them of. */
const oneHotsOf = remembered(({ calls, text }: PyModule) =>
  groupedBy(
    calls.filter(({ name }) => ONE_HOT.test(name)),
    ({ node }) => {
      const [first] = argumentsOf(argListOf(node), text);
      return first && textOf(first.value, text);
    },
  ),
);

/** K of labels that one-hot rows are made of beside: `labels` of a loss, and `F.one_hot(labels, 7)` in the same function. */
export function sizeBeside({ node, scope }: Expression): Expression | undefined {
  const { module } = scope;
  if (unwrapped(node).name !== 'VariableName') return undefined;
  const name = textOf(unwrapped(node), module.text);
  const bound = visible(name, scope, node.from)?.bindings;
  const calls = oneHotsOf(module).get(name) ?? [];
  for (let i = countBefore(calls, scope.span.from, ({ node }) => node.from); i < calls.length; i++) {
    const site = calls[i]!;
    if (site.node.from >= scope.span.to) break;
    if (visible(name, site.scope, site.node.from)?.bindings === bound)
      return sizeOfOneHot({ node: site.node, scope: site.scope });
  }
  return undefined;
}
