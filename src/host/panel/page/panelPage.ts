import type { Opened } from '../../../protocol/engineChannel.ts';
import type { PanelFunctions } from '../../../protocol/panelChannel.ts';
import type { Front } from '../../../protocol/panelKept.ts';
import type {
  ConfigSnapshot,
  PanelAbout,
  PanelChanges,
  PanelData,
  TeacherSnapshot,
} from '../../../protocol/panelSnapshot.ts';
import { keptSource, type Source } from '../../sources/source.ts';
import type { SessionState } from '../session/sessionState.ts';
import { aboutOf, type Beside, isSameAbout } from './panelAbout.ts';

/** Whether logits or a loss are current, and being read. */
interface PageStatus {
  readonly problem: string;
  /** 0…1; null when nothing is read. */
  readonly progress: number | null;
}

/**
 * The page, and what it was sent last. It's told what is shown whenever anything changes, and sends on what is new to it: a
 * megabyte of figures doesn't cross again because the progress bar has moved.
 */
export class PanelPage {
  readonly #page: PanelFunctions;
  /** Undefined until the page can take messages. */
  #sent: Sent | undefined;

  constructor(page: PanelFunctions) {
    this.#page = page;
  }

  /** It was loaded, perhaps again, and knows nothing yet. */
  loaded(): void {
    this.#sent = {};
  }

  showLogits(state: SessionState, panel: Beside): void {
    const { opened, revision, sourceId, source } = state;
    const sent = this.#sent;
    if (!sent || !opened) return;
    const about = aboutOf(state, opened, panel);
    const teacher = this.#teacherBeside(state, opened);
    const changes: PanelChanges = {
      ...((sent.sourceId !== sourceId || sent.revision !== revision) && { data: dataOf(state, opened) }),
      ...(!(sent.about && isSameAbout(sent.about, about)) && { about }),
      ...(!isSameTeacher(sent.teacher, teacher) && { teacher }),
      ...(sent.source !== source && { kept: keptSource(source) }),
    };
    if (sent.front !== 'logits' || Object.keys(changes).length > 0) this.#page.show(changes);
    this.#sent = { ...sent, front: 'logits', sourceId, revision, about, teacher, beside: state, source };
  }

  /** Whether it fits depends on the logits it's beside. */
  #teacherBeside({ teacher, opened }: SessionState, student: Opened): TeacherSnapshot | null {
    const { beside, teacher: snapshot } = this.#sent!;
    if (snapshot !== undefined && beside?.teacher === teacher && beside?.opened === opened) return snapshot;
    return teacher?.snapshot(student) ?? null;
  }

  showConfig(config: ConfigSnapshot, logits: string | null): void {
    const words = JSON.stringify([config, logits]);
    if (!this.#sent || (this.#sent.front === 'loss' && this.#sent.config === words)) return;
    this.#page.showConfig(config, logits);
    this.#sent = { ...this.#sent, front: 'loss', config: words };
  }

  showPlayground(why: string, logits: string | null): void {
    const words = JSON.stringify([why, logits]);
    if (!this.#sent || (this.#sent.front === 'playground' && this.#sent.config === words)) return;
    this.#page.showPlayground(why, logits);
    this.#sent = { ...this.#sent, front: 'playground', config: words };
  }

  status({ problem, progress }: PageStatus): void {
    if (!this.#sent) return;
    if (this.#sent.problem !== problem) this.#page.problem(problem);
    if (this.#sent.progress !== progress) this.#page.progress(progress);
    this.#sent = { ...this.#sent, problem, progress };
  }
}

function dataOf(
  { revision, sourceId }: SessionState,
  { summary, stats, sums, measuredWith }: Opened,
): PanelData {
  return { revision, sourceId, summary, stats, sums, ...measuredWith };
}

/** Of one teacher nothing else changes. */
function isSameTeacher(a: TeacherSnapshot | null | undefined, b: TeacherSnapshot | null): boolean {
  if (!a || !b) return a === b;
  return a.id === b.id && a.problem === b.problem && a.otherTargets === b.otherTargets;
}

interface Sent extends Partial<PageStatus> {
  readonly front?: Front;
  readonly sourceId?: string;
  readonly revision?: number;
  readonly about?: PanelAbout;
  /** What there's to show without logits, as JSON: it's small. */
  readonly config?: string;
  readonly teacher?: TeacherSnapshot | null;
  /** What the teacher's snapshot was made of. */
  readonly beside?: SessionState;
  readonly source?: Source;
}
