import { FileType, l10n, Uri, workspace } from 'vscode';
import type { EngineClient } from '../../engine/client.ts';
import type { Member } from '../../protocol/engine.ts';
import { formatOf } from '../inputs/formats.ts';
import type { TargetCandidate } from '../inputs/pickTargets.ts';
import { inputOf, nameOf, type Source, type TargetsSource } from '../inputs/source.ts';
import { isInteger } from '../notebook/tensors.ts';

/** Files in the same folder that are looked into. */
const MOST_FILES = 6;
const WORDS = 'y|y_?true|y_?test|y_?val|labels?|targets?';
const ALONE = new RegExp(`^(${WORDS})$`, 'i');
/** What the name of a file of logits has where that of its targets has a word for those. */
const LOGITS = /logits?|predictions?|preds?|outputs?|scores?|probs?/i;

/** Arrays that may be the targets of logits of a shape: in the same file, then in files beside it that are called like targets. */
export async function findFileTargets(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
  members: readonly Member[],
  shape: readonly number[],
): Promise<readonly TargetCandidate[]> {
  const { targets: _, ...logits } = source;
  if (logits.kind === 'text' || logits.kind === 'cell') return [];
  const found = candidatesIn({ ...logits, member: undefined }, members, shape, l10n.t('same file'));
  if (logits.kind !== 'document') return found;
  for (const uri of await filesBeside(Uri.parse(logits.uri))) {
    const beside: TargetsSource = { kind: 'document', uri: uri.toString() };
    const listed = await engine.list(await inputOf(beside));
    if (listed.ok) found.push(...candidatesIn(beside, listed.value, shape, nameOf(beside)));
  }
  return found;
}

/** The arrays among these that fit. */
export function candidatesIn(
  source: TargetsSource,
  members: readonly Member[],
  shape: readonly number[],
  where: string,
): TargetCandidate[] {
  return members
    .filter((member) => isIndices(member) && fits(member.shape, shape))
    .map(({ name, shape: rows }) => ({
      name: members.length === 1 ? nameOf(source) : name,
      where,
      count: rows.reduce((product, size) => product * size, 1),
      source: members.length === 1 || source.kind === 'text' ? source : { ...source, member: name },
    }));
}

/** A column of a table may have names. */
function isIndices(member: Member): boolean {
  return isInteger(member) || member.type === 'column';
}

/** True if the targets have the logits' axes but one, that of the classes. */
function fits(targets: readonly number[], logits: readonly number[]): boolean {
  return logits.length > 1 && logits.some((_, axis) => logits.toSpliced(axis, 1).join() === targets.join());
}

async function filesBeside(logits: Uri): Promise<readonly Uri[]> {
  const folder = Uri.joinPath(logits, '..');
  const stem = stemOf(logits.path);
  const own = new RegExp(`^${escaped(stem)}[_.-]?(${WORDS})$`, 'i');
  const [before, after] = [stem.split(LOGITS)[0]!, stem.split(LOGITS).slice(1).join('')];
  const instead = LOGITS.test(stem)
    ? new RegExp(`^${escaped(before)}(${WORDS})${escaped(after)}$`, 'i')
    : undefined;
  try {
    const names = (await workspace.fs.readDirectory(folder))
      .filter(([name, type]) => (type & FileType.File) !== 0 && formatOf(name) !== undefined)
      .map(([name]) => name);
    const isNear = (name: string) => own.test(stemOf(name)) || instead?.test(stemOf(name)) === true;
    const fitting = [
      ...names.filter(isNear),
      ...names.filter((name) => !isNear(name) && ALONE.test(stemOf(name))),
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
