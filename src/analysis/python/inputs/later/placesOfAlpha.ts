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
  return [...of.attributes].slice(0, MOST_ATTRIBUTES).flatMap(([attribute, bindings]): PlaceOfAlpha[] => {
    if (attribute.includes('.')) return [];
    const values = bindings.flatMap((each) => (each.kind === 'value' ? [each.value] : []));
    const made = values.filter((each) => hasWord(textOf(each, text).slice(0, LONGEST_VALUE), parameter));
    if (made.length === 0) return [];
    const inside = made.flatMap((value) => {
      const callee = value.name === 'CallExpression' ? calleeOf(value) : null;
      const [bound] = (callee && of.module.scope.bindings.get(textOf(callee, text))) ?? [];
      const inner = bound?.kind === 'definition' ? bound.defined : undefined;
      const init = inner?.bindings.get('__init__')?.at(-1);
      const parameters = init?.kind === 'definition' ? init.defined.parameters.slice(1) : [];
      return argumentsOf(callee ? argListOf(value) : null, text).flatMap((given, i) => {
        if (!hasWord(textOf(given.value, text).slice(0, LONGEST_VALUE), parameter)) return [];
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

function hasWord(code: string, word: string): boolean {
  return code.match(/\w+/g)?.includes(word) ?? false;
}
