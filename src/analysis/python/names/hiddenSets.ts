import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../common/groupedBy.ts';
import { remembered } from '../../common/remembered.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { lastWord, namesBefore } from '../../sourceTokens.ts';
import { type CallSite, type PyModule, type Scope, scopeAt } from '../syntax/pythonScopes.ts';
import {
  argListOf,
  argumentsOf,
  calleeOf,
  dottedOf,
  elementsOf,
  entriesOf,
  memberOf,
  stringOf,
  textOf,
} from '../syntax/syntaxNodes.ts';

/** What sets a name or an attribute without an assignment to it: `exec(code)`, `globals()[k] = v`, `setattr(cfg, k, v)`. */
export interface HiddenSet {
  /** As it's written, `losses[]` for an element of `losses`; null: names of the module. */
  readonly object: string | null;
  readonly sets: (name: string) => boolean;
  /** Names that it sets surely. */
  readonly keys: readonly string[];
  /** Which name it sets is known where it runs only. */
  readonly isOfAny: boolean;
  /** What does it. */
  readonly span: SourceSpan;
  readonly scope: Scope;
}

/** Those of an object, or of the names of the module, in the order of the source. */
export function hiddenSetsOn(object: string | null, module: PyModule): readonly HiddenSet[] {
  return allHiddenSets(module).get(object) ?? [];
}

/** All of a module, by the object. */
export const allHiddenSets = remembered(
  (module: PyModule): ReadonlyMap<string | null, readonly HiddenSet[]> => {
    const all = maySet(module.text) ? [...module.calls.flatMap(setBy), ...entriesSet(module)] : [];
    return groupedBy(all, (each) => each.object);
  },
);

/** Most texts have none of these letters, which is known far sooner than that they have none of the words. */
const LETTERS = ['exec', 'globals', 'locals', 'vars', 'setattr', '__dict__'];
const HINT = /\b(?:exec|execfile|globals|locals|vars|setattr|__setattr__|__dict__)\b/;

function maySet(text: string): boolean {
  return LETTERS.some((letters) => text.includes(letters)) && HINT.test(text);
}

const ENTRY = /\.__dict__\[([^[\]\n]{1,80})\] ?=(?!=)/g;

/** `cfg.__dict__["smoothing"] = 0.3` */
function entriesSet(module: PyModule): readonly HiddenSet[] {
  return Array.from(module.text.matchAll(ENTRY), ({ 0: { length }, 1: key = '', index }) => {
    const object = namesBefore(module.text, index);
    const span = { from: index - object.length, to: index + length };
    return { object, ...namedBy(key), span, scope: scopeAt(module, index) };
  });
}

