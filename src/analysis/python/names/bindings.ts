import type { SyntaxNode } from '@lezer/common';
import type { Parameter } from '../syntax/pythonScopes.ts';
import { childrenOf, dottedOf, elementsOf, textOf, unwrapped } from '../syntax/syntaxNodes.ts';

/** A name that a statement gives a value. */
interface BindingTarget {
  /** `x`, `cfg.x`; `cfg['x']` is `cfg.x`. */
  readonly name: string;
  readonly at: number;
  /** Of an element: of what `value` comes to. Of an entry, such as `cfg[key]`: `name` is the object, `value` the entry. */
  readonly kind: 'value' | 'element' | 'entry' | 'unknown';
  readonly value: SyntaxNode;
  readonly annotated: boolean;
  /** Of an entry of an entry, such as `cfg[section][key]`: `value` is the outer entry, this the whole. */
  readonly inner?: SyntaxNode;
}

/** What an assignment, a loop, a `with` or an `except` binds. */
export function bindTarget(node: SyntaxNode, code: string): readonly BindingTarget[] {
  switch (node.name) {
    case 'AssignStatement':
      return assigned(node, code);
    case 'NamedExpression': {
      const [name, , value] = childrenOf(node);
      return name && value ? targets(name, value, false, code) : [];
    }
    case 'UpdateStatement':
      return node.firstChild ? unknown([node.firstChild], code) : [];
    case 'ForStatement':
      return looped(node, code);
    default:
      return unknown(behindAs(node), code);
  }
}

/** `a = b = value`, `a, b = 1, 2`, `a: float = 0.1`. */
function assigned(node: SyntaxNode, code: string): readonly BindingTarget[] {
  const groups: SyntaxNode[][] = [[]];
  let annotated = false;
  const isOne = (names: readonly SyntaxNode[]) => names.length === 1 && names[0]!.nextSibling?.name !== ',';
  for (const child of childrenOf(node)) {
    if (child.name === 'TypeDef') annotated = true;
    else if (child.name === 'AssignOp') groups.push([]);
    else if (child.name !== ',' && child.name !== 'Comment' && !child.type.isError)
      groups.at(-1)!.push(child);
  }
  const values = groups.pop()!;
  if (values.length === 0 || groups.length === 0) return [];
  return groups.flatMap((names) => {
    // `a, = values` is another one.
    if (isOne(names) && isOne(values)) return targets(names[0]!, values[0]!, annotated, code);
    if (names.some(({ name }) => name === '*')) return unknown(names, code);
    if (names.length === values.length)
      return names.flatMap((name, i) => targets(name, values[i]!, annotated, code));
    // `a, b = [1, 2]`
    const inner = values.length === 1 ? elementsOf(unwrapped(values[0]!)) : undefined;
    if (inner && inner.length === names.length && /^(?:Tuple|Array)/.test(values[0]!.name))
      return names.flatMap((name, i) => targets(name, inner[i]!, annotated, code));
    return unknown(names, code);
  });
}

function targets(
  target: SyntaxNode,
  value: SyntaxNode,
  annotated: boolean,
  code: string,
): readonly BindingTarget[] {
  const name = dottedOf(target, code);
  if (name !== undefined) return [{ name, at: target.from, kind: 'value', value, annotated }];
  const [names, values] = [elementsOf(unwrapped(target)), elementsOf(unwrapped(value))];
  const paired = /^(?:Tuple|Array)/.test(target.name) && /^(?:Tuple|Array)/.test(value.name);
  if (paired && names && values && names.length === values.length)
    return names.flatMap((each, i) => targets(each, values[i]!, annotated, code));
  return unknown([target], code);
}

function unknown(nodes: readonly SyntaxNode[], code: string): readonly BindingTarget[] {
  return nodes.flatMap((node) => {
    const name = dottedOf(node, code);
    if (name !== undefined)
      return [{ name, at: node.from, kind: 'unknown' as const, value: node, annotated: false }];
    if (/^(?:Tuple|Array|Parenthesized)/.test(node.name)) return unknown(childrenOf(node), code);
    return entry(node, code);
  });
}

/** Entries of entries that are followed. */
const DEEPEST_ENTRY = 4;

