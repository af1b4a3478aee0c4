import { type AST, parseTOML } from 'toml-eslint-parser';
import type { Work } from '../../loss/work.ts';
import { type LineStarts, lineAt } from '../lineStarts.ts';
import { type ConfigEntry, type ConfigObject, MOST_ITEMS, type Scalar } from './configEntries.ts';
import { type ConfigFile, saidInComments } from './configFile.ts';
import { splitToml } from './tomlPieces.ts';
import { scalarOf } from './yamlScalars.ts';

/** What is longer is data, not a config: the parser takes two seconds for a megabyte. */
const LONGEST = 300_000;

/** TOML, piece by piece: one that doesn't parse has nothing. */
export function* parseTomlConfig(text: string, lineStarts: LineStarts): Work<ConfigFile> {
  const { pieces, isAll } = yield* splitToml(text);
  const reader = new TomlReader(text, lineStarts);
  let read = 0;
  for (const { from, to } of pieces) {
    yield from / text.length;
    read += to - from;
    if (read > LONGEST) break;
    reader.piece(text.slice(from, to), from);
  }
  const unread = isAll && read <= LONGEST ? null : 'length';
  const complete = unread === null && reader.complete;
  return { objects: reader.objects, complete, comments: saidInComments(text, lineStarts), unread };
}

interface Table extends ConfigObject {
  readonly entries: ConfigEntry[];
}

class TomlReader {
  readonly objects: Table[] = [];
  complete = true;
  readonly #text: string;
  readonly #lines: LineStarts;
  readonly #root: Table;
  /** The tables in a table, by their names. */
  readonly #inside = new Map<Table, Map<string, Table>>();
  /** Where keys are put: a piece may begin inside a table. */
  #current: Table;
  /** Of the piece. */
  #start = 0;

  constructor(text: string, lines: LineStarts) {
    this.#text = text;
    this.#lines = lines;
    this.#root = this.#object(null, null, [0, text.length]);
    this.#current = this.#root;
  }

  piece(text: string, start: number): void {
    this.#start = start;
    let top: AST.TOMLTopLevelTable;
    try {
      top = parseTOML(text, { tomlVersion: '1.1.0' }).body[0];
    } catch {
      this.complete = false;
      return;
    }
    for (const node of top.body) {
      if (node.type === 'TOMLKeyValue') this.#keyValue(node, this.#current);
      else {
        const path = node.resolvedKey.filter((key) => typeof key === 'string');
        this.#current = this.#under(this.#root, path, this.#inText(node.range));
        for (const each of node.body) this.#keyValue(each, this.#current);
      }
    }
  }

  #inText([from, to]: AST.Range): AST.Range {
    return [from + this.#start, to + this.#start];
  }

  /** The table of that name: made where it isn't there yet. */
  #under(root: Table, path: readonly string[], range: AST.Range): Table {
    let table = root;
    for (const key of path) {
      const known = this.#inside.get(table)?.get(key);
      if (known) {
        table = known;
        continue;
      }
      const inner = this.#object(table, key, range);
      const keySpan = { from: range[0], to: range[0] };
      const line = lineAt(this.#lines, range[0]);
      table.entries.push({ key, keySpan, span: inner.span, line, scalar: null, object: inner, size: 1 });
      table = inner;
    }
    return table;
  }

  #object(parent: Table | null, key: string | null, [from, to]: AST.Range): Table {
    const [line, lastLine] = [lineAt(this.#lines, from), lineAt(this.#lines, to)];
    const object: Table = { entries: [], parent, key, tag: null, span: { from, to }, line, lastLine };
    this.objects.push(object);
    this.#inside.set(object, new Map());
    if (parent && key !== null) this.#inside.get(parent)?.set(key, object);
    return object;
  }

  #keyValue({ key, value, range }: AST.TOMLKeyValue, owner: Table): void {
    const names = key.keys.map((each) => (each.type === 'TOMLBare' ? each.name : each.value));
    const span = this.#inText(range);
    const object = this.#under(owner, names.slice(0, -1), span);
    const name = names.at(-1)!;
    const [from, to] = this.#inText(key.range);
    const entry = {
      key: name,
      keySpan: { from, to },
      span: { from, to: span[1] },
      line: lineAt(this.#lines, from),
    };
    object.entries.push({ ...entry, ...this.#value(value, object, name) });
  }

  #value(
    node: AST.TOMLContentNode,
    parent: Table,
    key: string,
  ): Pick<ConfigEntry, 'scalar' | 'object' | 'size' | 'items'> {
    if (node.type === 'TOMLInlineTable') {
      const object = this.#object(parent, key, this.#inText(node.range));
      for (const each of node.body) this.#keyValue(each, object);
      return { scalar: null, object, size: node.body.length };
    }
    if (node.type === 'TOMLArray') {
      for (const each of node.elements) if (each.type !== 'TOMLValue') this.#value(each, parent, key);
      const items = node.elements
        .slice(0, MOST_ITEMS)
        .flatMap((each) => (each.type === 'TOMLValue' ? this.#scalar(each) : []));
      const size = node.elements.length;
      return { scalar: null, object: null, size, ...(items.length > 0 && { items }) };
    }
    return { scalar: this.#scalar(node), object: null, size: 0 };
  }

  #scalar(node: AST.TOMLValue): Scalar {
    const [from, to] = this.#inText(node.range);
    const written = this.#text.slice(from, to);
    const place = { span: { from, to }, line: lineAt(this.#lines, from) };
    return scalarOf(written, node.kind === 'string' ? node.value : written, node.kind === 'string', place);
  }
}
