import { l10n, type Uri, window } from 'vscode';
import { CancelledError, type EngineClient, EngineStoppedError } from '../../engine/client.ts';
import { sourcesInEditors } from '../inputs/findSource.ts';
import { pickSource } from '../inputs/pickSource.ts';
import { readSource, withLateProgress } from '../inputs/readSource.ts';
import type { Source } from '../inputs/source.ts';
import { describeProblem, describeStop } from '../messages.ts';
import type { Session } from './session.ts';
import { Teacher } from './teacher.ts';

/** Asks for the teacher's logits and shows them beside the session's. What can't be read leaves everything as it was. */
export async function chooseTeacher(
  engine: EngineClient,
  session: Session,
  extensionUri: Uri,
): Promise<void> {
  const { source: own } = session;
  const isOther = (source: Source) =>
    !(own.kind === 'document' && source.kind === 'document' && source.uri === own.uri && !source.range);
  const why = l10n.t('The teacher’s logits, for the same rows in the same order');
  const source = await pickSource(extensionUri, why, sourcesInEditors().filter(isOther));
  if (!source) return;
  const { sourceId } = session;
  const teacher = await open(engine, source);
  if (typeof teacher === 'string') void window.showErrorMessage(teacher);
  // While it was read, the panel may have gone on to other logits.
  else if (teacher && session.sourceId === sourceId) session.setTeacher(teacher);
  else teacher?.dispose();
}

/** Comes back to a teacher from before a reload of the window. */
export async function restoreTeacher(engine: EngineClient, session: Session, source: Source): Promise<void> {
  const teacher = await open(engine, source);
  if (teacher)
    session.setTeacher(typeof teacher === 'string' ? new Teacher(engine, source, teacher) : teacher);
}

/** Undefined if reading was cancelled; a sentence if it failed. */
async function open(engine: EngineClient, source: Source): Promise<Teacher | string | undefined> {
  try {
    const read = await withLateProgress(source, (following) => readSource(engine, source, {}, following));
    return read.ok ? new Teacher(engine, source, read.value) : describeProblem(read.problem);
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    if (error instanceof EngineStoppedError) return describeStop(error);
    throw error;
  }
}
