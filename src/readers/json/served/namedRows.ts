import { SLICE, type Work } from '../../../loss/work.ts';
import { excerptOf, type ReadProblem } from '../../readProblem.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import { type NamedArray, usualFacts } from '../../roles/namedArray.ts';
import { arePercent, isDistribution, isMetric, mayBeClasses } from '../../roles/scores/classShares.ts';
import { saysPlace } from '../../roles/scores/coordinates.ts';
import { growableDoubles } from '../../text/growable.ts';
import type { ListNode, Node, ObjectNode } from '../jsonNodes.ts';

/** Scores that have the names of their classes beside them: (K) both. */
export interface NamedRow {
  readonly names: readonly string[];
  readonly values: Float64Array;
  /** Each is called a score. */
  readonly areSaid?: boolean;
}

/** No row has more classes by name. */
const MOST_NAMES = 1 << 16;
const LABEL = /^(?:label|class|class_?name|tag_?name|category|token|name|answer|choice)$/i;
const SCORE = /^(?:score|prob|probability|confidence|logit|log_?prob|likelihood)$/i;
/** What services of intents call all of them: Rasa, wit.ai. */
const RANKING = /ranking$|^intents$/i;
/** Where they're as often the best of several samples: those of one have to sum to 1. */
const LISTED = /^(?:predictions|classes|tags|categories|concepts|results?|probabilities|probs)$/i;

/**
 * `{"cat": 0.7, "dog": 0.3}`, `{"cat": {"score": 0.7}, "dog": {"score": 0.3}}`: by its key, or because the numbers sum to 1 or to
 * 100 percent. Undefined if it's none.
 */
export function rowOfObject({ members }: ObjectNode, key: string): NamedRow | undefined {
  if (members.size < 2 || members.size > MOST_NAMES) return undefined;
  const values = new Float64Array(members.size);
  let count = 0;
  for (const node of members.values()) {
    const value = scoreIn(node);
    if (value === undefined) return undefined;
    values[count++] = value;
  }
  const names = [...members.keys()];
  const { scores, loss, target, feature, derived } = meaningOf(key);
  // Names that mean something of their own are no classes: {"loss": 0.5, "accuracy": 0.5}.
  if (loss || target > 0 || names.some(isMetric)) return undefined;
  // Percent may be parts of anything: none of the names may say of what. Whole numbers are as likely counts.
  const arePlain = !feature && !derived && !values.every(Number.isInteger) && mayBeClasses(names);
  const isShare = isDistribution(values) || (arePlain && arePercent(values));
  const [first] = members.values();
  return scores >= 2 || isShare
    ? { names, values, ...(first?.type === 'object' && { areSaid: true }) }
    : undefined;
}

/** A number, or the only member of an object, if that is called a score. */
function scoreIn(node: Node): number | undefined {
  if (node.type === 'number') return node.value;
  if (node.type !== 'object' || node.members.size !== 1) return undefined;
  const [only] = node.members;
  return only?.[1].type === 'number' && SCORE.test(only[0]) ? only[1].value : undefined;
}

/** Scores by the names of their classes that nothing names, as spaCy's `doc.cats` has them: no name may say that it's something else. */
export function rowAlone(node: ObjectNode): NamedRow | undefined {
  return mayBeClasses([...node.members.keys()]) ? rowOfObject(node, '') : undefined;
}

/** Scores of one row, rather than the best of each of several: probabilities of a row sum to 1. */
export function areOfOneRow(values: Float64Array): boolean {
  return values.some((value) => value < 0 || value > 1) || isDistribution(values);
}

/** `[{"label": "cat", "score": 0.7}, …]`: a row of a class each, in any order. Undefined if it's another list. */
export function* rowOfLabels(list: ListNode): Work<NamedRow | undefined> {
  const keys = labelKeys(list.first);
  if (!keys || list.length < 2 || list.length > MOST_NAMES) return undefined;
  const names: string[] = [];
  const values = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) {
    if (i % 512 === 0) yield i / list.length;
    const item = i === 0 ? list.first! : yield* list.readItem(i);
    const label = item.type === 'object' ? item.members.get(keys.label) : undefined;
    const score = item.type === 'object' ? item.members.get(keys.score) : undefined;
    if (score?.type !== 'number' || (label?.type !== 'string' && label?.type !== 'number')) return undefined;
    names.push(String(label.value));
    values[i] = score.value;
  }
  // One class twice: these are rows, each with its prediction.
  return new Set(names).size === names.length ? { names, values } : undefined;
}

/** The keys of the label and the score of an item, if it has little else. */
function labelKeys(node: Node | undefined): { readonly label: string; readonly score: string } | undefined {
  if (node?.type !== 'object' || node.members.size > 5) return undefined;
  const keys = [...node.members.keys()];
  const label = keys.find((key) => LABEL.test(key));
  const score = keys.find((key) => SCORE.test(key));
  if (label === undefined || score === undefined) return undefined;
  // Boxes and spans of texts have a score each, whatever those sum to.
  if (keys.some(saysPlace)) return undefined;
  const hasTruth = keys.some((key) => key !== label && meaningOf(key).target === 3);
  return hasTruth ? undefined : { label, score };
}

