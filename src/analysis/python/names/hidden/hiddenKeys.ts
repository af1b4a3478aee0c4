import type { SyntaxNode } from '@lezer/common';
import { lastWord } from '../../../sourceTokens.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, elementsOf, stringOf, textOf } from '../../syntax/syntaxNodes.ts';
import { areElementsChanged } from '../changed/changedElements.ts';
import { visible } from '../visibleBindings.ts';
import type { NamesSet } from './hiddenSet.ts';

/** Which names a key may be: one that's written, those that its name has, or what begins and ends like it. */
export function namesOfKey(key: SyntaxNode, scope: Scope): NamesSet {
  const { text: code } = scope.module;
  const listed = key.name === 'VariableName' ? keysNamed(key, scope) : undefined;
  if (listed) return { sets: (name) => listed.includes(name), keys: listed, isOfAny: false };
  return namedBy(textOf(key, code).slice(0, LONGEST_KEY));
}

/** The same of a key as it's written. */
export function namedBy(written: string): NamesSet {
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

/** More places where a name of a key may have got its value aren't looked at. */
const MOST_PLACES = 16;

/** `for key in ("lr", "epochs")`, `KEY = "lr"` */
function keysNamed(key: SyntaxNode, scope: Scope): readonly string[] | undefined {
  const { bindings = [] } = visible(textOf(key, scope.module.text), scope, key.from) ?? {};
  if (bindings.length === 0 || bindings.length > MOST_PLACES) return undefined;
  const keys = bindings.flatMap((binding): readonly (string | undefined)[] => {
    const { text } = binding.scope.module;
    if (binding.kind === 'value') return [stringOf(binding.value, text)];
    const list = binding.kind === 'element' ? listOf(binding.of, binding.scope) : undefined;
    // Not all of a long list for each use of it.
    if (!list || list.to - list.from > LONGEST_LIST) return [undefined];
    return (elementsOf(list) ?? [null]).map((each) => (each ? stringOf(each, text) : undefined));
  });
  return keys.every((each) => each !== undefined) ? keys : undefined;
}

/** A list that is written down, where it's used or as the only value of a name. */
function listOf(of: SyntaxNode, scope: Scope): SyntaxNode | undefined {
  if (/^(?:Array|Tuple)/.test(of.name)) return of;
  if (of.name !== 'VariableName') return undefined;
  const name = textOf(of, scope.module.text);
  const [only, ...others] = visible(name, scope, of.from)?.bindings ?? [];
  if (only?.kind !== 'value' || others.length > 0 || !/^(?:Array|Tuple)/.test(only.value.name))
    return undefined;
  return areElementsChanged(name, scope.module, true) ? undefined : only.value;
}

/** A layer, a function, a text: no α, and no number of classes. */
export function isNoNumber(value: SyntaxNode, code: string): boolean {
  if (/^(?:Lambda|Dictionary|Array|Format|String|ContinuedString)/.test(value.name)) return true;
  const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
  return callee !== null && /^_?[A-Z]/.test(lastWord(textOf(callee, code)));
}
