import { portion, type Work } from '../loss/work.ts';
import { type TargetContext, targetsOfNode } from './json/fitTargets.ts';
import type { Node } from './json/jsonNodes.ts';
import { memberFor } from './json/memberRoles.ts';
import { type FoundTargets, readJsonTargets } from './json/readJsonTargets.ts';
import { failure, type Outcome, success } from './outcome.ts';
import type { ReadProblem } from './readProblem.ts';
import { choose, type ParsedText, tensorsIn } from './readText.ts';
import { Unreadable } from './text/cursor.ts';

/** Reads targets from text in UTF-8: JSON, or a tensor that is printed in it; of several the only one of whole numbers. `known` is
 * what was parsed of it before. */
export function* readTextTargets(
  bytes: Uint8Array,
  context: TargetContext,
  member?: string,
  known?: ParsedText,
): Work<Outcome<FoundTargets, ReadProblem>> {
  const json = yield* portion(readJsonTargets(bytes, context, member), 0, 0.5);
  if (json.ok || !/^(syntax|truncated)$/.test(json.problem.reason)) return json;
  const tensors = known?.tensors ?? (yield* portion(tensorsIn(bytes), 0.5, 1));
  if (tensors.length === 0) return json;
  const whole = tensors.filter(({ isWhole }) => isWhole);
  const chosen = member === undefined && whole.length === 1 ? success(whole[0]!) : choose(tensors, member);
  if (!chosen.ok) return chosen;
  const { read, name, isNamed } = chosen.value;
  if (!read.ok) return read;
  try {
    const targets = yield* targetsOfNode(numbersIn(read.value), context);
    return success({ targets, key: isNamed ? name : null });
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}

/** A frame is an object of its columns. */
function numbersIn(node: Node): Node {
  if (node.type !== 'object') return node;
  return (memberFor(node, 'targets') ?? memberFor(node, 'logits'))?.node ?? node;
}
