import { remembered } from '../../common/remembered.ts';
import type { PyModule } from './pythonScopes.ts';

/** So many names are looked for one by one, which is quicker than noting where each word of a module stands. */
const FEW = 12;
const NAME = /[A-Za-z_]\w*/g;
const PART_OF_NAME = /\w/;

/** Where a name stands in the text of a module, as a word. */
export function placesOfName(module: PyModule, name: string): readonly number[] {
  const searched = searchedIn(module);
  const known = searched.get(name);
  if (known) return known;
  if (searched.size >= FEW) return allPlaces(module).get(name) ?? [];
  const places = search(module.text, name);
  searched.set(name, places);
  return places;
}

const searchedIn = remembered((_: PyModule) => new Map<string, readonly number[]>());

function search(text: string, name: string): readonly number[] {
  const places: number[] = [];
  if (name === '') return places;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const end = at + name.length;
    const isWhole = !PART_OF_NAME.test(text[at - 1] ?? '') && !PART_OF_NAME.test(text[end] ?? '');
    if (isWhole) places.push(at);
  }
  return places;
}

const allPlaces = remembered(({ text }: PyModule): ReadonlyMap<string, readonly number[]> => {
  const places = new Map<string, number[]>();
  for (const { index, 0: name } of text.matchAll(NAME)) {
    const all = places.get(name);
    if (all) all.push(index);
    else places.set(name, [index]);
  }
  return places;
});