function setBy({ node, name, scope }: CallSite): HiddenSet | readonly never[] {
  const { text: code } = scope.module;
  const callee = calleeOf(node);
  const given = argumentsOf(argListOf(node), code);
  const isName = callee?.name === 'VariableName' || (callee && textOf(callee, code) === `builtins.${name}`);
  switch (name) {
    case 'exec':
    case 'execfile':
      return isName && given[0] ? executed(node, given, scope) : [];
    case 'globals':
      return isName ? setThrough(node, null, scope) : [];
    case 'locals':
    case 'vars': {
      const object = given[0] ? dottedOf(given[0].value, code) : null;
      // What a function's own `locals()` is told changes no name of it.
      if (!isName || object === undefined || (object === null && scope.kind === 'function')) return [];
      return setThrough(node, object, scope);
    }
    case 'setattr':
    case '__setattr__': {
      const [object, key, value] =
        given.length >= 3
          ? given.map((each) => each.value)
          : [callee?.firstChild, ...given.map(({ value }) => value)];
      const of = object ? objectOf(object, code) : undefined;
      if (of === undefined || !key || !value || isNoNumber(value, code)) return [];
      return { object: of, ...named(key, scope), span: spanOf(node), scope };
    }
    case 'update': {
      const own = callee?.firstChild;
      if (own?.name !== 'MemberExpression' || memberOf(own, code) !== '__dict__') return [];
      const object = dottedOf(own.firstChild, code);
      return object === undefined ? [] : updated(node, object, scope);
    }
    default:
      return [];
  }
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
function executed(
  node: SyntaxNode,
  [source, names]: ReturnType<typeof argumentsOf>,
  scope: Scope,
): HiddenSet | readonly never[] {
  const { text: code } = scope.module;
  const isModules = names ? /^globals\(\)$/.test(textOf(names.value, code)) : scope.kind === 'module';
  if (!source || !isModules) return [];
  const text = stringOf(source.value, code);
  if (onlyImports(textOf(source.value, code).slice(0, LONGEST_CODE))) return [];
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
    const [key] = method === '__setitem__' ? argumentsOf(argListOf(outer), code) : [];
    if (key) return { object, ...named(key.value, scope), span: spanOf(outer), scope };
    return method === 'update' ? updated(outer, object, scope) : [];
  }
  const key = member.lastChild?.name === ']' ? member.lastChild.prevSibling : null;
  const isTarget =
    /^(?:Assign|Update)Statement$/.test(outer?.name ?? '') && outer?.firstChild?.to === member.to;
  const value = outer?.lastChild;
  return key && isTarget && !(value && isNoNumber(value, code))
    ? { object, ...named(key, scope), span: spanOf(outer!), scope }
    : [];
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

/** Which names a key may be: one that's written, those of a loop, or what begins and ends like it. */
function named(key: SyntaxNode, scope: Scope): Pick<HiddenSet, 'sets' | 'keys' | 'isOfAny'> {
  const { text: code } = scope.module;
  const listed = key.name === 'VariableName' ? keysOfLoop(textOf(key, code), scope) : undefined;
  if (listed) return { sets: (name) => listed.includes(name), keys: listed, isOfAny: false };
  return namedBy(textOf(key, code).slice(0, LONGEST_KEY));
}

/** The same of a key as it's written. */
function namedBy(written: string): Pick<HiddenSet, 'sets' | 'keys' | 'isOfAny'> {
  const only = ONLY.exec(written)?.[2];
  if (only !== undefined) return { sets: (name) => name === only, keys: [only], isOfAny: false };
  const begins = BEGINS.exec(written)?.[1] ?? '';
  // `name + "_loss"`, `f"{name}_loss"`
  const whole = /["']$/.test(written) ? written.slice(0, -1) : '';
  const ends = whole.slice(Math.max(...['"', "'", '}'].map((each) => whole.lastIndexOf(each))) + 1);
  return { sets: (name) => name.startsWith(begins) && name.endsWith(ends), keys: [], isOfAny: true };
}

const LONGEST_KEY = 200;
const ONLY = /^(["'])(\w*)\1$/;
/** `f"conv{i}"`, `"conv" + i`, `"conv%d" % i`, `"conv{}".format(i)` */
const BEGINS = /^[fFrR]?["']([^"'{%]*)/;

const LONGEST_LIST = 2000;

/** `for key in ("lr", "epochs")` */
function keysOfLoop(name: string, scope: Scope): readonly string[] | undefined {
  const binding = scope.bindings.get(name)?.at(-1);
  if (binding?.kind !== 'element' || !/^(?:Array|Tuple)/.test(binding.of.name)) return undefined;
  // Not all of a long list for each use of it.
  if (binding.of.to - binding.of.from > LONGEST_LIST) return undefined;
  const keys = (elementsOf(binding.of) ?? []).map((each) => stringOf(each, scope.module.text));
  return keys.every((each) => each !== undefined) ? keys : undefined;
}

/** A layer, a function, a text: no α, and no number of classes. */
function isNoNumber(value: SyntaxNode, code: string): boolean {
  if (/^(?:Lambda|Dictionary|Array|Format|String|ContinuedString)/.test(value.name)) return true;
  const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
  return callee !== null && /^_?[A-Z]/.test(lastWord(textOf(callee, code)));
}

function spanOf({ from, to }: SyntaxNode): SourceSpan {
  return { from, to };
}
