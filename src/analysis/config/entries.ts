import type { NumberToken, Origin, Span } from '../lossConfig.ts';

/** A mapping of a config file, or a dict of a Python config: what formats have in common. */
export interface ConfigObject {
  readonly entries: readonly ConfigEntry[];
  readonly parent: ConfigObject | null;
  /** The key it is the value of; null at the top and in lists. */
  readonly key: string | null;
  /** A YAML tag, without its `!`: `new:speechbrain.nnet.losses.nll_loss`. */
  readonly tag: string | null;
  readonly span: Span;
  readonly line: number;
  readonly lastLine: number;
}

export interface ConfigEntry {
  readonly key: string;
  readonly keySpan: Span;
  /** Key and value. */
  readonly span: Span;
  readonly line: number;
  readonly scalar: Scalar | null;
  /** The value, if it's a mapping. */
  readonly object: ConfigObject | null;
  /** The length of the value, if it's a list or a mapping. */
  readonly size: number;
}

export interface Scalar {
  /** As written. */
  readonly written: string;
  readonly span: Span;
  /** Of a string. */
  readonly text?: string;
  readonly boolean?: boolean;
  readonly number?: number;
  /** A number without a point. */
  readonly integer: boolean;
  readonly origins: readonly Origin[];
  readonly token: NumberToken | null;
}

export function entryOf(object: ConfigObject, key: string): ConfigEntry | undefined {
  return object.entries.find((entry) => entry.key === key);
}

export function textOfEntry(object: ConfigObject, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = entryOf(object, key)?.scalar?.text;
    if (text !== undefined) return text;
  }
  return undefined;
}

const known = new WeakMap<ConfigObject, ReadonlySet<string>>();

export function keysOf(object: ConfigObject): ReadonlySet<string> {
  const keys = known.get(object) ?? new Set(object.entries.map(({ key }) => key));
  known.set(object, keys);
  return keys;
}

/** The object itself, and those around it. */
export function* outwards(object: ConfigObject): Generator<ConfigObject> {
  for (let each: ConfigObject | null = object; each; each = each.parent) yield each;
}

/** The keys above, the outermost first. */
export function keysAbove(object: ConfigObject): readonly string[] {
  return [...outwards(object)].flatMap(({ key }) => key ?? []).toReversed();
}
