import type { Work } from '../../loss/work.ts';
import { type LineStarts, lineAt } from '../lineStarts.ts';

import type { SourceSpan } from '../sourcePlace.ts';
import { type ConfigEntry, type ConfigObject, MOST_ITEMS, type Scalar } from './configEntries.ts';
import { type ConfigFile, saidInComments } from './configFile.ts';
import { isJsonSpace, jsonTokenEnd } from './jsonTokens.ts';
import { emptyScalar, scalarOf } from './yamlScalars.ts';

/** Characters between two yields. */
const CHARACTERS = 1 << 14;
/** Deeper than any config. */
const DEPTH = 64;
/** Characters of a string that is of interest. */
const LONGEST = 1000;

/**
 * JSON, also with comments, and with what people leave behind while they write it: trailing commas, keys without quotes, lists that
 * aren't closed. Reads each character once, without recursion.
 */
export function* parseJsonConfig(text: string, lineStarts: LineStarts): Work<ConfigFile> {
  const reader = new JsonReader(text, lineStarts);
  let next = CHARACTERS;
  for (let offset = 0; offset < text.length; ) {
    const to = jsonTokenEnd(text, offset);
    if (!isJsonSpace(text, offset)) reader.token(text.slice(offset, to), offset);
    offset = to;
    if (offset < next) continue;
    yield offset / text.length;
    next = offset + CHARACTERS;
  }
  return { ...reader.file(), comments: saidInComments(text, lineStarts) };
}

/** What was read of a value. */
interface Read {
  readonly scalar: Scalar | null;
  readonly object: ConfigObject | null;
  readonly size: number;
  readonly items?: readonly Scalar[];
  readonly to: number;
}

/** A list or a mapping that isn't closed yet. */
interface Open {
  /** Null for a list. */
  readonly object: Mapping | null;
  /** For what is inside: the mapping around, and the key there. */
  readonly parent: ConfigObject | null;
  readonly above: string | null;
  size: number;
  /** Of a list. */
  readonly items: Scalar[];
  key: { readonly name: string; readonly span: SourceSpan } | null;
  /** Behind the colon of the key; −1 before it. */
  colon: number;
}

interface Mapping extends ConfigObject {
  readonly entries: ConfigEntry[];
  readonly span: { from: number; to: number };
  lastLine: number;
}

class JsonReader {
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #objects: Mapping[] = [];
  readonly #open: Open[] = [];
  /** Brackets that are open below the deepest level that is read. */
  #skipped = 0;
  #values = 0;
  #complete = true;
  #isDeep = false;

  constructor(text: string, lines: LineStarts) {
    this.#text = text;
    this.#lines = lines;
  }

  token(token: string, offset: number): void {
    const to = offset + token.length;
    if (token === '{' || token === '[') this.#enter(token, offset);
    else if (token === '}' || token === ']') this.#leave(token, to);
    else if (this.#skipped > 0) return;
    else if (token === ':') this.#colon(to);
    else if (token === ',') this.#comma();
    else this.#scalar(token, { from: offset, to });
  }

  file(): Omit<ConfigFile, 'comments'> {
    if (this.#open.length > 0 || this.#values > 1) this.#complete = false;
    while (this.#open.length > 0) this.#close(this.#text.length);
    return { objects: this.#objects, complete: this.#complete, unread: this.#isDeep ? 'depth' : null };
  }

  #enter(bracket: string, offset: number): void {
    if (this.#open.length === DEPTH || this.#skipped > 0) {
      this.#skipped++;
      this.#isDeep = true;
      return;
    }
    const outer = this.#open.at(-1);
    const parent = outer ? (outer.object ?? outer.parent) : null;
    const above = outer ? (outer.object ? (outer.key?.name ?? null) : outer.above) : null;
    const object = bracket === '{' ? this.#mapping(parent, above, offset) : null;
    this.#open.push({ object, parent, above, size: 0, items: [], key: null, colon: -1 });
  }

  #mapping(parent: ConfigObject | null, key: string | null, offset: number): Mapping {
    const line = lineAt(this.#lines, offset);
    const object = {
      entries: [],
      parent,
      key,
      tag: null,
      span: { from: offset, to: offset },
      line,
      lastLine: line,
    };
    this.#objects.push(object);
    return object;
  }

  #leave(bracket: string, to: number): void {
    if (this.#skipped > 0) {
      if (--this.#skipped === 0) this.#value({ scalar: null, object: null, size: 1, to });
      return;
    }
    const open = this.#open.at(-1);
    if (open && (bracket === '}') === (open.object !== null)) this.#close(to);
    else this.#complete = false;
  }

  #close(to: number): void {
    this.#comma();
    const { object, size, items } = this.#open.pop()!;
    if (object) {
      object.span.to = to;
      object.lastLine = lineAt(this.#lines, to);
    }
    const length = object ? object.entries.length : size;
    this.#value({ scalar: null, object, size: length, ...(items.length > 0 && { items }), to });
  }

  #colon(to: number): void {
    const open = this.#open.at(-1);
    if (open?.key && open.colon === -1) open.colon = to;
    else this.#complete = false;
  }

  /** A key without a value has an empty one; without a colon it isn't a key yet. */
  #comma(): void {
    const open = this.#open.at(-1);
    if (!open?.key) return;
    const { key, colon: to } = open;
    if (to !== -1) this.#entry(open, key, { scalar: emptyScalar(to), object: null, size: 0, to });
    else {
      open.key = null;
      this.#complete = false;
    }
  }

  #scalar(token: string, span: SourceSpan): void {
    const quoted = token[0] === '"' || token[0] === "'";
    if (quoted && (token.length === 1 || !token.endsWith(token[0]!))) this.#complete = false;
    const open = this.#open.at(-1);
    const text = quoted ? unquoted(token) : token;
    if (open?.object && (!open.key || open.colon === -1)) {
      if (open.key) this.#complete = false;
      open.key = { name: text, span };
      return;
    }
    const place = { span, line: lineAt(this.#lines, span.from) };
    this.#value({ scalar: scalarOf(token, text, quoted, place), object: null, size: 0, to: span.to });
  }

  #value(read: Read): void {
    const open = this.#open.at(-1);
    if (!open) this.#values++;
    else if (!open.object) {
      open.size++;
      if (read.scalar && open.items.length < MOST_ITEMS) open.items.push(read.scalar);
    } else if (open.key && open.colon !== -1) this.#entry(open, open.key, read);
    else this.#complete = false;
  }

  #entry(open: Open, { name, span: keySpan }: NonNullable<Open['key']>, read: Read): void {
    const { scalar, object, size, items, to } = read;
    const line = lineAt(this.#lines, keySpan.from);
    const span = { from: keySpan.from, to };
    const entry = { key: name, keySpan, span, line, scalar, object, size, ...(items && { items }) };
    open.object!.entries.push(entry);
    open.key = null;
    open.colon = -1;
  }
}

function unquoted(token: string): string {
  const end = token.length > 1 && token.endsWith(token[0]!) ? -1 : token.length;
  const inside = token.slice(1, end);
  if (token.length > LONGEST || !inside.includes('\\')) return inside;
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return inside;
  }
}
