import type { SourceSpan } from '../../../sourcePlace.ts';
import type { CodeSpan, PythonSource } from '../code/pythonSource.ts';
import { Int, type PyValue } from '../run/values.ts';
import { PyTensor } from './tensor.ts';

/** Comparisons of a run that are kept. */
const MOST_KEPT = 200;
/** Numbers of a tensor that is compared. */
const MOST_NUMBERS = 64;

/** Two numbers that were compared, and what came of it. */
export interface Decided extends CodeSpan {
  readonly operator: string;
  readonly left: string;
  readonly right: string;
  /** All numbers that it depends on. */
  readonly of: string;
  readonly outcome: boolean;
}

/** What decides how a run goes on, and how it might have gone on otherwise. */
export class Decisions {
  readonly #all: Decided[] = [];
  /** What numbers one by one were compared to make a tensor of truths, or what is made of that: `any`. */
  readonly #compared = new WeakMap<PyTensor, string>();

  get all(): readonly Decided[] {
    return this.#all;
  }

  note(
    at: SourceSpan,
    source: PythonSource,
    operator: string,
    [left, right, result]: readonly [left: PyValue, right: PyValue, result: PyValue],
  ): void {
    const [x, y] = [numbersOf(left), numbersOf(right)];
    if (x === undefined || y === undefined) return;
    const of = [x, y, ...[left, right].map((each) => this.#comparedFor(each) ?? '')].join(' ');
    if (result instanceof PyTensor && result.size > 1) this.#compared.set(result, of);
    const outcome = numberOf(result);
    if (outcome !== undefined)
      this.#keep({ at, source, operator, left: x, right: y, of, outcome: Boolean(outcome) });
  }

  /** One truth is made of many. */
  passOn(from: PyValue | undefined, to: PyValue): void {
    const of = this.#comparedFor(from);
    if (of !== undefined && to instanceof PyTensor) this.#compared.set(to, of);
  }

  /** `if (y > 9).any()` */
  noteTruth(at: SourceSpan, source: PythonSource, value: PyValue, outcome: boolean): void {
    const of = this.#comparedFor(value);
    if (of !== undefined) this.#keep({ at, source, operator: '', left: '', right: of, of, outcome });
  }

  #keep(decided: Decided): void {
    if (this.#all.length < MOST_KEPT) this.#all.push(decided);
  }

  #comparedFor(value: PyValue | undefined): string | undefined {
    return value instanceof PyTensor ? this.#compared.get(value) : undefined;
  }

  /** How many there are, to be forgotten later. */
  get mark(): number {
    return this.#all.length;
  }

  /** Those since then decide nothing that matters. */
  forget(mark: number): void {
    this.#all.length = Math.min(mark, this.#all.length);
  }
}

function numbersOf(value: PyValue): string | undefined {
  if (!(value instanceof PyTensor)) return numberOf(value)?.toString();
  return value.size <= MOST_NUMBERS ? value.values().join() : undefined;
}

function numberOf(value: PyValue): number | undefined {
  if (value instanceof PyTensor) return value.size === 1 ? value.item() : undefined;
  if (value instanceof Int) return value.value;
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : undefined;
}
