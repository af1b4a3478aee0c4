import { EventEmitter } from 'vscode';
import { CancelledError, type EngineClient, EngineStoppedError } from '../../engine/client.ts';
import type { LossTotals } from '../../loss/reduce.ts';
import type {
  Calibration,
  Opened,
  PlaceRange,
  RowDetail,
  SmoothingChoice,
  View,
} from '../../protocol/engine.ts';
import type { Destination, Exported, ExportFormat, TooLarge } from '../../protocol/export.ts';
import type { AppliedAlpha, PanelSpec } from '../../protocol/panel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { readSource } from '../inputs/readSource.ts';
import { revealSource } from '../inputs/revealSource.ts';
import { nameOf, type Source, type TargetsSource } from '../inputs/source.ts';
import { watchSource } from '../inputs/watchSource.ts';
import { describeProblem, describeStop } from '../messages.ts';
import { addressOf, cellAt } from '../notebook/cells.ts';
import type { Teacher } from './teacher.ts';

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
  #calibrating = new AbortController();
  #entropy = new AbortController();
  #teacher: Teacher | undefined;
  #disposed = false;
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

  get teacher(): Teacher | undefined {
    return this.#teacher;
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
    this.#replaceTeacher(undefined);
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

  async floors(of: SmoothingChoice): Promise<Float64Array> {
    return this.#engine.floors(this.#batch(), of);
  }

  async totals(change: View): Promise<LossTotals> {
    return this.#engine.totals(this.#batch(), change);
  }

  /** One at a time: another one stops it. */
  calibrate(onProgress: (fraction: number) => void): Promise<Calibration> {
    this.stopCalibrating();
    this.#calibrating = new AbortController();
    return this.#engine.calibrate(this.#batch(), { signal: this.#calibrating.signal, onProgress });
  }

  stopCalibrating(): void {
    this.#calibrating.abort();
  }

  setTeacher(teacher: Teacher | undefined): void {
    // It may have been read after the panel was closed.
    if (this.#disposed) teacher?.dispose();
    else {
      this.#replaceTeacher(teacher);
      this.#changed.fire();
    }
  }

  async teacherRow(row: number): Promise<Float64Array> {
    if (!this.#teacher) throw new Error('There is no teacher');
    return this.#teacher.row(row);
  }

  /** Only the last question is answered. */
  async teacherEntropy(temperature: number): Promise<Float64Array> {
    if (!this.#teacher) throw new Error('There is no teacher');
    this.#entropy.abort();
    this.#entropy = new AbortController();
    return this.#teacher.meanEntropy(temperature, this.#entropy.signal);
  }

  async setView(view: View): Promise<void> {
    this.#view = view;
    await this.#update('view', (signal) =>
      this.#engine.view(this.#batch(), view, { signal, onProgress: this.#report }),
    );
  }

  /** Figures, rows, targets or a program. */
  export(format: ExportFormat, to: Destination, loss: PanelSpec): Promise<Outcome<Exported, TooLarge>> {
    return this.#engine.export(this.#batch(), format, { loss, source: nameOf(this.#source), to });
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
    this.#disposed = true;
    this.#watch.dispose();
    this.#changed.dispose();
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.stopCalibrating();
    this.#replaceTeacher(undefined);
    if (this.#opened) void this.#engine.release(this.#opened.batch);
  }

  #replaceTeacher(teacher: Teacher | undefined): void {
    this.#entropy.abort();
    this.#teacher?.dispose();
    this.#teacher = teacher;
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
      if (error instanceof EngineStoppedError) {
        this.#problems = { ...this.#problems, [what]: describeStop(error) };
        // It was held there.
        this.#teacher = undefined;
      } else if (!(error instanceof CancelledError)) throw error;
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
