import { l10n } from 'vscode';
import type { EngineClient } from '../../../engine/engineClient.ts';
import { sayError } from '../../messages/notifications.ts';
import { sourcesInEditors } from '../../sources/findSource.ts';
import type { DocumentSource } from '../../sources/kinds/documentSource.ts';
import { pickSource } from '../../sources/pickSource.ts';
import { containerOf, type Source } from '../../sources/source.ts';
import type { Session } from './session.ts';
import { readTeacher } from './teacher.ts';

/** Asks for the teacher's logits and shows them beside the session's. What can't be read leaves everything as it was. */
export async function chooseTeacher(engine: EngineClient, session: Session): Promise<void> {
  const { source: own } = session.state;
  const isOther = (source: DocumentSource) =>
    source.range !== undefined || containerOf(source) !== containerOf(own);
  const why = l10n.t('Choose the teacher’s logits, for the same rows in the same order');
  const source = await pickSource(why, { editors: sourcesInEditors().filter(isOther) });
  if (!source) return;
  const { sourceId } = session.state;
  const teacher = await readTeacher(engine, source);
  if (teacher?.problem !== undefined) void sayError(teacher.problem);
  // While it was read, the panel may have gone on to other logits.
  else if (teacher && session.state.sourceId === sourceId) session.setTeacher(teacher);
  else teacher?.dispose();
}

/** Comes back to a teacher from before a reload of the window. */
export async function restoreTeacher(engine: EngineClient, session: Session, source: Source): Promise<void> {
  const teacher = await readTeacher(engine, source);
  if (teacher) session.setTeacher(teacher);
}
