import { l10n } from 'vscode';
import type { EngineClient } from '../../../engine/engineClient.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import type { SourceMember } from '../../../protocol/engineChannel.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { success } from '../../../readers/outcome.ts';
import { count } from '../../../words/numberFormat.ts';
import { kindOf } from '../kinds/kindOf.ts';
import { listSource } from '../listSource.ts';
import type { SourceProblem } from '../readSource.ts';
import type { Source } from '../source.ts';
import { hasArrays, sourceName, withMember } from '../source.ts';
import { pickArray } from './pickArray.ts';

/** A source of one array, and the arrays there are. */
export interface ChosenArray {
  readonly source: Source;
  /** What the other arrays are in, too. */
  readonly whole: Source;
  readonly chosen: SourceMember;
  readonly members: readonly SourceMember[];
}

/** Which array of a file has the logits; asks if more than one may. Undefined if the user doesn't say. */
export async function chooseArray(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
): Promise<Outcome<ChosenArray, SourceProblem> | undefined> {
  const listed = await listSource(engine, source);
  if (!listed.ok) return listed;
  const members = listed.value;
  const likely = members.filter(isMatrix);
  const [only] = likely.length === 1 ? likely : members;
  const chosen = members.length === 1 || likely.length === 1 ? only : await pick(members, source);
  if (!chosen) return undefined;
  if (!hasArrays(source))
    return success({
      source: partOf(source, chosen),
      whole: kindOf(source).whole?.(source) ?? source,
      chosen,
      members,
    });
  // A table is read as a whole: its columns of targets belong to it.
  const isWhole = members.length === 1 || chosen.range !== null;
  const named = isWhole ? source : withMember(source, chosen.name);
  return success({ source: named, whole: source, chosen, members });
}

/** The part of a text that an array is in. */
function partOf(source: Source, { range }: SourceMember): Source {
  return (range && kindOf(source).part?.(source, range)) ?? source;
}

/** True for what logits most often are: rows of real numbers. */
function isMatrix({ shape, type }: SourceMember): boolean {
  return shape.length >= 2 && (type === null || /float/.test(type)) && shape.every((size) => size > 0);
}

async function pick(members: readonly SourceMember[], source: Source): Promise<SourceMember | undefined> {
  const likelyFirst = members.toSorted(
    (a, b) => Number(isMatrix(b)) - Number(isMatrix(a)) || lengthOf(b.shape) - lengthOf(a.shape),
  );
  const placeHolder = l10n.t(
    '{0} has {1} arrays. Which are the logits?',
    sourceName(source),
    count(members.length),
  );
  return pickArray(likelyFirst, placeHolder);
}
