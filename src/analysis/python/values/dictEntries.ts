import { firstOf } from '../../common/firstOf.ts';

import type { Expression } from './expression.ts';

/** More dicts than this put into one aren't followed. */
const MOST_LAYERS = 16;
/** Of a dict of others with more entries than this the number isn't known. */
const MOST_COUNTED = 1000;

/**
 * What a dict has under keys that are strings. One that is made of others (`dict(**a, b=1)`) holds them as they are: copying them
 * for each that is made of one takes as long as all of them together.
 */
export class Entries {
  readonly #own: ReadonlyMap<string, Expression>;
  /** What this is made of, the first that counts first. */
  readonly #layers: readonly Entries[];
  readonly #found = new Map<RegExp, string | undefined>();
  /** How many entries it has, whatever their keys; null where the source doesn't tell. */
  readonly size: number | null;

  private constructor(own: ReadonlyMap<string, Expression>, layers: readonly Entries[], size: number | null) {
    this.#own = own;
    this.#layers = layers;
    this.size = size;
  }

  static of(entries: Iterable<readonly [string, Expression]>, size: number | null): Entries {
    return new Entries(new Map(entries), [], size);
  }

  /** Of several dicts, those behind covering those in front. `isKnown`: there are no others. Undefined if they are too many. */
  static merged(parts: readonly Entries[], isKnown: boolean): Entries | undefined {
    const layers = parts
      .flatMap((part) => (part.#layers.length > 0 ? part.#layers.toReversed() : [part]))
      .filter((layer) => layer.#own.size > 0 || layer.size !== 0)
      .toReversed();
    const [only, ...more] = layers;
    if (only && more.length === 0 && isKnown) return only;
    return layers.length > MOST_LAYERS
      ? undefined
      : new Entries(new Map(), layers, isKnown ? counted(layers) : null);
  }

  get(key: string): Expression | undefined {
    return this.#own.get(key) ?? this.#layers.find((layer) => layer.has(key))?.get(key);
  }

  has(key: string): boolean {
    return this.#own.has(key) || this.#layers.some((layer) => layer.has(key));
  }

  /** The first key that a pattern finds. A pattern is looked for once: it has to be the same object each time. */
  keyLike(pattern: RegExp): string | undefined {
    if (!this.#found.has(pattern)) {
      const layer = this.#layers.findLast((each) => each.keyLike(pattern) !== undefined);
      this.#found.set(pattern, layer?.keyLike(pattern) ?? firstLike(this.#own.keys(), pattern));
    }
    return this.#found.get(pattern);
  }

  /** At most so many keys. */
  keys(most: number): readonly string[] {
    const layers = this.#layers.flatMap((layer) => layer.keys(most));
    return [...new Set([...firstOf(this.#own.keys(), most), ...layers])].slice(0, most);
  }
}

/** How many keys dicts have together. */
function counted(layers: readonly Entries[]): number | null {
  const sizes = layers.map((layer) => layer.size ?? Number.POSITIVE_INFINITY);
  const most = sizes.reduce((sum, size) => sum + size, 0);
  if (most > MOST_COUNTED) return null;
  const keys = layers.map((layer) => layer.keys(MOST_COUNTED));
  // A key that is no string may be in several.
  return keys.every((each, i) => each.length === sizes[i]) ? new Set(keys.flat()).size : null;
}

export function firstLike(names: Iterable<string>, pattern: RegExp): string | undefined {
  for (const name of names) if (pattern.test(name)) return name;
  return undefined;
}
