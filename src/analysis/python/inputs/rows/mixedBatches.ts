import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import { lastWord } from '../../../sourceTokens.ts';
import { mayCallOthers } from '../../names/changed/changedAbroad.ts';
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
import { passedFor } from '../handed/passedValue.ts';
import { unpackedFrom } from '../unpackedOutput.ts';

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
function mixesLoader({ node: given, scope }: Expression, resolver: Resolver, steps: number): boolean {
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
      return value.kind === 'definition' && isMixing(value.scope);
    }
    const maker = calledBy({ node, scope }, resolver);
    return maker !== undefined && makesMixing(maker);
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
  return unpacked !== undefined && mixesLoader(unpacked.call, resolver, steps - 1);
}

/** The function or class of the sources that a call calls. */
function calledBy({ node, scope }: Expression, resolver: Resolver): Scope | undefined {
  const callee = calleeOf(node);
  const value = callee ? resolver.resolve({ node: callee, scope }) : undefined;
  if (value?.kind === 'definition') return value.scope;
  return value?.kind === 'instance' && !value.isSelf ? value.of : undefined;
}

/** Rows are drawn from a beta distribution, and one-hot rows mixed by the share: classes aren't classes any more. */
const isMixing = remembered((definition: Scope) => {
  const code = codeOf(definition);
  return (DRAWS.test(code) && ROWS.test(code)) || MIXES.test(code);
});

/** A loader is made whose batches are mixed. */
const makesMixing = remembered((maker: Scope) => {
  const code = codeOf(maker);
  return maker.kind === 'function' && COLLATES.test(code) && (MIXES.test(code) || MIXERS.test(code));
});

function codeOf({ module, span }: Scope): string {
  return span.to - span.from > LONGEST ? '' : module.text.slice(span.from, span.to);
}

const DRAWS = /\bbeta\(|\bBeta\(|\bdirichlet\(/;
const ROWS = /one_?hot|\beye\(|scatter_?\(/i;
/** torchvision's and timm's mixers of whole batches. */
const MIXES = /\b(?:CutMix|MixUp|Mixup|RandomMixup|RandomCutmix|get_mixup_cutmix|mixup_cutmix|mixup_fn)\(/;
const MIXERS = /\bFastCollateMixup\(/;
const COLLATES = /\bcollate_fn\b/;