/** Rows by the names of their classes, in the order that the first has, whatever that of the others is. */
export class NamedRows {
  readonly #path: readonly string[];
  readonly #name: string;
  readonly #values = growableDoubles(() => 1);
  readonly #spans = growableDoubles(() => 1);
  #names: readonly string[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #rows = 0;
  #problem: ReadProblem | undefined;

  constructor(path: readonly string[], name: string) {
    this.#path = path;
    this.#name = name;
  }

  /** True once there's something wrong: no more rows are needed. */
  get isWrong(): boolean {
    return this.#problem !== undefined;
  }

  get rows(): number {
    return this.#rows;
  }

  take({ names, values }: NamedRow, { start, end }: Pick<Node, 'start' | 'end'>): void {
    const row = this.#rows++;
    if (row === 0) {
      this.#names = names;
      this.#places = new Map(names.map((name, k) => [name, k] as const));
    }
    this.#spans.push(start);
    this.#spans.push(end);
    const ordered = new Float64Array(this.#names.length).fill(Number.NaN);
    let other = names.find((name) => !this.#places.has(name));
    for (const [k, name] of names.entries()) ordered[this.#places.get(name) ?? -1] = values[k]!;
    if (other === undefined && names.length !== this.#names.length) {
      const own = new Set(names);
      other = this.#names.find((name) => !own.has(name));
    }
    if (other !== undefined)
      this.#problem ??= { reason: 'other-classes', offset: start, row, found: excerptOf(other) };
    else this.#values.append(ordered);
  }

  /** All rows as (N, K); or (K) if there was one that isn't in a list. */
  toArray({ start, end }: Pick<Node, 'start' | 'end'>, isSingle: boolean): NamedArray {
    const problem = this.#problem;
    const classes = this.#names.length;
    return {
      ...usualFacts(),
      name: this.#name,
      isNamed: true,
      path: this.#path,
      shape: isSingle ? [classes] : [this.#rows, classes],
      type: 'float',
      content: problem ? { kind: 'flawed', problem } : { kind: 'numbers', values: this.#values.toArray() },
      start,
      end,
      spans: this.#spans.toArray(),
      decimals: 2,
      names: this.#names,
    };
  }
}

/** What a pipeline answers for several texts: a list of labels and scores each. Undefined if it's something else. */
export function* labelRows(node: Node, path: readonly string[]): Work<readonly NamedArray[] | undefined> {
  if (node.type !== 'list' || node.first === undefined) return undefined;
  const key = path.at(-1) ?? '';
  const isRanking = path.length === 0 || RANKING.test(key);
  const listed = isRanking || LISTED.test(key) ? yield* rowOfLabels(node) : undefined;
  const isOne = listed && (isRanking ? areOfOneRow(listed.values) : isDistribution(listed.values));
  const single = isOne ? listed : undefined;
  const keys = labelKeys(node.first.type === 'list' ? node.first.first : node.first);
  if (!keys) return yield* objectRows(node, path);
  const rows = new NamedRows(path.slice(0, -1), path.at(-1) ?? keys.score);
  if (single) {
    rows.take(single, node);
    return [rows.toArray(node, isRanking)];
  }
  if (node.first.type !== 'list') return bestOnly(node, path, keys);
  let nextYield = node.start;
  for (let i = 0; i < node.length && !rows.isWrong; i++) {
    const item = yield* node.readItem(i);
    const row = item.type === 'list' ? yield* rowOfLabels(item) : undefined;
    if (!row) return undefined;
    rows.take(row, item);
    if (item.end < nextYield) continue;
    yield i / node.length;
    nextYield = item.end + SLICE;
  }
  return [rows.toArray(node, false)];
}

/** The likeliest class of each of several texts, with its score: there are no rows of scores. Undefined if the labels aren't texts. */
function bestOnly(
  { first, length, start, end }: ListNode,
  path: readonly string[],
  { label, score }: { readonly label: string; readonly score: string },
): readonly NamedArray[] | undefined {
  if (first?.type !== 'object' || first.members.get(label)?.type !== 'string') return undefined;
  // A list is all scores of a sample: {"Label": "cat", "Score": [0.7, 0.3]}.
  if (first.members.get(score)?.type !== 'number') return undefined;
  const rows = new NamedRows(path, score);
  const problem = { reason: 'no-logits', offset: start, keys: [label, score] } as const;
  return [
    {
      ...rows.toArray({ start, end }, true),
      shape: [length],
      names: null,
      content: { kind: 'flawed', problem },
    },
  ];
}

/** Objects with a number for each class and nothing else, which sum to 1: `[{"cat": 0.1, "dog": 0.9}, …]`. */
function* objectRows(list: ListNode, path: readonly string[]): Work<readonly NamedArray[] | undefined> {
  const key = path.at(-1) ?? '';
  const isRow = ({ values }: NamedRow) => values.length > 1 && isDistribution(values);
  const rows = new NamedRows(path.slice(0, -1), key === '' ? 'scores' : key);
  let nextYield = list.start;
  for (let i = 0; i < list.length && !rows.isWrong; i++) {
    const item = i === 0 ? list.first! : yield* list.readItem(i);
    const row = item.type === 'object' ? rowOfObject(item, key) : undefined;
    if (!row || !isRow(row)) return undefined;
    rows.take(row, item);
    if (item.end < nextYield) continue;
    yield i / list.length;
    nextYield = item.end + SLICE;
  }
  return rows.isWrong || rows.rows === 0 ? undefined : [rows.toArray(list, false)];
}
