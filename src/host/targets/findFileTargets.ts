import { FileType, l10n, Uri, workspace } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { formatOf } from '../../engine/fileFormats.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { SourceMember } from '../../protocol/engineChannel.ts';
import { isInteger } from '../notebook/cellTensors.ts';
import { documentSource } from '../sources/kinds/documentSource.ts';
import { kindOf, type TargetsSource } from '../sources/kinds/kindOf.ts';
import { inputOutcome } from '../sources/readSource.ts';
import { containerOf, type Source, sourceName, withMember } from '../sources/source.ts';
import type { TargetCandidate } from './pickTargets.ts';

/** Files in the same folder that are looked into. */
const MOST_FILES = 6;
/** What a file of targets is called. */
const TARGETS = /^(?:y|y_?true|y_?test|y_?val|labels?|targets?)$/i;
/** What the name of a file of logits has where that of its targets has a word for those. */
const LOGITS = /logits?|predictions?|preds?|outputs?|scores?|probs?/i;

/** Arrays that may be the targets of logits of a shape: in the same file, then in files beside it that are called like targets. */
export async function findFileTargets(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
  members: readonly SourceMember[],
  shape: readonly number[],
): Promise<readonly TargetCandidate[]> {
  const { targets: _, ...logits } = source;
  if (containerOf(logits) === undefined) return [];
  const candidates = candidatesIn(withMember(logits, undefined), members, shape, l10n.t('the same file'));
  const file = kindOf(logits).file?.(logits);
  for (const uri of file ? await filesBeside(file) : []) {
    const beside = documentSource(uri);
    const listed = await listQuietly(engine, beside);
    if (listed?.ok) candidates.push(...candidatesIn(beside, listed.value, shape, sourceName(beside)));
  }
  return candidates;
}

/** The arrays of a file that nobody has asked for: what can't be read has none. */
async function listQuietly(engine: Pick<EngineClient, 'list'>, source: Source) {
  try {
    const request = await inputOutcome(source);
    return request.ok ? await engine.list(request.value) : undefined;
  } catch {
    return undefined;
  }
}

/** The arrays among these that fit. */
export function candidatesIn(
  source: TargetsSource,
  members: readonly SourceMember[],
  shape: readonly number[],
  where: string,
): TargetCandidate[] {
  return members
    .filter((member) => isIndices(member) && fits(member.shape, shape))
    .map(({ name, shape: rows }) => ({
      name: members.length === 1 ? sourceName(source) : name,
      where,
      count: lengthOf(rows),
      source: members.length === 1 ? source : withMember(source, name),
    }));
}

/** A column of a table may have names. */
function isIndices(member: SourceMember): boolean {
  return isInteger(member) || member.type === 'column';
}

/** True if the targets have the logits' axes but one, that of the classes: of two the last. */
function fits(targets: readonly number[], logits: readonly number[]): boolean {
  const isWithout = (axis: number) => logits.toSpliced(axis, 1).join() === targets.join();
  return logits.length > 1 && logits.some((_, axis) => (axis === 1 || logits.length > 2) && isWithout(axis));
}

async function filesBeside(logits: Uri): Promise<readonly Uri[]> {
  const folder = Uri.joinPath(logits, '..');
  const stem = stemOf(logits.path);
  try {
    const names = (await workspace.fs.readDirectory(folder))
      .filter(([name, type]) => (type & FileType.File) !== 0 && formatOf(name) !== undefined)
      .map(([name]) => name);
    const isBeside = (name: string) => isNear(stemOf(name), stem);
    const fitting = [
      ...names.filter(isBeside),
      ...names.filter((name) => !isBeside(name) && TARGETS.test(stemOf(name))),
    ];
    return fitting.slice(0, MOST_FILES).map((name) => Uri.joinPath(folder, name));
  } catch {
    // Not every file system lists its folders.
    return [];
  }
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

/** `run.labels`, or `y_run` beside `logits_run`. */
function isNear(name: string, logits: string): boolean {
  const behind = withinEnds(name, logits, '')?.replace(/^[_.-]/, '');
  if (behind !== undefined && TARGETS.test(behind)) return true;
  const [before = '', ...after] = logits.split(LOGITS);
  const instead = after.length > 0 ? withinEnds(name, before, after.join('')) : undefined;
  return instead !== undefined && TARGETS.test(instead);
}

/** What is between a start and an end, in either case; undefined if it has other ones. */
function withinEnds(text: string, start: string, end: string): string | undefined {
  const lower = text.toLowerCase();
  const fits = lower.startsWith(start.toLowerCase()) && lower.endsWith(end.toLowerCase());
  return fits && text.length >= start.length + end.length
    ? text.slice(start.length, text.length - end.length)
    : undefined;
}
