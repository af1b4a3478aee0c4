import { CST } from 'yaml';
import type { Work } from '../../../loss/work.ts';
import { type LineStarts, lineAt } from '../../lineStarts.ts';
import type { Unread } from '../../lossConfig.ts';
import { MOST_ORIGINS } from '../../python/values/originLimit.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import { type ConfigEntry, type ConfigObject, MOST_ITEMS, type Scalar } from '../configEntries.ts';
import { type ConfigFile, saidInComments } from '../configFile.ts';
import { emptyScalar, scalarOf } from '../yamlScalars.ts';
import { endOf, isCollection, type YamlCollection, yamlTokens } from './yamlTokens.ts';

/** Entries between two yields. */
const ENTRIES = 200;
/** Deeper than any config; the reader is recursive. */
const DEPTH = 64;
/** Characters of a value, or a key, that is of interest. */
const LONGEST = 1000;

/** YAML. Reads the concrete syntax: what isn't valid yet has positions, too. */
export function* parseYamlConfig(text: string, lineStarts: LineStarts): Work<ConfigFile> {
  const { tokens, unread } = yield* yamlTokens(text);
  return yield* new YamlReader(text, lineStarts, unread).readFile(tokens);
}

/** A node, with what is written in front of it. */
interface Read {
  readonly scalar: Scalar | null;
  readonly object: ConfigObject | null;
  readonly size: number;
  readonly items?: readonly Scalar[];
  readonly lines?: Scalar;
  readonly to: number;
}

class YamlReader {
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #objects: ConfigObject[] = [];
  readonly #anchors = new Map<string, Read>();
  #complete: boolean;
  #unread: Unread | null;
  #depth = 0;
  #count = 0;

  constructor(text: string, lines: LineStarts, unread: Unread | null) {
    this.#text = text;
    this.#lines = lines;
    this.#complete = unread === null;
    this.#unread = unread;
  }

  *readFile(tokens: readonly CST.Token[]): Work<ConfigFile> {
    for (const token of tokens) {
      if (token.type === 'error') this.#complete = false;
      if (token.type === 'document' && token.value)
        yield* this.#readValue(token.value, token.start, null, null);
    }
    return {
      objects: this.#objects,
      complete: this.#complete,
      comments: saidInComments(this.#text, this.#lines),
      unread: this.#unread,
    };
  }

  *#readValue(
    token: CST.Token,
    before: readonly CST.SourceToken[],
    parent: ConfigObject | null,
    key: string | null,
  ): Work<Read> {
    const anchor = before.find(({ type }) => type === 'anchor')?.source.slice(1);
    const tag = before.find(({ type }) => type === 'tag')?.source.slice(1) ?? null;
    let read = NOTHING;
    if (this.#depth === DEPTH) this.#unread = 'depth';
    else {
      this.#depth++;
      read = isCollection(token) ? yield* this.#readCollection(token, parent, key, tag) : this.#leaf(token);
      this.#depth--;
    }
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #leaf(token: CST.Token): Read {
    switch (token.type) {
      case 'alias':
        return this.#alias(token);
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        return this.#scalar(token);
      case 'block-scalar':
        return this.#block(token);
      default:
        if (token.type === 'error') this.#complete = false;
        return { scalar: null, object: null, size: 1, to: token.offset };
    }
  }

  *#readCollection(
    token: YamlCollection,
    parent: ConfigObject | null,
    key: string | null,
    tag: string | null,
  ): Work<Read> {
    if (token.type === 'block-map') return yield* this.#readMap(token, token.items, parent, key, tag);
    if (token.type === 'block-seq') return yield* this.#readSequence(token, parent, key);
    const closed = token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
    if (!closed) this.#complete = false;
    return token.start.type === 'flow-map-start'
      ? yield* this.#readMap(token, token.items, parent, key, tag)
      : yield* this.#readSequence(token, parent, key);
  }

