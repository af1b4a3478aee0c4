import { portion, type Work } from '../loss/work.ts';
import type { TargetContext } from './json/fitTargets.ts';
import { type FoundTargets, readJsonTargets, targetsAmong } from './json/readJsonTargets.ts';
import type { Outcome } from './outcome.ts';
import type { ReadProblem } from './readProblem.ts';
import { type ParsedText, printedIn } from './readText.ts';

/** Reads targets from text in UTF-8: JSON, or an array that is printed in it. `known` is what was parsed of it before. */
export function* readTextTargets(
  bytes: Uint8Array,
  context: TargetContext,
  member?: string,
  known?: ParsedText,
): Work<Outcome<FoundTargets, ReadProblem>> {
  const json = yield* portion(readJsonTargets(bytes, context, member), 0, 0.5);
  if (json.ok || !/^(syntax|truncated|not-a-number)$/.test(json.problem.reason)) return json;
  const arrays = known?.printed ?? (yield* portion(printedIn(bytes), 0.5, 1));
  if (arrays.length === 0) return json;
  return yield* targetsAmong(arrays, context, member);
}
