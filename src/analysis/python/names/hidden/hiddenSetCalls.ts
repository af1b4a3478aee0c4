import type { SyntaxNode } from '@lezer/common';
import type { SourceSpan } from '../../../sourcePlace.ts';
import type { CallSite, Scope } from '../../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  entriesOf,
  memberOf,
  stringOf,
  textOf,
} from '../../syntax/syntaxNodes.ts';
import { isNoNumber, namesOfKey } from './hiddenKeys.ts';
import type { HiddenSet, NamesSet } from './hiddenSet.ts';

/** What a call sets, if it sets something that an assignment would show. */
export function setByCall(call: CallSite): HiddenSet | readonly never[] {
  const { node, name, scope } = call;
  switch (name) {
    case 'exec':
    case 'execfile':
      return isBuiltin(call) ? executed(call) : [];
    case 'globals':
    case 'locals':
    case 'vars': {
      const object = namesIn(node, name, scope);
      return object === undefined ? [] : setThrough(node, object, scope);
    }
    case 'setattr':
    case '__setattr__':
      return attributeSet(call);
    case 'update': {
      const { text: code } = scope.module;
      const own = calleeOf(node)?.firstChild;
      if (own?.name !== 'MemberExpression' || memberOf(own, code) !== '__dict__') return [];
      const object = dottedOf(own.firstChild, code);
      return object === undefined ? [] : updated(node, object, scope);
    }
    default:
      return [];
  }
}

function isBuiltin({ node, name, scope }: CallSite): boolean {
  const callee = calleeOf(node);
  return (
    callee?.name === 'VariableName' ||
    (callee !== null && textOf(callee, scope.module.text) === `builtins.${name}`)
  );
}

/** `setattr(cfg, key, value)`, `cfg.__setattr__(key, value)` */
function attributeSet({ node, scope }: CallSite): HiddenSet | readonly never[] {
  const { text: code } = scope.module;
  const given = argumentsOf(argListOf(node), code).map(({ value }) => value);
  const [object, key, value] = given.length >= 3 ? given : [calleeOf(node)?.firstChild, ...given];
  const of = object ? objectOf(object, code) : undefined;
  if (of === undefined || !key || !value || isNoNumber(value, code)) return [];
  return { object: of, ...namesOfKey(key, scope), span: spanOf(node), scope };
}

/** What `globals()`, `locals()` and `vars(x)` have the names of; undefined for what has no name. */
export function namesIn(call: SyntaxNode, name: string, scope: Scope): string | null | undefined {
  const { text } = scope.module;
  if (textOf(calleeOf(call) ?? call, text).replace('builtins.', '') !== name) return undefined;
  if (name === 'globals') return null;
  const [given] = argumentsOf(argListOf(call), text);
  // What a function's own `locals()` is told changes no name of it.
  return given ? dottedOf(given.value, text) : scope.kind === 'function' ? undefined : null;
}

/** `cfg`, `losses[]` of `losses[0]`; null for the module itself, undefined if it has no name. */
function objectOf(node: SyntaxNode, code: string): string | null | undefined {
  const name = dottedOf(node, code);
  if (name !== undefined) return name;
  if (textOf(node, code) === 'sys.modules[__name__]') return null;
  const of = indexedBy(node, code);
  return of === undefined ? undefined : `${of}[]`;
}

/** `losses` of `losses[0]` and of `losses["a"][i]`. */
export function indexedBy(node: SyntaxNode, code: string): string | undefined {
  let of: SyntaxNode | null = node;
  while (of?.name === 'MemberExpression' && of.lastChild?.name === ']') of = of.firstChild;
  return of && of.to < node.to ? dottedOf(of, code) : undefined;
}

