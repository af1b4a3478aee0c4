import { describeProblem } from '../../../problems/sources/problemMessages.ts';
import { sayError } from '../../messages/notifications.ts';
import type { PanelActions } from '../panelActions.ts';
import type { Session } from './session.ts';

/** Asks for other targets and shows the session's logits with them. Those that can't be read leave everything as it was. */
export async function chooseSessionTargets(
  session: Session,
  actions: Pick<PanelActions, 'chooseTargets'>,
): Promise<void> {
  const { source, opened } = session.state;
  const chosen = opened && (await actions.chooseTargets(source, opened.summary));
  // Meanwhile another source may be shown.
  if (!chosen || session.isDisposed || session.state.source !== source) return;
  const problem = chosen.ok ? await session.setTargets(chosen.value) : describeProblem(chosen.problem);
  if (problem !== undefined) void sayError(problem);
}
