import { lengthOf } from '../../loss/rows/shape.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { CandidateRole } from '../readProblem.ts';
import { fullName, meaningOfArray } from '../roles/arrayMeaning.ts';
import { chooseTargetArray } from '../roles/chooseTargets.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { chooseScores } from '../roles/scores/chooseScores.ts';

/** What an array of a file is, in a line. */
export interface ArrayOverview {
  readonly name: string;
  readonly shape: readonly number[];
  /** In the words of the file; null if it doesn't say. */
  readonly type: string | null;
  /** What it would be taken as, or offered as; null: neither. */
  readonly role: CandidateRole | null;
  /** Its first values, as they're shown; [] if they'd take long. */
  readonly first: readonly string[];
  /** False for what can't be read. */
  readonly isReadable: boolean;
}

/** What is in a file of arrays, without most of its numbers. */
export interface FileOverview {
  /** The first of them. */
  readonly arrays: readonly ArrayOverview[];
  /** How many there are. */
  readonly count: number;
  /** The first parameters of a model, and how many those are. */
  readonly parameters: readonly ArrayOverview[];
  readonly parameterCount: number;
}

/** No more arrays, and no more parameters, are listed. */
const [MOST_ARRAYS, MOST_PARAMETERS] = [200, 12];
const FIRST = 6;
/** Arrays of more numbers aren't read for their first; nor are more in all. */
const [MOST_NUMBERS, MOST_IN_ALL] = [1 << 18, 1 << 22];

/** The overview of a file's arrays. `peek` has the first values of an array where they can be had without the others. */
export function* overviewOf(
  arrays: readonly NamedArray[],
  peek: (array: NamedArray) => Work<readonly string[] | undefined>,
): Work<FileOverview> {
  const own = arrays.filter(({ isParameter }) => !isParameter);
  const parameters = arrays.filter(({ isParameter }) => isParameter);
  const roles = yield* rolesOf(own);
  let room = MOST_IN_ALL;
  const lines: ArrayOverview[] = [];
  for (const [i, array] of own.slice(0, MOST_ARRAYS).entries()) {
    yield i / own.length;
    const count = lengthOf(array.shape);
    const first =
      (yield* portion(peek(array), 0, 1)) ?? (yield* firstOf(array, count <= Math.min(room, MOST_NUMBERS)));
    if (array.content.kind === 'stored') room -= Math.min(count, MOST_NUMBERS);
    lines.push({ ...lineOf(array), role: roles.get(array) ?? null, first });
  }
  return {
    arrays: lines,
    count: own.length,
    parameters: parameters.slice(0, MOST_PARAMETERS).map(lineOf),
    parameterCount: parameters.length,
  };
}

function lineOf(array: NamedArray): ArrayOverview {
  const { shape, type, content } = array;
  const name = fullName(array);
  const isReadable = content.kind !== 'flawed';
  return { name, shape, type, role: null, first: [], isReadable };
}

/** What opening the file would take each array as, or ask about. */
function* rolesOf(arrays: readonly NamedArray[]): Work<ReadonlyMap<NamedArray, CandidateRole>> {
  const roles = new Map<NamedArray, CandidateRole>();
  const scores = chooseScores(arrays, undefined);
  if (scores.ok) {
    const { array, meaning } = scores.value;
    roles.set(array, meaning.kind === 'percent' ? 'probabilities' : (meaning.kind ?? 'logits'));
    const { shape, names: classNames } = array;
    const classAxis = shape.length <= 2 ? shape.length - 1 : undefined;
    const targets = yield* chooseTargetArray(arrays, { array, shape, classNames, classAxis }, undefined);
    if (targets.ok && targets.value) roles.set(targets.value, 'targets');
    else if (!targets.ok) offer(arrays, targets.problem, roles);
  } else offer(arrays, scores.problem, roles);
  for (const array of arrays)
    if (!roles.has(array) && meaningOfArray(array).prediction) roles.set(array, 'predictions');
  return roles;
}

function offer(
  arrays: readonly NamedArray[],
  problem: { readonly reason: string },
  roles: Map<NamedArray, CandidateRole>,
): void {
  if (!('candidates' in problem)) return;
  for (const { name, role } of problem.candidates as readonly { name: string; role: CandidateRole }[]) {
    const array = arrays.find((each) => each.name === name);
    if (array) roles.set(array, role);
  }
}

function* firstOf({ content }: NamedArray, mayLoad: boolean): Work<readonly string[]> {
  if (content.kind === 'texts') return content.values.slice(0, FIRST);
  if (content.kind === 'numbers') return shownValues(content.values);
  if (content.kind !== 'stored' || !mayLoad) return [];
  const read = yield* portion(
    content.load((length) => new Float64Array(length)),
    0,
    1,
  );
  return read.ok ? shownValues(read.value) : [];
}

/** Numbers with as many digits as tell them apart at a glance. */
export function shownValues(values: ArrayLike<number>): readonly string[] {
  return Array.from({ length: Math.min(FIRST, values.length) }, (_, i) =>
    String(Number(values[i]!.toPrecision(4))),
  );
}
