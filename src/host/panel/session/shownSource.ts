import { l10n } from 'vscode';
import {
  BatchGoneError,
  CancelledError,
  type EngineClient,
  EngineStoppedError,
  type Following,
  type LostBatches,
} from '../../../engine/engineClient.ts';
import type { BatchView, Opened } from '../../../protocol/engineChannel.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { describeProblem, describeStop } from '../../messages/problemMessages.ts';
import { attachTargets } from '../../sources/attachTargets.ts';
import type { FileState } from '../../sources/file/fileState.ts';
import type { TargetsSource } from '../../sources/kinds/kindOf.ts';
import { type ReadSource, readSource, type SourceProblem } from '../../sources/readSource.ts';
import { rereadingOf } from '../../sources/rereading.ts';
import { narrowed, outputOf, type Source } from '../../sources/source.ts';
import type { Rereading } from '../../sources/sourceEvents.ts';
import { watchSource } from '../../sources/watchSource.ts';

/** Typing goes on for about this long between two looks at the result. */
const EDIT_PAUSE_MS = 300;

/** What is asked of the engine: to read the source, to take other targets to what was read, or to look at it differently. */
type Question = 'source' | 'targets' | 'view';

/** How reading ended; late: accepted, though it was cancelled; superseded: by another reading. */
type ReadEnd = 'accepted' | 'late' | 'failed' | 'cancelled' | 'superseded';

/** What an answer is about. */
interface Asked {
  readonly view: BatchView;
  readonly targets: TargetsSource | undefined;
}

/** A source with what was read from it, kept up to date while its document is edited, its cell runs, or its file changes. */
export class ShownSource {
  readonly #engine: EngineClient;
  readonly #changed: () => void;
  readonly #watch;
  #source: Source;
  #opened: Opened | undefined;
  /** The files that what's shown was read from, as they were then. */
  #files: readonly FileState[] = [];
  #view: BatchView = {};
  /** The view and the targets of what's shown, while others may be asked for. */
  #shownView: BatchView = {};
  #shownTargets: TargetsSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  /** What the engine is being asked. */
  #asking: Question | undefined;
  /** What to say once the source is read again. */
  #rereading: Rereading | undefined;
  /** Another view of what was read doesn't make a source readable that isn't. */
  #problems: { readonly [what in Question]?: string } = {};

  /** Grows with every result. */
  revision = 0;
  progress: number | null = null;
  /** That it was read again though nobody asked, and why: a sentence; null if it wasn't. */
  notice: string | null = null;