/** Code that only imports or prints, whatever is put into it. */
function onlyImports(written: string): boolean {
  return /^[fF]?["']{1,3}\s*(?:from|import|print)\b/.test(written) && !/;|\n|\\n/.test(written);
}

const LONGEST_CODE = 1000;

/** `exec(open("config.py").read())` in a module; in a function it changes no name, unless it's told those of the module. */
function executed(call: CallSite): HiddenSet | readonly never[] {
  const { module, kind } = call.scope;
  const [, names] = argumentsOf(argListOf(call.node), module.text);
  const isModules = names ? textOf(names.value, module.text) === 'globals()' : kind === 'module';
  return isModules ? setByCode(call) : [];
}

/** `exec(code, names)`, where `names` is a name for those of the module. */
export function executedIn(call: CallSite, names: string): HiddenSet | readonly never[] {
  if (call.name !== 'exec' && call.name !== 'execfile') return [];
  const { text } = call.scope.module;
  const [, given] = argumentsOf(argListOf(call.node), text);
  return given && textOf(given.value, text) === names && isBuiltin(call) ? setByCode(call) : [];
}

function setByCode({ node, scope }: CallSite): HiddenSet | readonly never[] {
  const { text: code } = scope.module;
  const [source] = argumentsOf(argListOf(node), code);
  if (!source || onlyImports(textOf(source.value, code).slice(0, LONGEST_CODE))) return [];
  const text = stringOf(source.value, code);
  const words = text === undefined ? null : new Set(text.match(/[A-Za-z_]\w*/g));
  return {
    object: null,
    sets: (name) => !words || words.has(name),
    keys: [],
    isOfAny: !words,
    span: spanOf(node),
    scope,
  };
}

/** `globals()[k] = v`, `vars(args).update(…)`: what is done to the dict of names. */
function setThrough(dict: SyntaxNode, object: string | null, scope: Scope): HiddenSet | readonly never[] {
  const member = dict.parent;
  if (member?.name !== 'MemberExpression' || member.firstChild?.to !== dict.to) return [];
  const { text: code } = scope.module;
  const outer = member.parent;
  if (outer?.name === 'CallExpression') {
    const method = outer.firstChild?.to === member.to ? memberOf(member, code) : undefined;
    return method === undefined ? [] : setByMethod({ node: outer, name: method, scope }, object);
  }
  const key = member.lastChild?.name === ']' ? member.lastChild.prevSibling : null;
  const isTarget =
    /^(?:Assign|Update)Statement$/.test(outer?.name ?? '') && outer?.firstChild?.to === member.to;
  const value = outer?.lastChild;
  return key && isTarget && !(value && isNoNumber(value, code))
    ? { object, ...namesOfKey(key, scope), span: spanOf(outer!), scope }
    : [];
}

/** What is done to a dict of names by a method of it. */
export function setByMethod(
  { node, name, scope }: CallSite,
  object: string | null,
): HiddenSet | readonly never[] {
  const [key] = name === '__setitem__' ? argumentsOf(argListOf(node), scope.module.text) : [];
  if (key) return { object, ...namesOfKey(key.value, scope), span: spanOf(node), scope };
  return name === 'update' ? updated(node, object, scope) : [];
}

/** Which entry is set, where that isn't a number's or a part of a list. */
export function entryName(entry: SyntaxNode, scope: Scope): NamesSet | undefined {
  const bracket = entry.lastChild;
  const key = bracket?.prevSibling;
  const isOnly = key?.prevSibling?.name === '[';
  if (!key || !isOnly || /^(?:Number|Unary|\[|:)/.test(key.name)) return undefined;
  const value = entry.parent?.name === 'AssignStatement' ? entry.parent.lastChild : null;
  return value && isNoNumber(value, scope.module.text) ? undefined : namesOfKey(key, scope);
}

/** `vars(args).update(smoothing=0.3)`, `self.__dict__.update(options)`; `locals()` has what is set already. */
function updated(call: SyntaxNode, object: string | null, scope: Scope): HiddenSet | readonly never[] {
  const { text: code } = scope.module;
  const keys: string[] = [];
  let isOfAny = false;
  for (const { name, star, value } of argumentsOf(argListOf(call), code)) {
    if (textOf(value, code).slice(0, 9) === 'locals()') return [];
    if (name !== null) keys.push(name);
    else if (star === '' && value.name === 'DictionaryExpression')
      keys.push(...entriesOf(value, code).map(({ key }) => key));
    else isOfAny = true;
  }
  const set = new Set(keys);
  return { object, sets: (name) => isOfAny || set.has(name), keys, isOfAny, span: spanOf(call), scope };
}

function spanOf({ from, to }: SyntaxNode): SourceSpan {
  return { from, to };
}
