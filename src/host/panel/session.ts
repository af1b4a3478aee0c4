import { EventEmitter, l10n, Uri, ViewColumn, window, workspace } from 'vscode';
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
import { moved, toRange } from '../inputs/positions.ts';
import { readSource } from '../inputs/readSource.ts';
import { nameOf, type Source } from '../inputs/source.ts';
import { describeProblem, describeStop } from '../messages.ts';
import type { Teacher } from './teacher.ts';

/** Typing goes on for about this long between two looks at the result. */
const EDIT_PAUSE_MS = 300;

/** A source with what was read from it, kept up to date while the document is edited. */
export class Session {
  readonly #engine: EngineClient;
  readonly #changed = new EventEmitter<void>();
  readonly #edits = workspace.onDidChangeTextDocument((event) => {
    if (this.#source.kind === 'document' && event.document.uri.toString() === this.#source.uri) {
      // Changes come in the order that keeps each other's ranges valid: from the end of the document to its start.
      for (const change of event.contentChanges) this.#follow(change);
      if (event.contentChanges.length > 0) this.#readSoon();
    }
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

  /** Grows with every result. */
  revision = 0;
  /** Another one with every other source. */
  sourceId = '';
  /** Why the source can't be read now; what's shown is from before. */
  problem: string | undefined;
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
    await this.#update((signal) =>
      this.#engine.view(this.#batch(), view, { signal, onProgress: this.#report }),
    );
  }

  /** Figures, rows, targets or a program. */
  export(format: ExportFormat, to: Destination, loss: PanelSpec): Promise<Outcome<Exported, TooLarge>> {
    return this.#engine.export(this.#batch(), format, { loss, source: nameOf(this.#source), to });
  }

  reveal(): Promise<void> {
    return this.#revealRange(this.#opened?.range);
  }

  async revealRow(row: number): Promise<void> {
    await this.#revealRange(await this.#engine.locate(this.#batch(), row));
  }

  cancel(): void {
    this.#abort.abort();
  }

  dispose(): void {
    this.#disposed = true;
    this.#edits.dispose();
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
    this.problem = undefined;
    this.revision++;
    this.#changed.fire();
  }

  readonly #report = (fraction: number): void => {
    this.progress = fraction;
    this.#changed.fire();
  };

  #follow(change: Parameters<typeof moved>[1]): void {
    if (this.#source.kind === 'document' && this.#source.range)
      this.#source = { ...this.#source, range: moved(this.#source.range, change) };
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), EDIT_PAUSE_MS);
  }

  #read(): Promise<void> {
    const following = (signal: AbortSignal) => ({ signal, onProgress: this.#report });
    return this.#update((signal) => readSource(this.#engine, this.#source, this.#view, following(signal)));
  }

  /** Takes the answer of the last question only: an earlier one is given up. */
  async #update(ask: (signal: AbortSignal) => ReturnType<typeof readSource>): Promise<void> {
    this.#abort.abort();
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const read = await ask(abort.signal);
      if (abort.signal.aborted) return;
      this.progress = null;
      if (read.ok) return this.#accept(read.value);
      this.problem = describeProblem(read.problem);
    } catch (error) {
      if (this.#abort !== abort) return;
      this.progress = null;
      if (error instanceof EngineStoppedError) {
        this.problem = describeStop(error);
        // It was held there.
        this.#teacher = undefined;
      } else if (!(error instanceof CancelledError)) throw error;
    }
    this.#changed.fire();
  }

  async #revealRange(range: PlaceRange | null | undefined): Promise<void> {
    if (this.#source.kind !== 'document' || !range) return;
    const uri = Uri.parse(this.#source.uri);
    const visible = window.visibleTextEditors.find(
      (editor) => editor.document.uri.toString() === uri.toString(),
    );
    try {
      const viewColumn = visible?.viewColumn ?? ViewColumn.One;
      await window.showTextDocument(uri, { viewColumn, selection: toRange(range) });
    } catch {
      window.showWarningMessage(
        l10n.t('{0} can’t be shown: it was closed, deleted, or is too large.', nameOf(this.#source)),
      );
    }
  }
}

/** Once logits are found around the cursor, it's them that are followed, wherever the cursor goes. */
function narrowed(source: Source, range: PlaceRange | null): Source {
  if (source.kind !== 'document' || !source.cursor || !range) return source;
  return { kind: 'document', uri: source.uri, range };
}
