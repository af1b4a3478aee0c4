import { l10n } from 'vscode';
import { BatchGoneError, CancelledError, EngineStoppedError } from '../../../engine/client/engineFailures.ts';
import type { EngineClient } from '../../../engine/engineClient.ts';
import { describeProblem } from '../../../problems/sources/problemMessages.ts';
import type { SourceProblem } from '../../../problems/sources/sourceProblem.ts';
import type { BatchView, Opened } from '../../../protocol/engineChannel.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { describeStop } from '../../messages/stopMessages.ts';
import type { FileState } from '../../sources/file/fileState.ts';
import type { TargetsSource } from '../../sources/kinds/kindOf.ts';
import type { ReadSource } from '../../sources/readSource.ts';
import { narrowed, type Source } from '../../sources/source.ts';
import type { Rereading } from '../../sources/sourceEvents.ts';
import type { EngineAnswer, Question } from './lastQuestion.ts';
import type { PublishedState } from './sessionState.ts';

/** How a question ended; late: accepted, though it was cancelled; superseded: by another question. */
export type QuestionEnd = 'accepted' | 'late' | 'failed' | 'cancelled' | 'superseded';

/** What an answer is about. */
export interface AskedFor {
  readonly view: BatchView;
  readonly targets: TargetsSource | undefined;
}

export type Problems = { readonly [what in Question]?: string };

/** What was read of a source and is shown, with the view and the targets it has, and what went wrong since. */
export class ShownResult {
  readonly #engine: EngineClient;
  readonly #state: PublishedState;
  /** Another view of what was read doesn't make a source readable that isn't. */
  #problems: Problems = {};
  /** What to say once the source is read again. */
  #rereading: Rereading | undefined;
  /** The files that it was read from, as they were then. */
  #files: readonly FileState[] = [];
  /** Others may be asked for already. */
  #asked: AskedFor = { view: {}, targets: undefined };

  constructor(engine: EngineClient, state: PublishedState) {
    this.#engine = engine;
    this.#state = state;
  }

  get files(): readonly FileState[] {
    return this.#files;
  }

  /** The view and the targets it has. */
  get asked(): AskedFor {
    return this.#asked;
  }

  get problems(): Problems {
    return this.#problems;
  }

  setProblems(problems: Problems): void {
    this.#problems = problems;
    this.#state.set({ problem: problems.source ?? problems.view });
  }

  addProblem(what: Question, why: string): void {
    this.setProblems({ ...this.#problems, [what]: why });
  }

  /** Why the last question failed, if it did; once it's said there, it's no longer a problem. */
  takeProblem(what: Question): string | undefined {
    const { [what]: why, ...others } = this.#problems;
    this.setProblems(others);
    return why;
  }

  /** The source is read again, and `said` says why. */
  isReread(rereading: Rereading): void {
    this.#rereading = rereading;
    this.addProblem('source', rereading.now);
  }

  /** Its source is somewhere else. */
  moved(source: Source): void {
    const { targets } = this.#state.current.source;
    if (this.#asked.targets === targets) this.#asked = { ...this.#asked, targets: source.targets };
    this.#state.set({ source });
  }

  /** Goes on with another source, that has been read already. */
  replace(source: Source, opened: ReadSource): void {
    this.#rereading = undefined;
    this.#files = opened.files;
    const view = {};
    this.#asked = { view, targets: source.targets };
    this.#state.set({ source, view, notice: null });
    this.setProblems({});
    this.#accept(opened);
  }

  /** Takes an answer, as far as it's wanted, and says how the question ended. */
  take(
    what: Question,
    asked: AskedFor,
    { result, isLast, isWanted }: EngineAnswer<Outcome<Opened | ReadSource, SourceProblem>>,
  ): QuestionEnd {
    if ('error' in result) return isLast ? this.#failed(what, result.error) : 'superseded';
    const read = result.value;
    if (!read.ok) {
      if (!isWanted) return isLast ? this.#cancelled(what) : 'superseded';
      this.addProblem(what, describeProblem(read.problem));
      return 'failed';
    }
    const opened = read.value;
    const isNew = this.#state.current.opened?.batch !== opened.batch;
    if ('files' in opened && isNew) {
      if (!isWanted) {
        void this.#engine.release(opened.batch);
        return isLast ? this.#cancelled(what) : 'superseded';
      }
      this.setProblems({});
      this.#state.set({ notice: this.#rereading?.done ?? null });
      this.#rereading = undefined;
    } else if (isNew) return 'superseded';
    if ('files' in opened) {
      this.#files = opened.files;
      this.#asked = { ...this.#asked, targets: asked.targets };
    }
    // The engine has this view of the batch now, and these targets, even if others are wanted already.
    const { view: _, targets: __, ...others } = this.#problems;
    this.setProblems(others);
    this.#asked = { ...this.#asked, view: asked.view };
    this.#accept(opened);
    if (!isLast) return 'superseded';
    return isWanted ? 'accepted' : 'late';
  }

  #accept(opened: Opened): void {
    const { source, revision, opened: before } = this.#state.current;
    if (before && before.batch !== opened.batch) void this.#engine.release(before.batch);
    this.#state.set({ opened, revision: revision + 1, measuredView: this.#asked.view });
    this.moved(narrowed(source, opened.range));
  }

  #failed(what: Question, error: unknown): QuestionEnd {
    if (error instanceof CancelledError) return this.#cancelled(what);
    const isGone = error instanceof EngineStoppedError || error instanceof BatchGoneError;
    // It's read again, and that is said already.
    if (isGone && what === 'view' && this.#rereading) return 'failed';
    this.addProblem(
      what,
      isGone ? describeStop(error) : l10n.t('The computation failed: {0}', String(error)),
    );
    return 'failed';
  }

  #cancelled(what: Question): QuestionEnd {
    if (what === 'view') this.#state.set({ view: this.#asked.view });
    else if (what === 'source') this.addProblem('source', l10n.t('Reading was cancelled.'));
    return 'cancelled';
  }
}
