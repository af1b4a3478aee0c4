import { type AST, parseTOML } from 'toml-eslint-parser';
import { type LineStarts, lineAt } from '../lines.ts';
import type { ConfigEntry, ConfigObject, Scalar } from './entries.ts';
import { type ConfigFile, saidInComments } from './file.ts';
import { scalarOf } from './scalars.ts';

/** TOML. What doesn't parse has nothing. */
export function readToml(text: string, lineStarts: LineStarts): ConfigFile {
  const said = saidInComments(text, lineStarts);
  try {
    const { body } = parseTOML(text, { tomlVersion: '1.1.0' });
    const reader = new TomlReader(text, lineStarts);
    reader.table(body[0]);
    return { objects: reader.objects, complete: true, said };
  } catch {
    return { objects: [], complete: false, said };
  }
}

interface Table extends ConfigObject {
  readonly entries: ConfigEntry[];
}

class TomlReader {
  readonly objects: Table[] = [];
  readonly #text: string;
  readonly #lines: LineStarts;

  constructor(text: string, lines: LineStarts) {
    this.#text = text;
    this.#lines = lines;
  }

  table(top: AST.TOMLTopLevelTable): void {
    const root = this.#object(null, null, top.range);
    for (const node of top.body) {
      if (node.type === 'TOMLKeyValue') this.#keyValue(node, root);
      else {
        const object = this.#under(
          root,
          node.resolvedKey.filter((key) => typeof key === 'string'),
          node.range,
        );
        for (const each of node.body) this.#keyValue(each, object);
      }
    }
  }

  /** The table of that name: made where it isn't there yet. */
  #under(root: Table, path: readonly string[], range: AST.Range): Table {
    let object = root;
    for (const key of path) {
      const known = object.entries.findLast((entry) => entry.key === key)?.object;
      if (known && 'entries' in known) object = known as Table;
      else {
        const inner = this.#object(object, key, range);
        const keySpan = { from: range[0], to: range[0] };
        const line = lineAt(this.#lines, range[0]);
        object.entries.push({ key, keySpan, span: inner.span, line, scalar: null, object: inner, size: 1 });
        object = inner;
      }
    }
    return object;
  }

  #object(parent: ConfigObject | null, key: string | null, [from, to]: AST.Range): Table {
    const [line, lastLine] = [lineAt(this.#lines, from), lineAt(this.#lines, to)];
    const object: Table = { entries: [], parent, key, tag: null, span: { from, to }, line, lastLine };
    this.objects.push(object);
    return object;
  }

  #keyValue({ key, value, range }: AST.TOMLKeyValue, owner: Table): void {
    const names = key.keys.map((each) => (each.type === 'TOMLBare' ? each.name : each.value));
    const object = this.#under(owner, names.slice(0, -1), range);
    const name = names.at(-1)!;
    const [from, to] = key.range;
    const entry = {
      key: name,
      keySpan: { from, to },
      span: { from, to: range[1] },
      line: lineAt(this.#lines, from),
    };
    object.entries.push({ ...entry, ...this.#value(value, object, name) });
  }

  #value(
    node: AST.TOMLContentNode,
    parent: ConfigObject,
    key: string,
  ): Pick<ConfigEntry, 'scalar' | 'object' | 'size'> {
    if (node.type === 'TOMLInlineTable') {
      const object = this.#object(parent, key, node.range);
      for (const each of node.body) this.#keyValue(each, object);
      return { scalar: null, object, size: node.body.length };
    }
    if (node.type === 'TOMLArray') {
      for (const each of node.elements) if (each.type !== 'TOMLValue') this.#value(each, parent, key);
      return { scalar: null, object: null, size: node.elements.length };
    }
    return { scalar: this.#scalar(node), object: null, size: 0 };
  }

  #scalar(node: AST.TOMLValue): Scalar {
    const [from, to] = node.range;
    const written = this.#text.slice(from, to);
    const place = { span: { from, to }, line: lineAt(this.#lines, from) };
    return scalarOf(written, node.kind === 'string' ? node.value : written, node.kind === 'string', place);
  }
}
