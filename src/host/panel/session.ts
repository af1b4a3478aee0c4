import { EventEmitter, env, l10n, window } from 'vscode';
import { CancelledError, type EngineClient, EngineStoppedError } from '../../engine/client.ts';
import type { CopyFormat, CopySpec, Opened, PlaceRange, RowDetail, View } from '../../protocol/engine.ts';
import type { AppliedAlpha } from '../../protocol/panel.ts';
import { readSource } from '../inputs/readSource.ts';
import { revealSource } from '../inputs/revealSource.ts';
import { nameOf, type Source, type TargetsSource } from '../inputs/source.ts';
import { watchSource } from '../inputs/watchSource.ts';
import { describeProblem, describeStop } from '../messages.ts';
import { addressOf, cellAt } from '../notebook/cells.ts';

/** Typing goes on for about this long between two looks at the result. */
const EDIT_PAUSE_MS = 300;

/** A source with what was read from it, kept up to date while its document is edited, or its cell runs. */
export class Session {
  readonly #engine: EngineClient;
  readonly #changed = new EventEmitter<void>();
  readonly #watch = watchSource(() => this.#source, {
    changed: () => this.#readSoon(),
    moved: (source) => {
      this.#source = source;
      // What's said of a cell depends on where it is; a document's lines are read anew anyway.
      if (source.kind === 'cell') this.#changed.fire();
    },
    gone: (why) => {
      clearTimeout(this.#timer);
      this.#abort.abort();
      this.#problems = { source: why };
      this.#changed.fire();
    },
  });
  #source: Source;
  #opened: Opened | undefined;
  #view: View = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  /** Another view of what was read doesn't make a source readable that isn't. */
  #problems: { readonly source?: string; readonly view?: string } = {};

  /** Grows with every result. */
  revision = 0;
  /** Another one with every other source. */
  sourceId = '';
  progress: number | null = null;
  /** α as code has it, if it was taken from there. */
  applied: AppliedAlpha | null = null;
  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineClient, source: Source) {
    this.#engine = engine;
    this.#source = source;
  }

  get source(): Source {
    return this.#source;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** Why the source can't be read now; what's shown is from before. */
  get problem(): string | undefined {
    return this.#problems.source ?? this.#problems.view;
  }

  get view(): View {
    return this.#view;
  }

  /** Goes on with another source, that has been read already. */
  show(source: Source, opened: Opened): void {
    this.sourceId = crypto.randomUUID();
    this.#source = source;
    this.#view = {};
    // What the source says itself counts more.
    if (opened.summary.declared.labelSmoothing !== null) this.applied = null;
    this.#problems = {};
    this.#accept(opened);
  }

  /** Takes α from code. The same one again changes nothing that was chosen since. */
  apply(applied: AppliedAlpha): void {
    this.applied = applied;
    this.#changed.fire();
  }

  /** Comes back to a source from before a reload of the window. */
  async restore(sourceId: string, view: View): Promise<void> {
    this.sourceId = sourceId;
    this.#view = view;
    await this.#read();
  }

  async row(row: number): Promise<RowDetail> {
    return this.#engine.row(this.#batch(), row);
  }

  async floors(labelSmoothing: number): Promise<Float64Array> {
    return this.#engine.floors(this.#batch(), labelSmoothing);
  }

  async setView(view: View): Promise<void> {
    this.#view = view;
    await this.#update('view', (signal) =>
      this.#engine.view(this.#batch(), view, { signal, onProgress: this.#report }),
    );
  }

  /** Takes the targets from elsewhere, or for null from the logits' own source. Resolves to why not; then nothing has changed. */
  async setTargets(targets: TargetsSource | null): Promise<string | undefined> {
    const [source, view, problems, { revision }] = [this.#source, this.#view, this.#problems, this];
    const { targets: _, ...logits } = source;
    this.#source = targets ? { ...logits, targets } : logits;
    const { chosenTargets: __, ...understood } = view;
    this.#view = understood;
    await this.#read();
    if (this.revision !== revision) return undefined;
    const why = this.problem;
    [this.#source, this.#view, this.#problems] = [source, view, problems];
    this.#changed.fire();
    return why;
  }

  async copy(format: CopyFormat, spec: Pick<CopySpec, 'labelSmoothing' | 'reduction'>): Promise<void> {
    const copied = await this.#engine.copy(this.#batch(), format, { ...spec, source: nameOf(this.#source) });
    if (copied.ok) await env.clipboard.writeText(copied.value);
    else {
      const { count, limit } = copied.problem;
      const [found, most] = [count.toLocaleString(), limit.toLocaleString()];
      const why = l10n.t(
        '{0} numbers are too many to copy as text; the most is {1}. Select fewer rows.',
        found,
        most,
      );
      window.showWarningMessage(why);
      throw new Error(why);
    }
  }

  reveal(): Promise<void> {
    return revealSource(this.#source, this.#opened?.range);
  }

  async revealRow(row: number): Promise<void> {
    await revealSource(this.#source, await this.#engine.locate(this.#batch(), row));
  }

  cancel(): void {
    this.#abort.abort();
  }

  dispose(): void {
    this.#watch.dispose();
    this.#changed.dispose();
    clearTimeout(this.#timer);
    this.#abort.abort();
    if (this.#opened) void this.#engine.release(this.#opened.batch);
  }

  #batch(): number {
    if (!this.#opened) throw new Error('Nothing is open');
    return this.#opened.batch;
  }

  #accept(opened: Opened): void {
    if (this.#opened && this.#opened.batch !== opened.batch) void this.#engine.release(this.#opened.batch);
    this.#opened = opened;
    this.#source = narrowed(this.#source, opened.range);
    this.revision++;
    this.#changed.fire();
  }

  readonly #report = (fraction: number): void => {
    this.progress = fraction;
    this.#changed.fire();
  };

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), EDIT_PAUSE_MS);
  }

  #read(): Promise<void> {
    const following = (signal: AbortSignal) => ({ signal, onProgress: this.#report });
    return this.#update('source', (signal) =>
      readSource(this.#engine, this.#source, this.#view, following(signal)),
    );
  }

  /** Takes the answer of the last question only: an earlier one is given up. */
  async #update(
    what: 'source' | 'view',
    ask: (signal: AbortSignal) => ReturnType<typeof readSource>,
  ): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const read = await ask(abort.signal);
      if (abort.signal.aborted) return;
      this.progress = null;
      const { [what]: _, ...others } = this.#problems;
      this.#problems = read.ok && what === 'source' ? {} : others;
      if (read.ok) return this.#accept(read.value);
      this.#problems = { ...others, [what]: describeProblem(read.problem) };
    } catch (error) {
      if (this.#abort !== abort) return;
      this.progress = null;
      if (error instanceof EngineStoppedError)
        this.#problems = { ...this.#problems, [what]: describeStop(error) };
      else if (!(error instanceof CancelledError)) throw error;
    }
    this.#changed.fire();
  }
}

/** Once logits are found around the cursor, or a cell is found by its index, it's them that are followed, wherever they go. */
function narrowed(source: Source, range: PlaceRange | null): Source {
  const { targets, ...part } = source;
  const narrow = narrowedPart(part, range);
  return { ...narrow, ...(targets && { targets: narrowedPart(targets, null) }) };
}

function narrowedPart(source: TargetsSource, range: PlaceRange | null): TargetsSource {
  if (source.kind === 'cell') {
    const cell = cellAt(source);
    return cell ? { ...source, ...addressOf(cell) } : source;
  }
  if (source.kind !== 'document' || !source.cursor || !range) return source;
  const { cursor: _, ...rest } = source;
  return { ...rest, range };
}
