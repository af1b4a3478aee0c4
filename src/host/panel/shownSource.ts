import { l10n } from 'vscode';
import {
  BatchGoneError,
  CancelledError,
  type EngineClient,
  EngineStoppedError,
  type Following,
  type LostBatches,
} from '../../engine/engineClient.ts';
import type { BatchView, Opened } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { describeProblem, describeStop } from '../messages/problemMessages.ts';
import type { FileState } from '../sources/file/fileState.ts';
import { narrowed } from '../sources/narrowedText.ts';
import { type ReadSource, readSource, type SourceProblem } from '../sources/readSource.ts';
import { type Rereading, rereadingOf } from '../sources/rereading.ts';
import type { Source, TargetsSource } from '../sources/source.ts';
import { watchSource } from '../sources/watchSource.ts';

/** Typing goes on for about this long between two looks at the result. */
const EDIT_PAUSE_MS = 300;

/** How reading ended; superseded: by another reading. */
type ReadEnd = 'accepted' | 'failed' | 'cancelled' | 'superseded';

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
  /** The view of what's shown, while another one may be asked for. */
  #shownView: BatchView = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  #isReading = false;
  /** What to say once the source is read again. */
  #rereading: Rereading | undefined;
  /** Another view of what was read doesn't make a source readable that isn't. */
  #problems: { readonly source?: string; readonly view?: string } = {};

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
        this.#source = moved;
        // What's said of a cell depends on where it is; a document's lines are read anew anyway.
        if (moved.kind === 'cell') this.#changed();
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
    if (this.#engine.holds(this.batch))
      await this.#update('view', (following) => this.#engine.view(this.batch, view, following));
    else await this.#read();
  }

  /** Takes the targets from elsewhere, or for null from the logits' own source. Resolves to why not; then nothing has changed. */
  async setTargets(targets: TargetsSource | null): Promise<string | undefined> {
    const [source, view, problems] = [this.#source, this.#view, this.#problems];
    const { targets: _, ...logits } = source;
    this.#source = targets ? { ...logits, targets } : logits;
    const { chosenTargets: __, ...understood } = view;
    this.#view = understood;
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
    if (!this.#isReading) this.#readSoon(rereadingOf(this.#source, why));
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
    this.#source = narrowed(this.#source, opened.range);
    this.revision++;
  }

  /** Ends what is being read, or waits to be. */
  #giveUp(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#isReading = false;
    this.progress = null;
  }

  #readSoon(said?: Rereading): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), EDIT_PAUSE_MS);
    if (!said) return;
    this.#rereading = said;
    this.stop(said.now);
  }

  #read(): Promise<ReadEnd> {
    return this.#update('source', (following) =>
      readSource(this.#engine, this.#source, this.#view, following),
    );
  }

  /** Takes the answer of the last question only: an earlier one is given up. */
  async #update(
    what: 'source' | 'view',
    ask: (following: Following) => Promise<Outcome<Opened | ReadSource, SourceProblem>>,
  ): Promise<ReadEnd> {
    this.#giveUp();
    const [abort, view] = [this.#abort, this.#view];
    const { signal } = abort;
    this.#isReading = what === 'source';
    const onProgress = (fraction: number) => {
      if (signal.aborted) return;
      this.progress = fraction;
      this.#changed();
    };
    let end: ReadEnd;
    try {
      end = this.#answered(what, await ask({ signal, onProgress }), abort, view);
    } catch (error) {
      end = this.#failed(what, error, abort);
    }
    if (end === 'superseded') return end;
    this.#isReading = false;
    this.progress = null;
    this.#changed();
    return end;
  }

  #answered(
    what: 'source' | 'view',
    read: Outcome<Opened | ReadSource, SourceProblem>,
    abort: AbortController,
    view: BatchView,
  ): ReadEnd {
    const isLast = this.#abort === abort;
    const isWanted = !abort.signal.aborted;
    if (!read.ok) {
      if (!isWanted) return isLast ? this.#cancelled(what) : 'superseded';
      this.#problems = { ...this.#problems, [what]: describeProblem(read.problem) };
      return 'failed';
    }
    const opened = read.value;
    if ('files' in opened) {
      if (!isWanted) {
        void this.#engine.release(opened.batch);
        return isLast ? this.#cancelled(what) : 'superseded';
      }
      this.#problems = {};
      this.notice = this.#rereading?.done ?? null;
      this.#rereading = undefined;
      this.#files = opened.files;
    } else if (this.#opened?.batch !== opened.batch) return 'superseded';
    // The engine has this view of the batch now, even if another one is wanted already.
    const { view: _, ...others } = this.#problems;
    this.#problems = others;
    this.#accept(opened, view);
    return isLast ? 'accepted' : 'superseded';
  }

  #failed(what: 'source' | 'view', error: unknown, abort: AbortController): ReadEnd {
    if (this.#abort !== abort) return 'superseded';
    if (error instanceof CancelledError) return this.#cancelled(what);
    const isGone = error instanceof EngineStoppedError || error instanceof BatchGoneError;
    // It's read again, and that is said already.
    if (isGone && what === 'view' && this.#rereading) return 'failed';
    const why = isGone ? describeStop(error) : l10n.t('Computing failed: {0}', String(error));
    this.#problems = { ...this.#problems, [what]: why };
    return 'failed';
  }

  #cancelled(what: 'source' | 'view'): ReadEnd {
    if (what === 'view') this.#view = this.#shownView;
    else this.#problems = { ...this.#problems, source: l10n.t('Reading was cancelled.') };
    return 'cancelled';
  }
}
