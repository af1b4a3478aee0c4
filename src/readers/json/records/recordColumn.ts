import type { Work } from '../../../loss/work.ts';
import { excerptOf, type ReadProblem } from '../../readProblem.ts';
import type { ArrayContent, NamedArray } from '../../roles/namedArray.ts';
import { type AllocateLogits, type Growable, growableDoubles } from '../../text/growable.ts';
import { isTruth } from '../../text/truthValues.ts';
import type { ListNode, Node, TensorNode } from '../jsonNodes.ts';
import type { NamedRow } from '../served/namedRows.ts';

/** Longer texts name no class. */
const LONGEST_TEXT = 80;
/** A list of more texts doesn't name the classes. */
const MOST_NAMES = 1 << 12;

/** How many names are compared between two yields. */
export const NAMES = 1 << 10;

/** What a key has in all records. */
export type RecordPart = Pick<
  NamedArray,
  'shape' | 'type' | 'content' | 'spans' | 'decimals' | 'names' | 'isColumn'
>;

type ColumnKind = 'numbers' | 'rows' | 'texts' | 'names' | 'other';

/** What one key has in each of many records. */
export class RecordColumn {
  readonly keys: readonly string[];
  readonly #records: number;
  readonly #room: AllocateLogits | undefined;
  readonly #spans: Growable<Float64Array>;
  #count = 0;
  #kind: ColumnKind | undefined;
  #shape: readonly number[] = [];
  #values: Float32Array | Float64Array | undefined;
  #filled = 0;
  #texts: string[] = [];
  #names: readonly string[] | null = null;
  /** Of names, those of each record. */
  readonly #lists: (readonly string[])[] = [];
  #areSame = true;
  #decimals = 0;
  #problem: ReadProblem | undefined;

  constructor(keys: readonly string[], records: number, room: AllocateLogits | undefined) {
    this.keys = keys;
    this.#records = records;
    this.#room = room;
    this.#spans = growableDoubles(() => (this.#count + 1) / records);
  }

  /** The list of names in the first record; undefined if it has none. */
  get firstNames(): readonly string[] | undefined {
    return this.#lists[0];
  }

  /** How many records have been seen. */
  get count(): number {
    return this.#count;
  }

  /** Takes it that a record doesn't have it. */
  miss(record: Node, row: number): void {
    this.#count = row + 1;
    const offset = record.start;
    const keys = record.type === 'object' ? [...record.members.keys()] : [];
    this.#problem ??=
      this.#kind === 'rows' || this.#room
        ? { reason: 'no-logits', offset, keys }
        : { reason: 'target-missing', offset, row };
  }

