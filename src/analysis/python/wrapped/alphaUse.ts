import type { LossKind } from '../../../frameworks/frameworkApi.ts';
import type { CallSite, Scope } from '../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, dottedOf, textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import { returnsOf } from './returned.ts';

/**
 * A hand-written loss that makes an α of its own. `moves`: it, or the targets made with it, are others later, as where targets are
 * learnt; `may`: another for each row, by the look of it, which running it shows.
 */
export function changesAlpha(scope: Scope, argument: string, code: string): 'moves' | 'may' | null {
  const init = scope.kind === 'class' ? scope.bindings.get('__init__')?.at(-1) : undefined;
  const own = init?.kind === 'definition' ? init.defined : scope;
  if ((own.bindings.get(argument)?.length ?? 0) > 1) return 'may';
  const held = [...scope.attributes].filter(([, bindings]) =>
    bindings.some((each) => each.kind === 'value' && textOf(each.value, scope.module.text) === argument),
  );
  if (held.some(([, bindings]) => bindings.some((each) => each.scope.name !== '__init__'))) return 'moves';
  const names = new Set([argument, ...held.map(([name]) => name)]);
  const has = (text: string) => words(text).some((word) => names.has(word));
  if (callsWith(code, /register_buffer|\bParameter\(/).some(has)) return 'moves';
  const lines = code.split('\n').slice(0, MOST_LINES);
  const subtracted = new Set(Array.from(code.matchAll(/\b1(?:\.0*)? ?- ?(\w+)\b/g), ([, name = '']) => name));
  // What is left to the label is given, and the rest is shared out.
  const shared = Array.from(
    code.matchAll(/\b1(?:\.0*)? ?- ?(?:self\.)?(\w+) ?\) ?\//g),
    ([, name = '']) => name,
  );
  if (shared.some((name) => names.has(name))) return 'may';
  const isOfRows = lines.some((line) => {
    if (
      Array.from(line.matchAll(/\b1(?:\.0*)? ?- ?(?:self\.)?(\w+) ?\*/g)).some(([, name = '']) =>
        names.has(name),
      )
    )
      return true;
    const [, name = '', value = ''] = /^\s*(\w+) ?= ?(.*)$/.exec(line) ?? [];
    return value.includes('*') && has(value) && subtracted.has(name) && !names.has(name);
  });
  return isOfRows ? 'may' : null;
}

const MOST_LINES = 2000;
/** Characters of a call that are looked at. */
const STATEMENT = 200;

function words(text: string): readonly string[] {
  return text.match(/\w+/g) ?? [];
}

/** The first call of such a name, up to the parenthesis that closes it. */
function callsWith(code: string, pattern: RegExp): readonly string[] {
  const match = pattern.exec(code);
  if (!match) return [];
  const end = Math.min(code.length, match.index + STATEMENT);
  let depth = 0;
  for (let i = match.index; i < end; i++) {
    if (code[i] === '(') depth++;
    else if (code[i] === ')' && --depth === 0) return [code.slice(match.index, i)];
  }
  return [code.slice(match.index, end)];
}

/** True if the call inside a definition may not be what its caller gets: it's in a branch that isn't about α. */
export function isInBranch({ node, scope }: CallSite, owner: Scope, parameter: string): boolean {
  const { text } = scope.module;
  const isAboutAlpha = (test: string) => words(test).some((word) => word === parameter);
  for (let each = node.parent; each && each.from >= owner.span.from; each = each.parent) {
    if (
      each.name === 'IfStatement' ||
      each.name === 'ConditionalExpression' ||
      each.name === 'TryStatement'
    ) {
      const [head = ''] = textOf(each, text).split(':');
      if (
        each.name === 'TryStatement' ||
        !isAboutAlpha(each.name === 'IfStatement' ? head : textOf(each, text))
      )
        return true;
    }
    if (each.from === owner.span.from) break;
  }
  return returnsOf(scope).some((returned) => {
    if (returned.from >= node.from || returned.to >= node.to) return false;
    const test = returned.parent?.parent?.parent;
    return !test || !isAboutAlpha(textOf(test, text).split(':')[0]!);
  });
}

/**
 * What a definition computes that calls a known loss: the same where it returns just that, focal where there's the factor of one;
 * null where that isn't known.
 */
export function wrappedKind(
  scope: Scope,
  site: CallSite,
  inner: LossKind | null,
  code: string,
): LossKind | null {
  if (/\*\* ?\(?(?:self\.)?gamma|pow\([^()]*gamma/.test(code)) return inner === 'ce' ? 'focal' : null;
  if (scope.kind === 'function')
    return returnsJust(scope, (each) => isCall(each, site) && isHandedOn(each)) ? inner : null;
  const method = ['forward', 'call', '__call__'].flatMap((name) => scope.bindings.get(name) ?? []).at(-1);
  // Called as its base is.
  if (!method) return site.name === '__init__' ? inner : null;
  if (method.kind !== 'definition') return null;
  const { text } = scope.module;
  const attribute = [...scope.attributes].find(([, bindings]) => {
    const [only, ...others] = bindings;
    return (
      only?.kind === 'value' && others.length === 0 && isCall({ node: only.value, scope: only.scope }, site)
    );
  })?.[0];
  return returnsJust(method.defined, (each) => {
    if (isCall(each, site)) return isHandedOn(each);
    const node = unwrapped(each.node);
    const callee = node.name === 'CallExpression' ? dottedOf(calleeOf(node), text) : undefined;
    return attribute !== undefined && callee === `self.${attribute}` && isHandedOn(each);
  })
    ? inner
    : null;
}

/** Names that are followed to what they're made of. */
const MOST_NAMES = 16;
/** Characters of what a name is made of that are looked at. */
const LONGEST_VALUE = 1000;
/** Makes probabilities of logits, or other targets of labels. */
const MAKES_OTHERS =
  /softmax|sigmoid|tanh|clamp|clip|normalize|one_?hot|scatter|smooth|lerp|eye\(|\bexp\(|\.exp\b/i;
/** A function that isn't a model's: what it makes isn't shown. */
const HELPER =
  /(?<![\w.])(?!\w*(?:model|net|head|encoder|decoder|backbone|fc|classifier|int|float|len|range|tuple|list)\b)\w+\(/i;

/** True if a loss gets the logits and labels its caller gives, as far as what they're made of shows. */
function isHandedOn({ node, scope }: Expression): boolean {
  const { text } = scope.module;
  const call = unwrapped(node);
  const given = argumentsOf(argListOf(call), text).filter(
    ({ name }) => name === null || !/smooth|weight|reduction|ignore/.test(name),
  );
  const open = given.slice(0, 2).map(({ value }) => textOf(value, text).slice(0, LONGEST_VALUE));
  const seen = new Set<string>();
  for (let code = open.pop(); code !== undefined; code = open.pop()) {
    if (MAKES_OTHERS.test(code) || HELPER.test(code)) return false;
    for (const name of words(code)) {
      if (seen.has(name) || seen.size >= MOST_NAMES) continue;
      seen.add(name);
      for (const binding of scope.bindings.get(name)?.slice(0, MOST_NAMES) ?? [])
        if (binding.kind === 'value') open.push(textOf(binding.value, text).slice(0, LONGEST_VALUE));
    }
  }
  return true;
}

/** A function has one `return`, of an expression like that, or of a name for one. */
function returnsJust(scope: Scope, is: (expression: Expression) => boolean): boolean {
  const [returned, ...others] =
    scope.node?.name === 'LambdaExpression' ? [scope.node.lastChild!] : returnsOf(scope);
  if (!returned || others.length > 0) return false;
  const expression = { node: returned, scope };
  if (is(expression)) return true;
  const inner = unwrapped(returned);
  const bindings =
    inner.name === 'VariableName' ? scope.bindings.get(textOf(inner, scope.module.text)) : undefined;
  const [only, ...more] = bindings ?? [];
  return only?.kind === 'value' && more.length === 0 && is({ node: only.value, scope: only.scope });
}

function isCall({ node }: Expression, site: CallSite): boolean {
  const inner = unwrapped(node);
  return inner.from === site.node.from && inner.to === site.node.to;
}
