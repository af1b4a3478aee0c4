import { type Disposable, l10n } from 'vscode';
import type { LostBatches } from '../../../engine/client/engineFailures.ts';
import type { EngineClient } from '../../../engine/engineClient.ts';
import { watchFile } from '../../sources/file/watchFile.ts';
import { rereadingOf } from '../../sources/rereading.ts';
import type { Rereading } from '../../sources/sourceEvents.ts';
import type { PublishedState } from './sessionState.ts';
import { readTeacher, Teacher } from './teacher.ts';

/** The teacher of a session, if it has one, read again when it's lost or its file has changed. */
export class FollowedTeacher {
  readonly #engine: EngineClient;
  readonly #state: PublishedState;
  readonly #watch: Disposable;

  constructor(engine: EngineClient, state: PublishedState) {
    this.#engine = engine;
    this.#state = state;
    this.#watch = watchFile(
      () => this.#teacher?.source,
      (uri) => this.#teacher?.files.find((file) => file.uri === uri),
      {
        changed: (rereading) => void this.#readAgain(rereading),
        changing: () => {},
        gone: (why) => this.stop(why),
      },
    );
  }

  /** Who listens to the state hears of it with the next `publish`. */
  replace(teacher: Teacher | undefined): void {
    this.#teacher?.dispose();
    this.#state.set({ teacher });
  }

  /** It can't be used any more. `why` is a sentence for the user. */
  stop(why: string): void {
    if (!this.#teacher) return;
    this.replace(new Teacher(this.#engine, this.#teacher.source, why));
    this.#state.publish();
  }

  lost(why: LostBatches['why']): void {
    if (this.#teacher) void this.#readAgain(rereadingOf(this.#teacher.source, why));
  }

  dispose(): void {
    this.#watch.dispose();
    this.replace(undefined);
  }

  get #teacher(): Teacher | undefined {
    return this.#state.current.teacher;
  }

  async #readAgain({ now }: Rereading): Promise<void> {
    this.stop(now);
    const waiting = this.#teacher;
    if (!waiting) return;
    const read = await readTeacher(this.#engine, waiting.source);
    // Meanwhile there may be another one, or none.
    if (this.#teacher !== waiting) read?.dispose();
    else if (!read) this.stop(l10n.t('Reading was cancelled.'));
    else {
      this.replace(read);
      this.#state.publish();
    }
  }
}
