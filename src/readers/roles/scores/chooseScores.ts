import { mostOf } from '../../../loss/mostOf.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { Candidate, CandidateRole, ReadProblem } from '../../readProblem.ts';
import { areProbabilitiesOf, isNumeric, sameNumbers } from '../arrayFacts.ts';
import { fullName, meaningOfArray } from '../arrayMeaning.ts';
import type { NameMeaning } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';
import type { Wish } from '../wish.ts';
import { fileSays, saysLogits } from './fileSays.ts';
import { lonelyColumn, noScores } from './noScores.ts';
import { mayBeAnything } from './otherNumbers.ts';
import { type ScoreCandidate, scoreCandidates } from './scoreCandidates.ts';

/**
 * The same as `chooseScores`, unless the name of the file says that it has something else. If someone has said that a model is binary,
 * its outputs are also the only column there is beside targets.
 */
export function scoresFor(
  arrays: readonly NamedArray[],
  { member, binary, fileName }: Wish,
  candidates = scoreCandidates(arrays),
): Outcome<ScoreCandidate, ReadProblem> {
  const open = chooseScores(arrays, member, candidates);
  const only = open.ok ? open.value : candidates.length === 1 ? candidates[0] : undefined;
  const other = only && member === undefined && fileSays(only, arrays, fileName);
  if (other) return failure(other);
  const isAsked = !open.ok && open.problem.reason === 'several';
  const chosen = only && isAsked && saysLogits(only, fileName) ? success(only) : open;
  if (chosen.ok || !binary || chosen.problem.reason !== 'one-class') return chosen;
  const array = lonelyColumn(arrays)!;
  return success({ array, meaning: meaningOfArray(array), strength: 1 });
}

/** The scores that must be meant, or are wished for; or the candidates, where it could be one or the other. Of many arrays `candidates` are found before. */
export function chooseScores(
  arrays: readonly NamedArray[],
  member: string | undefined,
  candidates = scoreCandidates(arrays),
): Outcome<ScoreCandidate, ReadProblem> {
  const start = arrays[0]?.start ?? 0;
  if (member !== undefined) return namedScores(arrays, candidates, member);
  const most = mostOf(candidates, ({ strength }) => strength);
  const strong = candidates.filter(({ strength }) => strength >= Math.min(most, 2));
  // Beside columns that belong together a single one is about them: "logit_std", "human_prob".
  const isTogether = strong.some(({ array }) => array.shape.length > 1);
  const likely = withoutCopies(
    isTogether ? strong.filter(({ array }) => !array.isColumn || array.shape.length > 1) : strong,
  );
  const [first] = likely;
  if (!first) return failure(noScores(arrays));
  // Of what can't be read it doesn't matter which was meant.
  const isNone = likely.every(({ array }) => array.content.kind === 'flawed');
  const sure = likely.length === 1 || isNone ? first : theLogits(likely);
  if (sure && !mayBeAnything(sure.array, arrays)) return success(sure);
  return failure({ reason: 'several', offset: start, candidates: offered(sure ? [sure] : likely) });
}

function namedScores(
  arrays: readonly NamedArray[],
  candidates: readonly ScoreCandidate[],
  member: string,
): Outcome<ScoreCandidate, ReadProblem> {
  const called = (array: NamedArray) => member === array.name || member === fullName(array);
  const among = candidates.find(({ array }) => called(array) || member === array.path.join('.'));
  const any = among?.array ?? arrays.find((array) => called(array) && isNumeric(array));
  const [only] = candidates;
  if (!any && only && arrays.filter(({ shape }) => shape.length > 0).length === 1) return success(only);
  if (any) return success(among ?? { array: any, meaning: meaningOfArray(any), strength: 1 });
  const truth = arrays.find((array) => called(array) && array.type === 'bool');
  if (truth) return failure({ reason: 'array-type', offset: truth.start, kind: 'other', found: 'bool' });
  const members = (candidates.length > 0 ? candidates.map(({ array }) => array) : arrays).map(
    ({ name }) => name,
  );
  return failure({ reason: 'no-member', offset: arrays[0]?.start ?? 0, name: member, members });
}

/** Without the probabilities of logits that are there, too, and the same numbers by the names of their classes. */
function withoutCopies(candidates: readonly ScoreCandidate[]): readonly ScoreCandidate[] {
  if (candidates.length < 2 || candidates.length > 16) return candidates;
  return candidates.filter(
    ({ array, meaning }) =>
      !candidates.some(
        (other) =>
          other.array !== array &&
          ((meaning.kind !== 'logits' &&
            other.meaning.kind === 'logits' &&
            areProbabilitiesOf(other.array, array)) ||
            (meaning.kind !== null &&
              (array.names ? !other.array.names : !other.array.names && isAfter(array, other.array)) &&
              array.shape.join() === other.array.shape.join() &&
              sameNumbers(array, other.array))),
      ),
  );
}

function isAfter(array: NamedArray, other: NamedArray): boolean {
  return array.start > other.start || (array.start === other.start && array.name > other.name);
}

/** The one that is called logits, if the others aren't of the same rows. */
function theLogits(likely: readonly ScoreCandidate[]): ScoreCandidate | undefined {
  const logits = likely.filter(({ meaning }) => meaning.kind === 'logits');
  const [only] = logits;
  if (logits.length !== 1 || !only) return undefined;
  const rows = only.array.shape.slice(0, -1).join();
  return likely.every(({ array }) => array === only.array || array.shape.slice(0, -1).join() !== rows)
    ? only
    : undefined;
}

/** What is asked: each by its own name, or by the keys it's below where names are the same. */
function offered(likely: readonly ScoreCandidate[]): readonly Candidate[] {
  const names = likely.map(({ array }) => array.name);
  const isSame = new Set(names).size < names.length;
  // Counted once: there may be thousands of tables in a text.
  const times = new Map<string, number>();
  if (isSame) for (const { array } of likely) times.set(pathOf(array), (times.get(pathOf(array)) ?? 0) + 1);
  return likely.map(({ array, meaning }) => {
    const name = isSame && array.path.length > 0 ? pathName(array, times) : array.name;
    return { name, shape: array.shape, role: roleOf(meaning) };
  });
}

/** `times`: how many arrays are below each path. */
function pathName(array: NamedArray, times: ReadonlyMap<string, number>): string {
  const path = pathOf(array);
  return times.get(path) === 1 ? path : fullName(array);
}

function pathOf({ path }: NamedArray): string {
  return path.join('.');
}

function roleOf({ kind }: NameMeaning): CandidateRole {
  return kind === 'percent' ? 'probabilities' : (kind ?? 'logits');
}