/** `cfg[key]`: which entry it is, the code alone doesn't show. */
function entry(node: SyntaxNode, code: string): readonly BindingTarget[] {
  if (node.name !== 'MemberExpression' || node.lastChild?.name !== ']') return [];
  let value = node;
  let name = dottedOf(node.firstChild, code);
  for (let depth = 1; name === undefined && depth < DEEPEST_ENTRY; depth++) {
    const of = value.firstChild;
    if (of?.name !== 'MemberExpression') return [];
    value = of;
    name = dottedOf(of.firstChild, code);
  }
  if (name === undefined) return [];
  const target = { name, at: node.from, kind: 'entry' as const, value, annotated: false };
  return [value === node ? target : { ...target, inner: node }];
}

/** `for x in (0.0, 0.1)` */
function looped(node: SyntaxNode, code: string): readonly BindingTarget[] {
  const names = between(node, 'for', 'in');
  const [name, ...others] = names;
  const of = childrenOf(node)[childrenOf(node).findIndex((each) => each.name === 'in') + 1];
  if (name?.name !== 'VariableName' || others.length > 0 || !of) return unknown(names, code);
  return [{ name: textOf(name, code), at: name.from, kind: 'element', value: of, annotated: false }];
}

function between(node: SyntaxNode, first: string, last: string): readonly SyntaxNode[] {
  const children = childrenOf(node);
  const from = children.findIndex(({ name }) => name === first);
  const to = children.findIndex(({ name }) => name === last);
  return from === -1 || to === -1 ? [] : children.slice(from + 1, to);
}

function behindAs(node: SyntaxNode): readonly SyntaxNode[] {
  const children = childrenOf(node);
  return children.filter((_, i) => children[i - 1]?.name === 'as');
}

interface Imported {
  /** Null for `*`. */
  readonly bound: string | null;
  readonly at: number;
  readonly level: number;
  /** The module, as written. */
  readonly path: string;
  /** What of it; null for the module itself. */
  readonly name: string | null;
}

/** `import a.b as c`, `import a.b` (binds `a`), `from ..a import b as c`, `from a import *`. */
export function importsOf(node: SyntaxNode, code: string): readonly Imported[] {
  const imported: Imported[] = [];
  const from = node.firstChild?.name === 'from';
  let [level, path, inNames] = [0, '', false];
  let last = -1;
  for (const child of childrenOf(node)) {
    const text = textOf(child, code);
    if (child.name === 'import') inNames = true;
    else if (from && !inNames) {
      if (/^\.+$/.test(text)) {
        if (path === '') level += text.length;
      } else if (child.name === 'VariableName') path += path === '' ? text : `.${text}`;
    } else if (child.name === '*') imported.push({ bound: null, at: child.from, level, path, name: null });
    else if (child.name === 'VariableName') {
      const before = child.prevSibling?.name;
      const previous = imported[last];
      if (before === 'as' && previous) {
        imported[last] = { ...previous, bound: text, at: child.from };
      } else if (before === '.' && previous)
        imported[last] = { ...previous, path: `${previous.path}.${text}` };
      else {
        last = imported.length;
        imported.push(
          from
            ? { bound: text, at: child.from, level, path, name: text }
            : { bound: text, at: child.from, level: 0, path: text, name: null },
        );
      }
    }
  }
  // `import a.b` binds `a`, the package.
  return imported.map((each) =>
    !from && each.bound !== null && each.path.startsWith(`${each.bound}.`)
      ? { ...each, path: each.bound }
      : each,
  );
}

/** Of a function or a lambda, in order. */
export function parametersOf(node: SyntaxNode, code: string): readonly Parameter[] {
  const list = node.getChild('ParamList');
  if (!list) return [];
  const parameters: Parameter[] = [];
  let star: Parameter['star'] = '';
  let keywordOnly = false;
  for (let child = list.firstChild; child; child = child.nextSibling) {
    if (child.name === '*' || child.name === '**') {
      star = child.name;
      if (child.name === '*') keywordOnly = true;
    } else if (child.name === ',') star = '';
    else if (child.name === 'VariableName' && child.prevSibling?.name !== 'AssignOp') {
      const next = child.nextSibling;
      const annotation = next?.name === 'TypeDef' ? next.lastChild : null;
      const operator = next?.name === 'TypeDef' ? next.nextSibling : next;
      const fallback = operator?.name === 'AssignOp' ? operator.nextSibling : null;
      const name = textOf(child, code);
      parameters.push({
        name,
        star,
        keywordOnly: keywordOnly && star === '',
        at: child.from,
        fallback,
        annotation,
      });
    }
  }
  return parameters;
}
