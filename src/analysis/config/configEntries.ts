import { remembered } from '../common/remembered.ts';
import type { NumberToken, ValueOrigin } from '../lossConfig.ts';
import type { SourceSpan } from '../sourcePlace.ts';

/** A mapping of a config file, or a dict of a Python config: what formats have in common. */
export interface ConfigObject {
  readonly entries: readonly ConfigEntry[];
  readonly parent: ConfigObject | null;
  /** The key it is the value of; null at the top and in lists. */
  readonly key: string | null;
  /** A YAML tag, without its `!`: `new:speechbrain.nnet.losses.nll_loss`. */
  readonly tag: string | null;
  readonly span: SourceSpan;
  readonly line: number;
  readonly lastLine: number;
}

export interface ConfigEntry {
  readonly key: string;
  readonly keySpan: SourceSpan;
  /** Key and value. */
  readonly span: SourceSpan;
  readonly line: number;
  readonly scalar: Scalar | null;
  /** The value, if it's a mapping. */
  readonly object: ConfigObject | null;
  /** The length of the value, if it's a list or a mapping. */
  readonly size: number;
  /** The plain values of a list, the first `MOST_ITEMS`; absent if it isn't a list, or has none. */
  readonly items?: readonly Scalar[];
  /** Text of several lines, as it's written; absent if the value is another. */
  readonly lines?: Scalar;
}

/** No command line that is written as a list is longer. */
export const MOST_ITEMS = 200;

export interface Scalar {
  /** As written. */
  readonly written: string;
  readonly span: SourceSpan;
  /** Of a string. */
  readonly text?: string;
  readonly boolean?: boolean;
  readonly number?: number;
  /** Several numbers of which a run takes one: a loop's, a sweep's. */
  readonly values?: readonly number[];
  /** A number without a point. */
  readonly integer: boolean;
  readonly origins: readonly ValueOrigin[];
  readonly token: NumberToken | null;
}

/** One of several numbers; plain if all are the same. */
export function severalOf(values: readonly number[], written: string, span: SourceSpan): Scalar {
  const distinct = [...new Set(values)];
  const [only] = distinct;
  const which = distinct.length === 1 && only !== undefined ? { number: only } : { values: distinct };
  return { written, span, ...which, integer: values.every(Number.isInteger), origins: [], token: null };
}

/** `0.0,0.1` and `choice(0.0, 0.1)`: what a sweep runs through. */
const SWEPT = /^(?:choice\()?([-+.\deE]+(?:\s*,\s*[-+.\deE]+)+)\)?$/;

/** The numbers that a text lists for a sweep; undefined for any other text. */
export function sweptValues(text: string): readonly number[] | undefined {
  const values = SWEPT.exec(text)?.[1]?.split(',').map(Number);
  return values?.every(Number.isFinite) ? values : undefined;
}

/** To be asked once all entries are read. Of several with the same key it's the first. */
const byKey = remembered(({ entries }: ConfigObject): ReadonlyMap<string, ConfigEntry> => {
  return new Map(entries.toReversed().map((entry) => [entry.key, entry] as const));
});

export function entryOf(object: ConfigObject, key: string): ConfigEntry | undefined {
  return byKey(object).get(key);
}

export function hasKey(object: ConfigObject, key: string): boolean {
  return byKey(object).has(key);
}

export function textOfEntry(object: ConfigObject, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = entryOf(object, key)?.scalar?.text;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** What a key is set to, with dashes or underscores; undefined if it isn't there. */
export function textFor(
  object: ConfigObject,
  key: string,
): { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unknown' } | undefined {
  const entry = entryOf(object, key) ?? entryOf(object, key.replaceAll('-', '_'));
  const text = entry?.scalar?.text;
  return entry && (text === undefined ? { kind: 'unknown' } : { kind: 'text', text });
}

/** The object itself, and those around it. */
export function* outwards(object: ConfigObject): Generator<ConfigObject> {
  for (let each: ConfigObject | null = object; each; each = each.parent) yield each;
}

/** The one around all. */
export const rootOf = remembered((object: ConfigObject): ConfigObject => {
  let root = object;
  while (root.parent) root = root.parent;
  return root;
});
