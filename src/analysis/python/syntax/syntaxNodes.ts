import type { SyntaxNode } from '@lezer/common';

/** Nodes of Python's syntax tree, in the terms of the language. `code` is the text the tree was made of. */
export interface Argument {
  /** Null by position. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  readonly value: SyntaxNode;
  /** Name, sign and value. */
  readonly from: number;
  readonly to: number;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

export function textOf(node: { readonly from: number; readonly to: number }, code: string): string {
  return code.slice(node.from, node.to);
}

const PUNCTUATION = new Set(['(', ')', ',', '[', ']', '{', '}', ':', 'Comment', '⚠']);

/** Arguments of a call, or of a class definition. */
export function argumentsOf(list: SyntaxNode | null, code: string): readonly Argument[] {
  if (list?.name !== 'ArgList') return [];
  const all: Argument[] = [];
  let star: Argument['star'] = '';
  let from = -1;
  let name: string | null = null;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' || child.name === '**') {
      star = child.name;
      from = child.from;
      continue;
    }
    if (child.name === ',') {
      [star, from, name] = ['', -1, null];
      continue;
    }
    if (PUNCTUATION.has(child.name) || child.name === 'AssignOp' || child.type.isError) continue;
    if (child.name === 'VariableName' && child.nextSibling?.name === 'AssignOp') {
      name = textOf(child, code);
      from = child.from;
      continue;
    }
    // A generator argument: `f(x for x in y)`.
    if (child.name === 'for' || child.name === 'async') break;
    all.push({ name, star, value: child, from: from === -1 ? child.from : from, to: child.to });
    [star, from, name] = ['', -1, null];
  }
  return all;
}

export function calleeOf(call: SyntaxNode): SyntaxNode | null {
  return call.firstChild;
}

export function argListOf(call: SyntaxNode): SyntaxNode | null {
  // `getChild` makes a cursor and a list, which for every call of a text takes its time.
  let child = call.firstChild;
  while (child && child.name !== 'ArgList') child = child.nextSibling;
  return child;
}

/** The elements of a list, tuple or set display, or null if it has an unpacking or a comprehension. */
export function elementsOf(node: SyntaxNode): readonly SyntaxNode[] | null {
  const children = childrenOf(node);
  if (children.some(({ name }) => name === '*' || name === 'for')) return null;
  return children.filter((child) => !PUNCTUATION.has(child.name) && !child.type.isError);
}

/** Keys that are strings, with their values. */
export function entriesOf(dict: SyntaxNode, code: string): readonly DictEntry[] {
  const entries: DictEntry[] = [];
  // To go back from a colon to its key, and on to its value, would take three times as long.
  let before: SyntaxNode | null = null;
  let keyNode: SyntaxNode | null = null;
  for (let child = dict.firstChild; child; child = child.nextSibling) {
    const key = keyNode ? stringOf(keyNode, code) : undefined;
    if (keyNode && key !== undefined)
      entries.push({ key, keySpan: keyNode, value: child, from: keyNode.from });
    keyNode = child.name === ':' ? before : null;
    before = child;
  }
  return entries;
}

/** How many entries a dict display has; null if it has an unpacking, or keys that aren't strings or numbers as they stand. */
export function sizeOfDict(dict: SyntaxNode, code: string): number | null {
  const children = childrenOf(dict);
  if (children.some(({ name }) => name === '**' || name === 'for')) return null;
  const keys = children.flatMap(({ name, prevSibling }) => (name === ':' && prevSibling ? prevSibling : []));
  return distinctOf(keys, code);
}

/** How many different values there are among strings and numbers; null if there's anything else. */
export function distinctOf(nodes: readonly SyntaxNode[], code: string): number | null {
  const values = nodes.map((node) =>
    node.name === 'Number' ? numberOf(textOf(node, code)) : stringOf(node, code),
  );
  return values.some((value) => value === undefined || Number.isNaN(value)) ? null : new Set(values).size;
}

interface DictEntry {
  readonly key: string;
  readonly keySpan: { readonly from: number; readonly to: number };
  readonly value: SyntaxNode;
  readonly from: number;
}

/** The value of a plain string, also of one in pieces. Undefined if anything is put into it. */
export function stringOf(node: SyntaxNode, code: string): string | undefined {
  if (node.name === 'ContinuedString') {
    const parts = childrenOf(node).map((part) => stringOf(part, code));
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  if (node.name !== 'String') return undefined;
  const text = textOf(node, code);
  const prefix = /^[rRuUbB]*/.exec(text)![0].length;
  const quote = text[prefix] ?? '';
  if (quote !== '"' && quote !== "'") return undefined;
  const quotes = text.startsWith(quote.repeat(3), prefix) ? quote.repeat(3) : quote;
  const [from, to] = [prefix + quotes.length, text.length - quotes.length];
  return from <= to && text.endsWith(quotes) ? text.slice(from, to) : undefined;
}

/** Python's numerals: `1_000`, `1e-1`, `.1`, `0x10`. NaN for a complex one, and for what isn't one. */
export function numberOf(text: string): number {
  const plain = text.replaceAll('_', '');
  // `010` was 8 in Python 2, and is an error in Python 3.
  if (/^0+[1-9]\d*$/.test(plain)) return Number.NaN;
  return /^(?:0[xXoObB][\da-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/.test(plain)
    ? Number(plain)
    : Number.NaN;
}

/** Names of names that are followed. */
const MOST_NAMES = 32;

/** `a.b.c`, and `a['b'].c` as the same; undefined for what isn't a chain of names, or is too long a one. */
export function dottedOf(node: SyntaxNode | null, code: string): string | undefined {
  let rest = '';
  for (let [each, names] = [node, 0]; names < MOST_NAMES; each = each.firstChild, names++) {
    if (each?.name === 'VariableName') return textOf(each, code) + rest;
    const member = each?.name === 'MemberExpression' ? memberOf(each, code) : undefined;
    if (!each || member === undefined) return undefined;
    rest = `.${member}${rest}`;
  }
  return undefined;
}

/** What is taken of an object: a property, or an entry with a constant key. */
export function memberOf(node: SyntaxNode, code: string): string | undefined {
  const last = node.lastChild;
  if (last?.name === 'PropertyName') return textOf(last, code);
  const key = last?.name === ']' ? last.prevSibling : null;
  return key ? stringOf(key, code) : undefined;
}

/** Without parentheses around it. */
export function unwrapped(node: SyntaxNode): SyntaxNode {
  if (node.name !== 'ParenthesizedExpression') return node;
  const inner = node.firstChild?.nextSibling;
  return inner && !PUNCTUATION.has(inner.name) ? unwrapped(inner) : node;
}
