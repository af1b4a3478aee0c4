import type { SyntaxNode } from '@lezer/common';
import type { NameTaker } from '../../../frameworks/frameworkPackage.ts';
import type { CallSite } from '../syntax/pythonScopes.ts';
import {
  type Argument,
  argListOf,
  argumentsOf,
  calleeOf,
  elementsOf,
  entriesOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { pathOf, type Value } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import { emptyCall } from './boundCall.ts';
import type { Recognized, RecognizedCall, Recognizing } from './recognized.ts';

/** Losses, or names of them, in one argument. */
const MOST_LEAVES = 64;
/** Lists in dicts in lists. */
const DEPTH = 3;

/**
 * Losses that a call is handed by name, or as a function that isn't called here: `compile(loss="categorical_crossentropy")`,
 * `compile(loss={"a": keras.losses.categorical_crossentropy})`, `keras.losses.get("…")`. They have their defaults.
 */
export function namedLosses(
  site: CallSite,
  resolver: Resolver,
  recognizer: Recognizing,
): readonly RecognizedCall[] {
  const takers = resolver.apis.named.takers(site.name);
  if (takers.length === 0) return [];
  const given = argumentsOf(argListOf(site.node), site.scope.module.text);
  return takers.flatMap((taker) => {
    const argument = argumentFor(taker, given);
    if (!argument || !isTaker(taker, site, resolver)) return [];
    const leaves: Expression[] = [];
    collectLeaves({ node: argument.value, scope: site.scope }, resolver, leaves, 0);
    return leaves.flatMap((leaf) => lossAt(leaf, resolver, recognizer) ?? []);
  });
}

function argumentFor({ argument, position }: NameTaker, given: readonly Argument[]): Argument | undefined {
  const named = given.find(({ name }) => name === argument);
  if (named || position === undefined) return named;
  const first = given.slice(0, position + 1);
  return first.every(({ name, star }) => name === null && star === '') ? first[position] : undefined;
}

/** A function of this name, or a method of an object: `re.compile` is neither. */
function isTaker({ paths }: NameTaker, { node, scope }: CallSite, resolver: Resolver): boolean {
  const callee = calleeOf(node);
  const value = callee ? resolver.evaluate({ node: callee, scope }) : undefined;
  if (value?.kind !== 'path') return !paths;
  if (!paths) return !resolver.store.isPackage(value);
  return paths.includes(resolver.apis.imports.canonical(pathOf(value)));
}

/** What a list or a dict has in it, as it's written; anything else by itself. */
function collectLeaves(
  { node, scope }: Expression,
  resolver: Resolver,
  leaves: Expression[],
  depth: number,
): void {
  if (leaves.length >= MOST_LEAVES) return;
  const inner = unwrapped(node);
  const parts = depth < DEPTH ? partsOf(inner, scope.module.text) : undefined;
  if (!parts) leaves.push({ node: inner, scope });
  else for (const part of parts) collectLeaves({ node: part, scope }, resolver, leaves, depth + 1);
}

function partsOf(node: SyntaxNode, code: string): readonly SyntaxNode[] | undefined {
  if (node.name === 'ArrayExpression' || node.name === 'TupleExpression')
    return elementsOf(node) ?? undefined;
  if (node.name === 'DictionaryExpression') return entriesOf(node, code).map(({ value }) => value);
  return undefined;
}

const REFERENCES = /^(?:String|ContinuedString|VariableName|MemberExpression)$/;

function lossAt(leaf: Expression, resolver: Resolver, recognizer: Recognizing): RecognizedCall | undefined {
  if (!REFERENCES.test(leaf.node.name)) return undefined;
  const recognized = recognizedIn(resolver.resolve(leaf), resolver, recognizer);
  if (!recognized) return undefined;
  const site: CallSite = { node: leaf.node, name: '', scope: leaf.scope };
  return { ...recognized, always: true, site, bound: emptyCall(leaf), alpha: undefined, callee: leaf };
}

function recognizedIn(value: Value, resolver: Resolver, recognizer: Recognizing): Recognized | undefined {
  if (value.kind === 'text') {
    const form = resolver.apis.named.of(value.text);
    return form && recognizer.ofForm(form);
  }
  // A class isn't a loss before it's called.
  const isFunction = value.kind === 'definition' && value.scope.kind === 'function';
  if (value.kind !== 'path' && !isFunction) return undefined;
  const recognized = recognizer.ofValue(value);
  return recognized?.form?.form.kind === 'class' ? undefined : recognized;
}
