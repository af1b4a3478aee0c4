import { CST, Lexer, Parser } from 'yaml';
import type { Work } from '../../loss/work.ts';
import { type LineStarts, lineAt } from '../lines.ts';
import type { Place, Span } from '../lossConfig.ts';
import type { ConfigEntry, ConfigObject, Scalar } from './entries.ts';
import { type ConfigFile, saidInComments } from './file.ts';
import { emptyScalar, scalarOf } from './scalars.ts';

/** Lexemes between two yields. */
const LEXEMES = 100;
/** Deeper than any config; the reader is recursive. */
const DEPTH = 100;

/** YAML, and JSON, which is YAML. Reads the concrete syntax: what isn't valid yet has positions, too. */
export function* yamlWork(text: string, lineStarts: LineStarts): Work<ConfigFile> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let count = 0;
  let read = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    read += lexeme.length;
    if (++count % LEXEMES === 0) yield Math.min(1, read / text.length);
  }
  for (const token of parser.end()) tokens.push(token);
  return new YamlReader(text, lineStarts).file(tokens);
}

/** A node, with what is written in front of it. */
interface Read {
  readonly scalar: Scalar | null;
  readonly object: ConfigObject | null;
  readonly size: number;
  readonly to: number;
}

class YamlReader {
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #objects: ConfigObject[] = [];
  readonly #anchors = new Map<string, Read>();
  #complete = true;
  #depth = 0;

  constructor(text: string, lines: LineStarts) {
    this.#text = text;
    this.#lines = lines;
  }

  file(tokens: readonly CST.Token[]): ConfigFile {
    for (const token of tokens) {
      if (token.type === 'error') this.#complete = false;
      if (token.type === 'document' && token.value) this.#value(token.value, token.start, null, null);
    }
    return {
      objects: this.#objects,
      complete: this.#complete,
      said: saidInComments(this.#text, this.#lines),
    };
  }

  #value(
    token: CST.Token,
    before: readonly CST.SourceToken[],
    parent: ConfigObject | null,
    key: string | null,
  ): Read {
    const anchor = before.find(({ type }) => type === 'anchor')?.source.slice(1);
    const tag = before.find(({ type }) => type === 'tag')?.source.slice(1) ?? null;
    this.#depth++;
    const read = this.#depth > DEPTH ? NOTHING : this.#untagged(token, parent, key, tag);
    this.#depth--;
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #untagged(token: CST.Token, parent: ConfigObject | null, key: string | null, tag: string | null): Read {
    switch (token.type) {
      case 'block-map':
        return this.#map(token, token.items, parent, key, tag);
      case 'flow-collection': {
        const closed = token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
        if (!closed) this.#complete = false;
        return token.start.type === 'flow-map-start'
          ? this.#map(token, token.items, parent, key, tag)
          : this.#sequence(token, parent, key);
      }
      case 'block-seq':
        return this.#sequence(token, parent, key);
      case 'alias':
        return this.#alias(token);
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        return this.#scalar(token);
      default:
        if (token.type === 'error') this.#complete = false;
        return { scalar: null, object: null, size: 1, to: token.offset };
    }
  }

  #map(
    token: CST.BlockMap | CST.FlowCollection,
    items: readonly CST.CollectionItem[],
    parent: ConfigObject | null,
    key: string | null,
    tag: string | null,
  ): Read {
    const entries: ConfigEntry[] = [];
    const line = lineAt(this.#lines, token.offset);
    const span: { from: number; to: number } = { from: token.offset, to: token.offset };
    const object = { entries, parent, key, tag, span, line, lastLine: line };
    this.#objects.push(object);
    for (const item of items) {
      const entry = this.#entry(item, object);
      if (!entry) continue;
      entries.push(entry);
      span.to = Math.max(span.to, entry.span.to);
    }
    if (token.type === 'flow-collection') span.to = Math.max(span.to, ...token.end.slice(0, 1).map(endOf));
    object.lastLine = lineAt(this.#lines, span.to);
    return { scalar: null, object, size: entries.length, to: span.to };
  }

  #entry({ key, sep, value }: CST.CollectionItem, object: ConfigObject): ConfigEntry | undefined {
    const keyScalar = key && CST.isScalar(key) ? this.#resolved(key) : null;
    if (!key || !keyScalar || !('source' in key)) return undefined;
    const name = keyScalar.value;
    const keySpan = { from: key.offset, to: key.offset + key.source.length };
    // Without a value it ends with its colon.
    const colon = sep?.find(({ type }) => type === 'map-value-ind');
    const end = colon ? endOf(colon) : keySpan.to;
    const read = value
      ? this.#value(value, sep ?? [], object, name)
      : { scalar: emptyScalar(end), object: null, size: 0, to: end };
    const span = { from: keySpan.from, to: Math.max(read.to, end) };
    const line = lineAt(this.#lines, keySpan.from);
    return { key: name, keySpan, span, line, scalar: read.scalar, object: read.object, size: read.size };
  }

  #sequence(
    token: CST.BlockSequence | CST.FlowCollection,
    parent: ConfigObject | null,
    key: string | null,
  ): Read {
    let size = 0;
    let to = token.offset;
    const pairs: CST.CollectionItem[] = token.items;
    for (const { start, value, key: itemKey, sep } of pairs) {
      if (!value) continue;
      size++;
      // `[a: 1]` is a list of a mapping of one entry.
      if (itemKey)
        this.#map(
          { ...(token as CST.FlowCollection), end: [] },
          [{ start, key: itemKey, sep: sep ?? [], value }],
          parent,
          key,
          null,
        );
      else to = Math.max(to, this.#value(value, start, parent, key).to);
    }
    if (token.type === 'flow-collection') to = Math.max(to, ...token.end.slice(0, 1).map(endOf));
    return { scalar: null, object: null, size, to };
  }

  #alias(token: CST.FlowScalar): Read {
    const place = this.#place({ from: token.offset, to: endOf(token) });
    const plain = scalarOf(token.source, token.source, true, place);
    const target = this.#anchors.get(token.source.slice(1));
    if (!target) return { scalar: plain, object: null, size: 0, to: endOf(token) };
    if (!target.scalar) return { ...target, object: null, to: endOf(token) };
    const { number, boolean, text, integer, token: number_, origins, span } = target.scalar;
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
    const value = this.#resolved(token)?.value ?? token.source;
    const scalar = scalarOf(token.source, value, token.type !== 'scalar', place);
    return { scalar, object: null, size: 0, to };
  }

  #resolved(token: CST.Token): ReturnType<typeof CST.resolveAsScalar> {
    return CST.resolveAsScalar(token, false, () => {
      this.#complete = false;
    });
  }

  #place(span: Span): Place {
    return { span, line: lineAt(this.#lines, span.from) };
  }
}

const NOTHING: Read = { scalar: null, object: null, size: 1, to: 0 };

function endOf({ offset, source }: { readonly offset: number; readonly source: string }): number {
  return offset + source.length;
}
