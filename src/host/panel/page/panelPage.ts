import type { Opened } from '../../../protocol/engineChannel.ts';
import type {
  ConfigSnapshot,
  PanelAbout,
  PanelChanges,
  PanelData,
  PanelFunctions,
} from '../../../protocol/panelChannel.ts';
import { keptSource, type Source } from '../../sources/source.ts';
import type { Teacher } from '../session/teacher.ts';

/** Logits as a session has them now. */
interface ShownLogits {
  readonly data: PanelData;
  readonly about: PanelAbout;
  readonly opened: Opened;
  readonly teacher: Teacher | undefined;
  readonly source: Source;
}

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

  showLogits(shown: ShownLogits): void {
    const { data, about, opened, teacher, source } = shown;
    const sent = this.#sent;
    if (!sent) return;
    const changes: Writable<PanelChanges> = {};
    if (sent.sourceId !== data.sourceId || sent.revision !== data.revision) changes.data = data;
    const words = JSON.stringify(about);
    if (sent.about !== words) changes.about = about;
    // Whether it fits depends on the logits it's beside.
    const isTeacherKnown =
      'teacher' in sent && sent.teacher === teacher && (!teacher || sent.besides === opened);
    const snapshot = isTeacherKnown ? undefined : (teacher?.snapshot(opened) ?? null);
    // But for its predictions, which never change.
    const teacherWords = isTeacherKnown
      ? sent.teacherWords
      : JSON.stringify({ ...snapshot, prediction: null });
    if (snapshot !== undefined && sent.teacherWords !== teacherWords) changes.teacher = snapshot;
    if (sent.source !== source) changes.kept = keptSource(source);
    if (sent.front !== 'logits' || Object.keys(changes).length > 0) this.#page.show(changes);
    this.#sent = {
      ...sent,
      front: 'logits',
      sourceId: data.sourceId,
      revision: data.revision,
      about: words,
      teacher,
      ...(teacherWords !== undefined && { teacherWords }),
      besides: opened,
      source,
    };
  }

  showConfig(config: ConfigSnapshot, logits: string | null): void {
    const words = JSON.stringify([config, logits]);
    if (!this.#sent || (this.#sent.front === 'loss' && this.#sent.config === words)) return;
    this.#page.showConfig(config, logits);
    this.#sent = { ...this.#sent, front: 'loss', config: words };
  }

  status({ problem, progress }: PageStatus): void {
    if (!this.#sent) return;
    if (this.#sent.problem !== problem) this.#page.problem(problem);
    if (this.#sent.progress !== progress) this.#page.progress(progress);
    this.#sent = { ...this.#sent, problem, progress };
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Sent extends Partial<PageStatus> {
  readonly front?: 'logits' | 'loss';
  readonly sourceId?: string;
  readonly revision?: number;
  /** As JSON: it's small. */
  readonly about?: string;
  readonly config?: string;
  readonly teacher?: Teacher | undefined;
  /** What the teacher was last compared with. */
  readonly besides?: Opened;
  readonly teacherWords?: string;
  readonly source?: Source;
}
