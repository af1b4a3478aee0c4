import type { SyntaxNode } from '@lezer/common';
import { lastWord } from '../../../sourceTokens.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';
import { calleeOf, elementsOf, stringOf, textOf } from '../../syntax/syntaxNodes.ts';
import type { NamesSet } from './hiddenSet.ts';

/** Which names a key may be: one that's written, those of a loop, or what begins and ends like it. */
export function namesOfKey(key: SyntaxNode, scope: Scope): NamesSet {
  const { text: code } = scope.module;
  const listed = key.name === 'VariableName' ? keysOfLoop(textOf(key, code), scope) : undefined;
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
export function isNoNumber(value: SyntaxNode, code: string): boolean {
  if (/^(?:Lambda|Dictionary|Array|Format|String|ContinuedString)/.test(value.name)) return true;
  const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
  return callee !== null && /^_?[A-Z]/.test(lastWord(textOf(callee, code)));
}
