import type { PanelRequests } from '../../../protocol/panelChannel.ts';
import type { Session } from '../session/session.ts';
import type { PanelJobs } from './panelJobs.ts';

/** Rejects a question about figures that aren't those shown, or aren't any more. */
export class OutdatedError extends Error {
  override readonly name = 'OutdatedError';
}

type Questions = 'row' | 'teacherRow' | 'calibrate' | 'teacherEntropy' | 'floors' | 'totals';

/** The answer about the revision that was asked about, or none. */
export async function askAbout<T>(
  session: () => Session | undefined,
  revision: number,
  ask: (asked: Session) => Promise<T>,
): Promise<T> {
  const asked = session();
  if (asked?.state.revision !== revision) throw new OutdatedError();
  const answer = await ask(asked);
  if (session() !== asked || asked.state.revision !== revision) throw new OutdatedError();
  return answer;
}

/** What the page may ask of the logits that are shown. */
export function questionsAbout(
  session: () => Session | undefined,
  jobs: PanelJobs,
): Pick<PanelRequests, Questions> {
  const about = <T>(revision: number, ask: (asked: Session) => Promise<T>): Promise<T> =>
    askAbout(session, revision, ask);
  return {
    row: (revision, row) => about(revision, (asked) => asked.row(row)),
    teacherRow: (revision, row) => about(revision, (asked) => asked.teacherRow(row)),
    calibrate: (revision, job) =>
      jobs.run(job, 'calibrate', (following) => about(revision, (asked) => asked.calibrate(following))),
    teacherEntropy: (revision, temperature, job) =>
      jobs.run(job, 'teacherEntropy', (following) =>
        about(revision, (asked) => asked.teacherEntropy(temperature, following)),
      ),
    floors: (revision, of, job) =>
      jobs.run(job, 'floors', (following) => about(revision, (asked) => asked.floors(of, following))),
    totals: (revision, change, job) =>
      jobs.run(job, 'totals', (following) => about(revision, (asked) => asked.totals(change, following))),
  };
}