  *take(node: Node, record: Node, row: number): Work<void> {
    if (!this.#enter(record, row)) return;
    if (this.#kind === 'names' && node.type === 'tensor' && node.values.length === 0) {
      this.#lists.push([]);
      this.#areSame = false;
    } else if (node.type === 'tensor') this.#takeRow(node, row);
    else if (node.type === 'number') this.#takeNumber(node.value);
    else if (node.type === 'string' || (node.type === 'word' && isTruth(node.value)))
      this.#takeText(node.value);
    else if (node.type === 'list' && node.first?.type === 'string') yield* this.#takeNames(node);
    else this.#kind = 'other';
  }

  /** Takes scores by the names of their classes: in the order of the first record, whatever theirs is. */
  takeNamed({ names, values }: NamedRow, node: Node, record: Node, row: number): void {
    if (!this.#enter(record, row)) return;
    this.#names ??= names;
    const places = new Map(names.map((name, k) => [name, k] as const));
    const isSame = names.length === this.#names.length && this.#names.every((name) => places.has(name));
    if (!isSame) {
      const found =
        names.find((name) => !this.#names!.includes(name)) ?? this.#names.find((name) => !places.has(name))!;
      this.#problem ??= { reason: 'other-classes', offset: node.start, row, found: excerptOf(found) };
      return;
    }
    const ordered = Float64Array.from(this.#names, (name) => values[places.get(name)!]!);
    const { start, end } = node;
    this.#takeRow(
      {
        type: 'tensor',
        values: ordered,
        shape: [ordered.length],
        decimals: 2,
        spans: new Float64Array(0),
        flaw: undefined,
        start,
        end,
      },
      row,
    );
  }

  #enter(record: Node, row: number): boolean {
    this.#count = row + 1;
    this.#spans.push(record.start);
    this.#spans.push(record.end);
    return this.#kind !== 'other';
  }

  #takeRow(node: TensorNode, row: number): void {
    const shape = node.shape.length > 1 && node.shape[0] === 1 ? node.shape.slice(1) : node.shape;
    if (!this.#is('rows')) return;
    this.#problem ??= node.flaw;
    if (this.#filled === 0 && !this.#values) {
      this.#shape = shape;
      this.#values = this.#allocate(this.#records * node.values.length);
    }
    if (this.#problem) return;
    if (shape.join() !== this.#shape.join()) {
      const [found, expected] = [shape.at(-1) ?? 0, this.#shape.at(-1) ?? 0];
      this.#problem =
        shape.length === this.#shape.length
          ? { reason: 'ragged', offset: node.start, row, found, expected }
          : { reason: 'mixed-depth', offset: node.start, row };
      this.#values = new Float64Array(0);
      return;
    }
    this.#values!.set(node.values, this.#filled);
    this.#filled += node.values.length;
    this.#decimals = Math.max(this.#decimals, node.decimals);
  }

  #takeNumber(value: number): void {
    if (this.#kind === 'texts') {
      this.#texts.push(String(value));
      return;
    }
    if (!this.#is('numbers')) return;
    this.#values ??= new Float64Array(this.#records);
    this.#values[this.#filled++] = value;
  }

  #takeText(text: string): void {
    if (this.#kind === 'numbers') {
      this.#kind = 'texts';
      this.#texts = Array.from(this.#values!.subarray(0, this.#filled), String);
    }
    if (text.length > LONGEST_TEXT || !this.#is('texts')) {
      this.#kind = 'other';
      this.#texts = [];
    } else this.#texts.push(text);
  }

  /** The same list of names in each record names the classes; other ones name what is right in it. */
  *#takeNames(list: ListNode): Work<void> {
    if (!this.#is('names') || list.length > MOST_NAMES) {
      this.#kind = 'other';
      return;
    }
    const names: string[] = [];
    for (let i = 0; i < list.length; i++) {
      const item = yield* list.readItem(i);
      names.push(item.type === 'string' ? item.value : '');
    }
    if (this.#lists.length === 0) this.#texts = names;
    else if (this.#texts.join('\u0000') !== names.join('\u0000')) this.#areSame = false;
    this.#lists.push(names);
  }

  #is(kind: ColumnKind): boolean {
    this.#kind ??= kind;
    if (this.#kind !== kind) this.#kind = 'other';
    return this.#kind === kind;
  }

  #allocate(length: number): Float32Array | Float64Array {
    return this.#room ? this.#room(length) : new Float64Array(length);
  }

  /** The list of names of each record, if they differ and each has `count` of them: those of its scores. */
  *namesOfScores(count: number): Work<readonly (readonly string[])[] | undefined> {
    if (this.#kind !== 'names' || this.#areSame || this.#problem || this.#lists.length !== this.#records)
      return undefined;
    for (const [row, names] of this.#lists.entries()) {
      if ((row * count) % NAMES < count) yield row / this.#records;
      if (names.length !== count || new Set(names).size !== count) return undefined;
    }
    return this.#lists;
  }

  /** Lists of names that differ, one of each record, as 0 or 1 for each of the classes; undefined if another name is among them. */
  toMultiHot(classes: readonly string[]): RecordPart | undefined {
    if (this.#kind !== 'names' || this.#areSame || this.#problem || this.#lists.length !== this.#records)
      return undefined;
    const places = new Map(classes.map((name, k) => [name, k] as const));
    const values = new Float64Array(this.#records * classes.length);
    for (const [row, names] of this.#lists.entries())
      for (const name of names) {
        const place = places.get(name);
        if (place === undefined) return undefined;
        values[row * classes.length + place] = 1;
      }
    return {
      spans: this.#spans.toArray(),
      decimals: 0,
      names: null,
      isColumn: false,
      type: 'int',
      shape: [this.#records, classes.length],
      content: { kind: 'numbers', values },
    };
  }

  /** All of it; undefined if it's nothing that an array is made of. */
  toArray(): RecordPart | undefined {
    const kind = this.#kind;
    if (kind === undefined || kind === 'other') return undefined;
    const spans = this.#spans.toArray();
    const common = { spans, decimals: this.#decimals, names: null, isColumn: true, type: null } as const;
    if (kind === 'names' && !this.#areSame) return undefined;
    if (kind === 'names') {
      const content = { kind: 'texts', values: this.#texts } as const;
      const names = this.#texts;
      return { ...common, type: 'text', shape: [names.length], content, isColumn: false, names };
    }
    const problem = this.#problem;
    const values: ArrayContent =
      kind === 'texts' ? { kind: 'texts', values: this.#texts } : { kind: 'numbers', values: this.#values! };
    return {
      ...common,
      type: kind === 'texts' ? 'text' : null,
      shape: [this.#records, ...(kind === 'rows' ? this.#shape : [])],
      content: problem ? { kind: 'flawed', problem } : values,
      names: kind === 'rows' ? this.#names : null,
      isColumn: kind !== 'rows',
    };
  }
}
