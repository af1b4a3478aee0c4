import { l10n } from 'vscode';
import type { EngineClient } from '../../../engine/engineClient.ts';
import type { SourceMember } from '../../../protocol/engineChannel.ts';
import { type Outcome, success } from '../../../readers/outcome.ts';
import { textBetween } from '../editorPositions.ts';
import { listSource } from '../listSource.ts';
import type { SourceProblem } from '../readSource.ts';
import { isFile, type Source, sourceName } from '../source.ts';
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
  if (!isFile(source))
    return success({ source: partOf(source, chosen), whole: withoutCursor(source), chosen, members });
  // A table is read as a whole: its columns of targets belong to it.
  const isWhole = members.length === 1 || source.kind === 'text' || chosen.range !== null;
  const named = isWhole ? source : { ...source, member: chosen.name };
  return success({ source: named, whole: source, chosen, members });
}

/** The part of a text that an array is in. */
function partOf(source: Source, { range }: SourceMember): Source {
  if (!range) return source;
  if (source.kind === 'text') return { ...source, text: textBetween(source.text, range) };
  if (source.kind !== 'document') return source;
  return { ...source, cursor: undefined, range };
}

function withoutCursor(source: Source): Source {
  return source.kind === 'document' ? { ...source, cursor: undefined } : source;
}

/** True for what logits most often are: rows of real numbers. */
function isMatrix({ shape, type }: SourceMember): boolean {
  return shape.length >= 2 && (type === null || /float/.test(type)) && shape.every((size) => size > 0);
}

async function pick(members: readonly SourceMember[], source: Source): Promise<SourceMember | undefined> {
  const likelyFirst = members.toSorted(
    (a, b) => Number(isMatrix(b)) - Number(isMatrix(a)) || countOf(b) - countOf(a),
  );
  const placeHolder = l10n.t('{0} has {1} arrays. Which are the logits?', sourceName(source), members.length);
  return pickArray(likelyFirst, placeHolder);
}

function countOf({ shape }: SourceMember): number {
  return shape.reduce((product, size) => product * size, 1);
}
