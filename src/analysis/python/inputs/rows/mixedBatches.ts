import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { mayCallOthers } from '../../names/changed/changedAbroad.ts';
import { callsIn } from '../../names/moduleIndex.ts';
import { withoutMoves } from '../../names/movedBindings.ts';
import { visible } from '../../names/visibleBindings.ts';
import type { Binding, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  memberOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import type { Resolver } from '../../values/resolver.ts';
import { returnsOf } from '../../wrapped/returned.ts';
import { passedFor } from '../handed/passedValue.ts';
import { elementsGiven, type OneOf, returnedElement, unpackedFrom } from '../unpackedOutput.ts';

/** Names between targets and what makes their batches, and characters of a function that is looked through. */
const [MOST_STEPS, LONGEST] = [8, 20_000];
/** Methods that leave targets as they are. */
const KEEPS = /^(?:to|cuda|cpu|long|float|view|reshape|squeeze|flatten)$/;
/** Functions whose first argument is what is gone through. */
const GOES_THROUGH = /^(?:enumerate|tqdm|trange|iter|islice|track|prefetch)$/;
/** A batch of these isn't trained on. */
const TRIED = /(?:^|_)(?:val|valid|validation|test|eval|dev)(?:_|$)|^(?:val|test)/i;

/** Targets that a function of another file mixes, or a data loader that it makes: they're rows of several classes. */
export function comeMixed(targets: Expression, resolver: Resolver): boolean {
  const { module } = targets.scope;
  const mayCome = mayMix(module) || mayCallOthers(resolver, module);
  return mayCome && mixedAt(targets, resolver, MOST_STEPS);
}

const mayMix = remembered(({ text }: PyModule) => /\bbeta\(|collate_fn|mix/i.test(text));

function mixedAt({ node: given, scope }: Expression, resolver: Resolver, steps: number): boolean {
  const node = unwrapped(given);
  const { text } = scope.module;
  if (steps === 0) return false;
  if (node.name === 'CallExpression') {
    const callee = calleeOf(node);
    const isKept = callee?.name === 'MemberExpression' && KEEPS.test(memberOf(callee, text) ?? '');
    return isKept && mixedAt({ node: callee.firstChild!, scope }, resolver, steps - 1);
  }
  if (node.name !== 'VariableName') return false;
  const name = textOf(node, text);
  const bindings = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  return bindings.slice(0, MOST_STEPS).some((each) => bindsMixed(each, resolver, steps - 1));
}

/** `x, y = mixer(x, y)`, `for x, y in loader`, `x, y = batch` */
function bindsMixed(binding: Binding, resolver: Resolver, steps: number): boolean {
  const { scope, at } = binding;
  if (binding.kind === 'element') return mixesLoader({ node: binding.of, scope }, resolver, steps);
  if (binding.kind !== 'unknown') return false;
  const unpacked = unpackedFrom(at, scope);
  if (unpacked) return unpacked.count === 2 && mixesWhatItGets(unpacked.call, resolver);
  let statement: SyntaxNode = scope.module.top.resolve(at, 1);
  while (statement.parent && !statement.name.endsWith('Statement')) statement = statement.parent;
  if (statement.name === 'ForStatement') {
    const parts = childrenOf(statement);
    const through = parts[parts.findIndex(({ name }) => name === 'in') + 1];
    return through !== undefined && mixesLoader({ node: through, scope }, resolver, steps);
  }
  const value = statement.name === 'AssignStatement' ? statement.lastChild : null;
  return value?.name === 'VariableName' && mixedAt({ node: value, scope }, resolver, steps);
}

/** A function of the sources that gives mixed rows for the classes it's given. */
function mixesWhatItGets({ node, scope }: Expression, resolver: Resolver): boolean {
  const called = calledBy({ node, scope }, resolver);
  return called !== undefined && isMixing(called);
}

/** What batches are taken from. */
function mixesLoader(
  { node: given, scope }: Expression,
  resolver: Resolver,
  steps: number,
  element?: OneOf,
): boolean {
  const node = unwrapped(given);
  const { text } = scope.module;
  if (steps <= 0) return false;
  if (node.name === 'CallExpression') {
    const callee = calleeOf(node);
    const name = callee ? lastWord(textOf(callee, text).slice(-80)) : '';
    const all = argumentsOf(argListOf(node), text);
    if (GOES_THROUGH.test(name))
      return all[0] !== undefined && mixesLoader({ node: all[0].value, scope }, resolver, steps - 1);
    const collate = all.find((each) => each.name === 'collate_fn')?.value;
    if (collate) {
      const value = resolver.resolve({ node: collate, scope });
      return value.kind === 'definition' && value.scope.kind === 'function' && isMixing(value.scope);
    }
    const maker = calledBy({ node, scope }, resolver);
    return maker !== undefined && makesMixing(maker, element, resolver, steps);
  }
  if (node.name !== 'VariableName') return false;
  const name = textOf(node, text);
  if (TRIED.test(name)) return false;
  const [only, ...others] = withoutMoves(name, visible(name, scope, node.from)?.bindings ?? []);
  if (!only || others.length > 0) return false;
  if (only.kind === 'value') return mixesLoader({ node: only.value, scope: only.scope }, resolver, steps - 1);
  const passed = passedFor(only);
  if (passed) return passed.some((each) => mixesLoader(each, resolver, steps - 1));
  const unpacked = only.kind === 'unknown' ? unpackedFrom(only.at, only.scope) : undefined;
  return unpacked !== undefined && mixesLoader(unpacked.call, resolver, steps - 1, unpacked);
}

/** The function of the sources that a call calls, of an object what it does when it's called. */
function calledBy({ node, scope }: Expression, resolver: Resolver): Scope | undefined {
  const callee = calleeOf(node);
  const value = callee ? resolver.resolve({ node: callee, scope }) : undefined;
  if (value?.kind === 'definition') return value.scope.kind === 'function' ? value.scope : undefined;
  if (value?.kind !== 'instance' || value.isSelf) return undefined;
  const called = (value.of.bindings.get('__call__') ?? value.of.bindings.get('forward'))?.at(-1);
  return called?.kind === 'definition' ? called.defined : undefined;
}

/**
 * It always gives rows that it has mixed: those of a mixer that it calls, or one-hot rows by a share from a beta distribution. What gives
 * its targets as they came, or classes, doesn't.
 */
const isMixing = remembered((definition: Scope): boolean => {
  const { module, span } = definition;
  const [only, ...others] = returnsOf(definition);
  if (!only || others.length > 0 || span.to - span.from > LONGEST) return false;
  if (only.name === 'CallExpression') return isCallOfMixer({ node: only, scope: definition });
  const targets = elementsGiven(only)?.[1];
  if (!targets) return false;
  const written = textOf(targets, module.text);
  const isAsItCame = definition.parameters.some(({ name }) => name === written);
  if (isAsItCame && definition.bindings.get(written)!.length === 1) return false;
  const names = Array.from(callsIn(module, span), ({ name }) => name);
  const made = names.some((name) => DRAWS.test(name)) && names.some((name) => ROWS.test(name));
  return made && !CHOOSES.test(written) && !names.some((name) => CHOOSES.test(name)) && MIXED.test(written);
});

/** `v2.MixUp(num_classes=10)(x, y)`, or the same by a name. */
function isCallOfMixer({ node, scope }: Expression): boolean {
  const callee = calleeOf(node);
  const { text } = scope.module;
  if (callee?.name !== 'VariableName') return callee !== null && isMixer(callee, text);
  const [only, ...others] = visible(textOf(callee, text), scope, node.from)?.bindings ?? [];
  return only?.kind === 'value' && others.length === 0 && isMixer(only.value, text);
}

function isMixer(node: SyntaxNode, text: string): boolean {
  const callee = node.name === 'CallExpression' ? calleeOf(node) : null;
  return callee !== null && MIXERS.test(lastWord(textOf(callee, text).slice(-80)));
}

/** The loader that a function gives, or one of those that it gives, is one whose batches are mixed. */
function makesMixing(maker: Scope, element: OneOf | undefined, resolver: Resolver, steps: number): boolean {
  const [only, ...others] = maker.kind === 'function' ? returnsOf(maker) : [];
  if (!only || others.length > 0) return false;
  const given = { node: only, scope: maker };
  const loader = element ? returnedElement(given, element) : given;
  return loader !== undefined && mixesLoader(loader, resolver, steps - 1);
}

const DRAWS = /^(?:beta|Beta|dirichlet)$/;
const ROWS = /^(?:one_?hot|eye|scatter_?)$/i;
const CHOOSES = /argmax|topk/;
/** `lam * a + (1 - lam) * b`, or a name for it. */
const MIXED = /\*|^\w+$/;
/** torchvision's and timm's mixers of whole batches. */
const MIXERS = /^(?:CutMix|MixUp|Mixup|RandomMixup|RandomCutmix|FastCollateMixup|get_mixup_cutmix)$/;