  *#readMap(
    token: CST.BlockMap | CST.FlowCollection,
    items: readonly CST.CollectionItem[],
    parent: ConfigObject | null,
    key: string | null,
    tag: string | null,
  ): Work<Read> {
    const entries: ConfigEntry[] = [];
    const line = lineAt(this.#lines, token.offset);
    const span: { from: number; to: number } = { from: token.offset, to: token.offset };
    const object = { entries, parent, key, tag, span, line, lastLine: line };
    this.#objects.push(object);
    for (const item of items) {
      if (++this.#count % ENTRIES === 0) yield 1;
      const entry = yield* this.#readEntry(item, object);
      if (!entry) continue;
      entries.push(entry);
      span.to = Math.max(span.to, entry.span.to);
    }
    if (token.type === 'flow-collection') span.to = Math.max(span.to, ...token.end.slice(0, 1).map(endOf));
    object.lastLine = lineAt(this.#lines, span.to);
    return { scalar: null, object, size: entries.length, to: span.to };
  }

  *#readEntry({ key, sep, value }: CST.CollectionItem, object: ConfigObject): Work<ConfigEntry | undefined> {
    if (!key || !CST.isScalar(key) || !('source' in key)) return undefined;
    const name = this.#textOf(key);
    if (name === undefined) return undefined;
    const keySpan = { from: key.offset, to: key.offset + key.source.length };
    // Without a value it ends with its colon.
    const colon = sep?.find(({ type }) => type === 'map-value-ind');
    const end = colon ? endOf(colon) : keySpan.to;
    const read = value
      ? yield* this.#readValue(value, sep ?? [], object, name)
      : { scalar: emptyScalar(end), object: null, size: 0, to: end };
    const span = { from: keySpan.from, to: Math.max(read.to, end) };
    const line = lineAt(this.#lines, keySpan.from);
    const { scalar, object: inner, size, items, lines } = read;
    const parts = { ...(items && { items }), ...(lines && { lines }) };
    return { key: name, keySpan, span, line, scalar, object: inner, size, ...parts };
  }

  *#readSequence(
    token: CST.BlockSequence | CST.FlowCollection,
    parent: ConfigObject | null,
    key: string | null,
  ): Work<Read> {
    let size = 0;
    let to = token.offset;
    const items: Scalar[] = [];
    const pairs: CST.CollectionItem[] = token.items;
    for (const { start, value, key: itemKey, sep } of pairs) {
      if (++this.#count % ENTRIES === 0) yield 1;
      if (!value) continue;
      size++;
      // `[a: 1]` is a list of a mapping of one entry.
      if (itemKey)
        yield* this.#readMap(
          { ...(token as CST.FlowCollection), end: [] },
          [{ start, key: itemKey, sep: sep ?? [], value }],
          parent,
          key,
          null,
        );
      else {
        const read = yield* this.#readValue(value, start, parent, key);
        const item = read.scalar ?? read.lines;
        if (item && items.length < MOST_ITEMS) items.push(item);
        to = Math.max(to, read.to);
      }
    }
    if (token.type === 'flow-collection') to = Math.max(to, ...token.end.slice(0, 1).map(endOf));
    return { scalar: null, object: null, size, ...(items.length > 0 && { items }), to };
  }

  #alias(token: CST.FlowScalar): Read {
    const place = this.#place({ from: token.offset, to: endOf(token) });
    const plain = scalarOf(token.source, token.source, true, place);
    const target = this.#anchors.get(token.source.slice(1));
    if (!target) return { scalar: plain, object: null, size: 0, to: endOf(token) };
    if (!target.scalar) return { ...target, object: null, to: endOf(token) };
    const { number, boolean, text, integer, token: number_, origins, span } = target.scalar;
    if (origins.length >= MOST_ORIGINS) return { scalar: plain, object: null, size: 0, to: endOf(token) };
    const reference = { kind: 'reference', name: token.source, place: this.#place(span) } as const;
    const { text: _, ...written } = plain;
    const scalar: Scalar = {
      ...written,
      ...(number !== undefined && { number }),
      ...(boolean !== undefined && { boolean }),
      ...(text !== undefined && { text }),
      integer,
      token: number_,
      origins: [reference, ...origins],
    };
    return { scalar, object: null, size: 0, to: endOf(token) };
  }

  #scalar(token: CST.FlowScalar): Read {
    const to = endOf(token);
    const place = this.#place({ from: token.offset, to });
    const value = this.#textOf(token) ?? token.source;
    const scalar = scalarOf(token.source, value, token.type !== 'scalar', place);
    return { scalar, object: null, size: 0, to };
  }

  /** Text that is written below its key, as it's written: with its indentation. */
  #block(token: CST.BlockScalar): Read {
    const from = Math.max(token.offset, ...token.props.map((prop) => ('source' in prop ? endOf(prop) : 0)));
    const span = { from, to: from + token.source.length };
    const scalar = {
      written: token.source,
      span,
      text: token.source,
      integer: false,
      origins: [],
      token: null,
    };
    return { scalar: null, object: null, size: 1, lines: scalar, to: span.to };
  }

  /** Without its quotes and escapes. */
  #textOf(token: CST.FlowScalar | CST.BlockScalar): string | undefined {
    if (token.source.length > LONGEST) return token.source;
    const resolved = CST.resolveAsScalar(token, false, () => {
      this.#complete = false;
    });
    return resolved?.value;
  }

  #place(span: SourceSpan): SourcePlace {
    return { span, line: lineAt(this.#lines, span.from) };
  }
}

const NOTHING: Read = { scalar: null, object: null, size: 1, to: 0 };