  constructor(engine: EngineClient, source: Source, changed: () => void) {
    this.#engine = engine;
    this.#source = source;
    this.#changed = changed;
    const known = (uri: string) => this.#files.find((file) => file.uri === uri);
    this.#watch = watchSource(() => this.#source, known, {
      changed: (said) => this.#readSoon(said),
      changing: (why) => this.stop(why),
      moved: (moved) => {
        if (this.#shownTargets === this.#source.targets) this.#shownTargets = moved.targets;
        this.#source = moved;
        // What's said of a cell depends on where it is; a document's lines are read anew anyway.
        if (outputOf(moved)) this.#changed();
      },
      gone: (why) => {
        this.#giveUp();
        this.stop(why);
      },
    });
  }

  get source(): Source {
    return this.#source;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** The number of what was read last; it may be lost. */
  get batch(): number {
    if (!this.#opened) throw new Error('Nothing is open');
    return this.#opened.batch;
  }

  /** Why the source can't be read now; what's shown is from before. */
  get problem(): string | undefined {
    return this.#problems.source ?? this.#problems.view;
  }

  get view(): BatchView {
    return this.#view;
  }

  /** Goes on with another source, that has been read already. */
  show(source: Source, opened: ReadSource): void {
    this.#giveUp();
    this.#source = source;
    this.#view = {};
    this.#problems = {};
    this.#rereading = undefined;
    this.notice = null;
    this.#files = opened.files;
    this.#shownTargets = source.targets;
    this.#accept(opened, this.#view);
    this.#changed();
    // Since it was read it may have been lost.
    if (!this.#engine.holds(opened.batch)) this.#readSoon();
  }

  /** Comes back to a source from before a reload of the window. */
  async restore(view: BatchView): Promise<void> {
    this.#view = view;
    await this.#read();
  }

  async setView(view: BatchView): Promise<void> {
    this.#view = view;
    // What is asked for already gets the view as well: it isn't given up for it.
    if (this.#asking === 'targets') {
      const { why } = await this.#attach();
      if (why === undefined) return;
      this.#problems = { ...this.#problems, view: why };
      this.#changed();
    } else if (!this.#isAwaited && this.#engine.holds(this.batch))
      await this.#update('view', (following) => this.#engine.view(this.batch, view, following));
    else await this.#read();
  }

  /** Takes the targets from elsewhere, or for null from the logits' own source. Resolves to why not; then nothing has changed. */
  async setTargets(targets: TargetsSource | null): Promise<string | undefined> {
    const [source, view, problems] = [this.#source, this.#view, this.#problems];
    this.#source = withTargets(source, targets ?? undefined);
    const { chosenTargets: _, ...understood } = view;
    this.#view = understood;
    // What's shown has to be the source as it is, as far as that's known.
    const isShown = !this.#isAwaited && problems.source === undefined && this.#opened !== undefined;
    if (isShown && this.#engine.holds(this.batch)) return (await this.#attach()).why;
    const end = await this.#read();
    if (end === 'accepted' || end === 'superseded') return undefined;
    const why = this.problem;
    [this.#source, this.#view, this.#problems] = [source, view, problems];
    this.#changed();
    return end === 'cancelled' ? undefined : why;
  }

  cancel(): void {
    this.#abort.abort();
  }

  /** What's shown can't be had any more, or isn't the source as it is. `why` is a sentence for the user. */
  stop(why: string): void {
    this.#problems = { ...this.#problems, source: why };
    this.#changed();
  }

  /** What's shown is lost. What is being read may be the reason, and isn't read again: its end says what is wrong. */
  lost(why: LostBatches['why']): void {
    if (this.#asking !== 'source') this.#readSoon(rereadingOf(this.#source, why));
  }

  dispose(): void {
    this.#watch.dispose();
    this.#giveUp();
    if (this.#opened) void this.#engine.release(this.#opened.batch);
  }

  #accept(opened: Opened, view: BatchView): void {
    if (this.#opened && this.#opened.batch !== opened.batch) void this.#engine.release(this.#opened.batch);
    this.#opened = opened;
    this.#shownView = view;
    const areShown = this.#shownTargets === this.#source.targets;
    this.#source = narrowed(this.#source, opened.range);
    if (areShown) this.#shownTargets = this.#source.targets;
    this.revision++;
  }

  /** Ends what is being read, or waits to be. */
  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#asking = undefined;
    this.progress = null;
  }

  #readSoon(said?: Rereading): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), EDIT_PAUSE_MS);
    if (!said) return;
    this.#rereading = said;
    this.stop(said.now);
  }

  /** True if the source is being read, or is about to. */
  get #isAwaited(): boolean {
    return this.#asking === 'source' || this.#timer !== undefined;
  }

  /** Takes the source's targets to what is open. If that can't be done, the source has its targets of before, and `why` says it. */
  async #attach(): Promise<{ readonly why: string | undefined }> {
    const [view, targets] = [this.#shownView, this.#shownTargets];
    const end = await this.#update('targets', async (following) => {
      const open = { batch: this.batch, files: this.#files };
      try {
        return await attachTargets(this.#engine, open, this.#source, this.#view, following);
      } catch (error) {
        if (!(error instanceof BatchGoneError)) throw error;
      }
      // Its file has changed, so all is read, and need not be once more.
      clearTimeout(this.#timer);
      this.#timer = undefined;
      return readSource(this.#engine, this.#source, this.#view, following);
    });
    if (end === 'late') {
      this.#source = withTargets(this.#source, targets);
      this.#view = view;
      return this.#attach();
    }
    if (end === 'accepted' || end === 'superseded') return { why: undefined };
    const { targets: why, ...others } = this.#problems;
    this.#problems = others;
    this.#source = withTargets(this.#source, this.#shownTargets);
    this.#view = this.#shownView;
    if (!this.#engine.holds(this.batch)) this.#readSoon();
    this.#changed();
    return { why };
  }

  #read(): Promise<ReadEnd> {
    return this.#update('source', (following) =>
      readSource(this.#engine, this.#source, this.#view, following),
    );
  }

  /** Takes the answer of the last question only: an earlier one is given up. */
  async #update(
    what: Question,
    ask: (following: Following) => Promise<Outcome<Opened | ReadSource, SourceProblem>>,
  ): Promise<ReadEnd> {
    this.#giveUp();
    const [abort, view, targets] = [this.#abort, this.#view, this.#source.targets];
    const { signal } = abort;
    this.#asking = what;
    const onProgress = (fraction: number) => {
      if (signal.aborted) return;
      this.progress = fraction;
      this.#changed();
    };
    let end: ReadEnd;
    try {
      end = this.#answered(what, await ask({ signal, onProgress }), abort, { view, targets });
    } catch (error) {
      end = this.#failed(what, error, abort);
    }
    if (end === 'superseded') return end;
    this.#asking = undefined;
    this.progress = null;
    this.#changed();
    return end;
  }

  #answered(
    what: Question,
    read: Outcome<Opened | ReadSource, SourceProblem>,
    abort: AbortController,
    asked: Asked,
  ): ReadEnd {
    const isLast = this.#abort === abort;
    const isWanted = !abort.signal.aborted;
    if (!read.ok) {
      if (!isWanted) return isLast ? this.#cancelled(what) : 'superseded';
      this.#problems = { ...this.#problems, [what]: describeProblem(read.problem) };
      return 'failed';
    }
    const opened = read.value;
    const isNew = this.#opened?.batch !== opened.batch;
    if ('files' in opened && isNew) {
      if (!isWanted) {
        void this.#engine.release(opened.batch);
        return isLast ? this.#cancelled(what) : 'superseded';
      }
      this.#problems = {};
      this.notice = this.#rereading?.done ?? null;
      this.#rereading = undefined;
    } else if (isNew) return 'superseded';
    if ('files' in opened) {
      this.#files = opened.files;
      this.#shownTargets = asked.targets;
    }
    // The engine has this view of the batch now, and these targets, even if others are wanted already.
    const { view: _, targets: __, ...others } = this.#problems;
    this.#problems = others;
    this.#accept(opened, asked.view);
    if (!isLast) return 'superseded';
    return isWanted ? 'accepted' : 'late';
  }

  #failed(what: Question, error: unknown, abort: AbortController): ReadEnd {
    if (this.#abort !== abort) return 'superseded';
    if (error instanceof CancelledError) return this.#cancelled(what);
    const isGone = error instanceof EngineStoppedError || error instanceof BatchGoneError;
    // It's read again, and that is said already.
    if (isGone && what === 'view' && this.#rereading) return 'failed';
    const why = isGone ? describeStop(error) : l10n.t('The computation failed: {0}', String(error));
    this.#problems = { ...this.#problems, [what]: why };
    return 'failed';
  }

  #cancelled(what: Question): ReadEnd {
    if (what === 'view') this.#view = this.#shownView;
    else if (what === 'source')
      this.#problems = { ...this.#problems, source: l10n.t('Reading was cancelled.') };
    return 'cancelled';
  }
}

function withTargets({ targets: _, ...logits }: Source, targets: TargetsSource | undefined): Source {
  return targets ? { ...logits, targets } : logits;
}
