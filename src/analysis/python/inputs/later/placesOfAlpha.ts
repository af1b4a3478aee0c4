import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { Scope } from '../../syntax/pythonScopes.ts';
import { argListOf, argumentsOf, calleeOf, textOf } from '../../syntax/syntaxNodes.ts';

/** What an object of a class keeps of what it's made with, and where. */
export interface PlaceOfAlpha {
  /** Of which object in it: "ce" for `self.ce.label_smoothing`, nothing for its own attribute. */
  readonly inner: string;
  readonly attribute: string;
}

/** Losses in losses, attributes of one class, and characters of a value that are looked at. */
const [MOST_LEVELS, MOST_ATTRIBUTES, LONGEST_VALUE] = [3, 64, 400];

/** The attributes of an object that α is in, given as a parameter: itself, a loss inside that gets it, and α of that. */
export function placesOfAlpha(of: Scope, parameter: string): readonly PlaceOfAlpha[] {
  const known = found(of);
  const before = known.get(parameter);
  if (before) return before;
  const places = placesIn(of, parameter, MOST_LEVELS);
  known.set(parameter, places);
  return places;
}

/** By parameter. */
const found = remembered((_: Scope) => new Map<string, readonly PlaceOfAlpha[]>());

function placesIn(of: Scope, parameter: string, levels: number): readonly PlaceOfAlpha[] {
  if (levels === 0 || of.kind !== 'class') return [];
  const { text } = of.module;
  const words = [parameter, ...localsOf(of, parameter)];
  const isOfAlpha = (node: SyntaxNode) => {
    const written: readonly string[] = textOf(node, text).slice(0, LONGEST_VALUE).match(/\w+/g) ?? [];
    return words.some((word) => written.includes(word));
  };
  return [...of.attributes].slice(0, MOST_ATTRIBUTES).flatMap(([attribute, bindings]): PlaceOfAlpha[] => {
    if (attribute.includes('.')) return [];
    const values = bindings.flatMap((each) => (each.kind === 'value' ? [each.value] : []));
    const made = values.filter(isOfAlpha);
    if (made.length === 0) return [];
    const inside = made.flatMap((value) => {
      const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
      const [bound] = (callee && of.module.scope.bindings.get(textOf(callee, text))) ?? [];
      const inner = bound?.kind === 'definition' ? bound.defined : undefined;
      const init = inner?.bindings.get('__init__')?.at(-1);
      const parameters = init?.kind === 'definition' ? init.defined.parameters.slice(1) : [];
      return argumentsOf(callee ? argListOf(value) : null, text).flatMap((given, i) => {
        if (!isOfAlpha(given.value)) return [];
        if (given.star !== '')
          return keysNamed(of, given.value).map((key) => ({ inner: attribute, attribute: key }));
        const name = given.name ?? parameters[i]?.name;
        if (name === undefined) return [];
        const deeper = inner ? placesIn(inner, name, levels - 1) : [];
        return [
          { inner: attribute, attribute: name },
          ...deeper.map((each) => ({
            ...each,
            inner: each.inner === '' ? attribute : `${attribute}.${each.inner}`,
          })),
        ];
      });
    });
    return [{ inner: '', attribute }, ...inside];
  });
}

/** Names of the initializer for what is made of a parameter: `eps = max(smoothing, 0)`. */
function localsOf(of: Scope, parameter: string): readonly string[] {
  const { text } = of.module;
  const init = initOf(of);
  return [...(init?.bindings ?? [])].slice(0, MOST_ATTRIBUTES).flatMap(([name, bindings]) => {
    const isMade = bindings.some(
      (each) =>
        each.kind === 'value' &&
        textOf(each.value, text).slice(0, LONGEST_VALUE).match(/\w+/g)?.includes(parameter),
    );
    return isMade && name !== parameter ? name : [];
  });
}

const KEY = /\b([A-Za-z_]\w{0,80}) ?=(?!=)|["'](\w{1,80})["'] ?:/g;

/** The keys of a dict that is handed on as `**options`. */
function keysNamed(of: Scope, node: SyntaxNode): readonly string[] {
  const { text } = of.module;
  const bound = node.name === 'VariableName' ? initOf(of)?.bindings.get(textOf(node, text)) : undefined;
  return (bound ?? []).flatMap((each) => {
    const written = each.kind === 'value' ? textOf(each.value, text).slice(0, LONGEST_VALUE) : '';
    return Array.from(written.matchAll(KEY), ([, a, b]) => (a ?? b)!);
  });
}

function initOf(of: Scope): Scope | undefined {
  const init = of.bindings.get('__init__')?.at(-1);
  return init?.kind === 'definition' ? init.defined : undefined;
}
