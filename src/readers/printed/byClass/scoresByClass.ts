import { meaningOf } from '../../roles/arrayNames.ts';
import { numberedParts } from '../../roles/columns/columnNames.ts';
import { arePercent, isDistribution, mayBeClasses } from '../../roles/scores/classShares.ts';
import { looseNumber } from '../../table/looseNumber.ts';
import { wordText } from '../printedLines.ts';
import type { PrintedTable } from '../tables/printedTable.ts';
import type { CellSpan } from '../tables/tableLines.ts';
import { TableRows } from '../tables/tableRows.ts';

/** A class, or a target beside the classes, and where its value stands. */
export interface NamedCell {
  readonly name: string;
  readonly value: CellSpan;
}

/** No row has more classes by name. */
export const MOST_NAMED = 1 << 12;
/** A longer text isn't a number. */
const LONGEST_NUMBER = 40;
const NUMBERED_CLASS = /^(?:class|cls)$/i;
/** "P(ant)", "p_ant" */
const PROBABILITY_OF = /^p(?:_|\(|\[| ?\()./i;
/** What percent of one thing are, besides probabilities. */
const PARTS =
  /^(?:pass|fail|skip|done|pending|remain|used|free|avail|idle|sys|cpu|mem|disk|swap|win|draw|lose|other$)/i;

/** Rows of scores by the names of their classes, as a table of which each class is a column. */
export class ScoresByClass {
  readonly #bytes: Uint8Array;
  readonly #rows: TableRows;
  readonly #heading: string | undefined;
  /** In brackets, as programs print them: lines are as often settings. */
  readonly #isWhole: boolean;
  #names: readonly string[] = [];

  /** `heading` is what stands before them; `fraction` how much has been read, 0…1. */
  constructor(bytes: Uint8Array, heading: string | undefined, isWhole: boolean, fraction: () => number) {
    this.#bytes = bytes;
    this.#heading = heading;
    this.#isWhole = isWhole;
    this.#rows = new TableRows(fraction);
  }

  get count(): number {
    return this.#rows.count;
  }

  /**
   * Takes a row; false if it's none, or has nothing in common with those before. What has other classes, or isn't scores as they are, is
   * in each cell of its row: without it there would be fewer rows, and nobody would know.
   */
  take(line: CellSpan, cells: readonly NamedCell[]): boolean {
    if (this.count === 0) {
      if (!this.#areScores(cells)) return false;
      this.#names = cells.map(({ name }) => name);
      this.#rows.add(
        line,
        cells.map(({ value }) => value),
      );
      return true;
    }
    const places = new Map(cells.map(({ name, value }) => [name, value] as const));
    if (!this.#names.some((name) => places.has(name))) return false;
    const isSame = places.size === this.#names.length && this.#names.every((name) => places.has(name));
    const isRow = isSame && this.#areScores(cells);
    const flawed = { start: line.start, end: cells[0]!.value.end };
    this.#rows.add(
      line,
      this.#names.map((name) => (isRow ? places.get(name)! : flawed)),
    );
    return true;
  }

  toTable(start: number, end: number): PrintedTable | undefined {
    if (this.count === 0) return undefined;
    return { names: this.#names, ...this.#rows.places(), dots: undefined, printer: 'table', start, end };
  }

  #areScores(cells: readonly NamedCell[]): boolean {
    const own = cells.filter(({ name }) => !isBeside(name));
    const names = own.map(({ name }) => name);
    if (own.length < 2 || new Set(cells.map(({ name }) => name)).size < cells.length) return false;
    const values = new Float64Array(own.length);
    let [percents, fractions] = [0, 0];
    for (const [k, { value }] of own.entries()) {
      const text = value.end - value.start > LONGEST_NUMBER ? '' : wordText(this.#bytes, value);
      if (text.endsWith('%')) percents++;
      if (text.includes('.')) fractions++;
      const number = looseNumber(text.replace(/ ?%$/, ''));
      if (!number) return false;
      values[k] = number.value;
    }
    if (percents > 0 && percents < own.length) return false;
    // Whole numbers are as likely counts.
    const isShare = fractions > 0 && (percents > 0 ? arePercent(values) : isDistribution(values));
    return this.#areSaid(names, values, isShare, percents > 0) && !this.#isUnclear(cells, names);
  }

  /** True for a target that is a number where the names don't say which: the likeliest class may stand first, or the first be 1. */
  #isUnclear(cells: readonly NamedCell[], names: readonly string[]): boolean {
    const isIndex = ({ name, value }: NamedCell) =>
      meaningOf(name).target > 0 && isBeside(name) && looseNumber(wordText(this.#bytes, value)) !== undefined;
    const word = countedWord(names);
    const isClear =
      word !== undefined && (numberedParts(names[0]!).number === '0' || !NUMBERED_CLASS.test(word));
    return !isClear && cells.some(isIndex);
  }

  /** True if what names them, or what they're called and sum to, says that they're scores of classes. */
  #areSaid(names: readonly string[], values: Float64Array, isShare: boolean, isPercent: boolean): boolean {
    const heading = this.#heading === undefined ? undefined : meaningOf(this.#heading);
    const isOther = heading && (heading.loss || heading.feature || heading.derived || heading.matrix);
    if (isOther || heading?.setting === 'weight') return false;
    const word = countedWord(names);
    // Of each class there are weights, counts and accuracies, too: none of them is below 0.
    if (word !== undefined)
      return meaningOf(word).kind === 'logits' || isShare || values.some((value) => value < 0);
    // Numbers in another order may be those of classes, or count something.
    const areNumbered = names.every((name) => numberedParts(name).number !== '');
    if (areNumbered || names.some((name) => PARTS.test(name))) return false;
    if (heading?.kind === 'logits') return mayBeClasses(names);
    if (!isShare) return false;
    if (names.every((name) => PROBABILITY_OF.test(name) || meaningOf(name).kind === 'probabilities'))
      return !names.some((name) => meaningOf(name).derived);
    const isOpen = heading === undefined ? this.#isWhole || isPercent : heading.scores > 0;
    return isOpen && mayBeClasses(names);
  }
}

/** True for what stands with the scores of a row: what is right, or what was predicted. */
export function isBeside(name: string): boolean {
  const { target, prediction, kind } = meaningOf(name);
  return kind === null && (target >= 2 || prediction);
}

/** "class" of "class 0", "class 1", …, "logits" of "logits[0]", …: every number once, in order, after the same word for scores. */
function countedWord(names: readonly string[]): string | undefined {
  const { base, number } = numberedParts(names[0]!);
  if (number !== '0' && number !== '1') return undefined;
  if (!NUMBERED_CLASS.test(base) && !(meaningOf(base).scores >= 2 && /^[\p{L}_.]+$/u.test(base)))
    return undefined;
  const isCounted = names.every((name, k) => {
    const parts = numberedParts(name);
    return parts.base === base && parts.number === String(Number(number) + k);
  });
  return isCounted ? base : undefined;
}
