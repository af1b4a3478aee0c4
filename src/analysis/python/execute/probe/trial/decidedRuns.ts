import type { CodeSpan, PythonSource } from '../../code/pythonSource.ts';
import type { Decided, Decisions } from '../../tensors/decisions.ts';
import type { Setup } from './setup.ts';

/** Different numbers of one comparison that are kept. */
const MOST_NUMBERS = 2;
const MOST_PAIRS = 50;

/** A comparison that came out alike in all runs, though not with the same numbers. */
export interface OneSided extends CodeSpan {
  readonly outcome: boolean;
}

interface Seen {
  readonly first: Decided;
  readonly outcomes: Set<boolean>;
  /** Of each run, by α and K: what else they depend on are the rows that were tried. */
  readonly numbers: Map<string, Set<string>>;
  /** Of the last ones, to be judged. */
  readonly pairs: (readonly [left: string, right: string])[];
}

/** Comparisons of all runs of a definition, by how it was called. */
export class DecidedRuns {
  readonly #byWay = new Map<string, Map<string, Seen>>();
  readonly #sources: PythonSource[] = [];

  note(setup: Setup, { all }: Decisions): void {
    // What else differs there isn't the rows.
    if (all.length === 0 || setup.isElsewhere || setup.cuts) return;
    const way = wayOf(setup);
    const seen = this.#byWay.get(way) ?? new Map<string, Seen>();
    this.#byWay.set(way, seen);
    const { classes, alpha, gamma, weights, rowWeight, tellsMore } = setup;
    const group = [classes, alpha, gamma, weights, rowWeight, tellsMore].join(' ');
    const ofRun = new Map<Seen, Set<string>>();
    for (const each of all) {
      const place = `${this.#numberOf(each.source)} ${each.at.from} ${each.at.to}`;
      const known: Seen = seen.get(place) ?? {
        first: each,
        outcomes: new Set(),
        numbers: new Map(),
        pairs: [],
      };
      seen.set(place, known);
      known.outcomes.add(each.outcome);
      ofRun.set(known, (ofRun.get(known) ?? new Set()).add(each.of));
      if (known.pairs.length < MOST_PAIRS) known.pairs.push([each.left, each.right]);
    }
    // A helper that is called several times compares others each time, but the same in each run.
    for (const [{ numbers }, compared] of ofRun) {
      const known = numbers.get(group) ?? new Set<string>();
      numbers.set(group, known);
      if (known.size < MOST_NUMBERS) known.add([...compared].sort().join());
    }
  }

  /** What the rows decide that were tried, and would decide otherwise for others. */
  oneSided(setup: Setup): OneSided[] {
    const seen = [...(this.#byWay.get(wayOf(setup))?.values() ?? [])];
    return seen.filter(isOneSided).map(({ first: { at, source, outcome } }) => ({ at, source, outcome }));
  }

  #numberOf(source: PythonSource): number {
    if (!this.#sources.includes(source)) this.#sources.push(source);
    return this.#sources.indexOf(source);
  }
}

function wayOf({ way }: Setup): string {
  return Object.values(way).join(' ');
}

function isOneSided({ first, outcomes, numbers, pairs }: Seen): boolean {
  const varies = [...numbers.values()].some((each) => each.size > 1);
  if (!varies || outcomes.size > 1) return false;
  // Rows and their labels are as many.
  if (pairs.every(([left, right]) => left === right)) return false;
  return !isCountOfSome(first, pairs);
}

/** Whether there are any, which there always are: without rows there's nothing to be told. */
function isCountOfSome({ operator }: Decided, pairs: Seen['pairs']): boolean {
  if (operator === '') return false;
  const isNone = (text: string) => text === '0' || (text === '1' && operator !== '==' && operator !== '!=');
  const isCount = (text: string) => /^[1-9]\d*$/.test(text);
  return (
    pairs.every(([left, right]) => isNone(right) && isCount(left)) ||
    pairs.every(([left, right]) => isNone(left) && isCount(right))
  );
}
