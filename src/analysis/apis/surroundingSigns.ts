import type { ConfigSigns } from '../../frameworks/surroundings.ts';
import { remembered } from '../common/remembered.ts';
import { type ConfigObject, hasKey, rootOf, textOfEntry } from '../config/configEntries.ts';

/** Looks for the signs of frameworks around keys of config files. Each object is looked at once, whatever is asked. */
export class SurroundingSigns {
  /** Sets of keys, as the catalogue has them. */
  readonly #sets: readonly string[];
  /** For each key, a bit in each of the sets it's in. */
  readonly #bits = new Map<string, number[]>();
  readonly #none: readonly number[];

  constructor(signs: Iterable<ConfigSigns>) {
    const sets = new Set<string>();
    for (const { keys } of signs) if (keys !== undefined) sets.add(keys);
    this.#sets = [...sets];
    this.#none = this.#sets.map(() => 0);
    for (const [set, keys] of this.#sets.entries())
      for (const [bit, key] of keys.split(' ').entries()) {
        const bits = this.#bits.get(key) ?? [...this.#none];
        bits[set] = 1 << bit;
        this.#bits.set(key, bits);
      }
  }

  /** True if all of these are around the keys of the object. */
  fit({ keys, least = 1, under, beside, atTop, topKeys }: ConfigSigns, object: ConfigObject): boolean {
    return (
      (keys === undefined || this.#count(object, keys) >= least) &&
      (!under || under.test(keyAbove(object))) &&
      (!beside || beside.value.test(textOfEntry(object, beside.key) ?? '')) &&
      (!atTop || atTop.value.test(textOfEntry(rootOf(object), atTop.key) ?? '')) &&
      (topKeys ?? []).every((group) => group.some((key) => hasKey(rootOf(object), key)))
    );
  }

  /** How many of a set of keys are at the level of the object, or above. */
  #count(object: ConfigObject, keys: string): number {
    let rest = this.#seen(object)[this.#sets.indexOf(keys)] ?? 0;
    let count = 0;
    for (; rest !== 0; rest &= rest - 1) count++;
    return count;
  }

  /** Which keys are there: a number for each set, with a bit for each key. */
  readonly #seen = remembered(({ entries, parent }: ConfigObject): readonly number[] => {
    const above = parent ? this.#seen(parent) : this.#none;
    let all: number[] | undefined;
    for (const { key } of entries) {
      const bits = this.#bits.get(key);
      if (bits) all = (all ?? above).map((bit, set) => bit | bits[set]!);
    }
    return all ?? above;
  });
}

/** The key that is nearest above an object's entries; empty if there is none. */
export const keyAbove = remembered(({ key, parent }: ConfigObject): string => {
  return key ?? (parent ? keyAbove(parent) : '');
});
