import { EventEmitter } from 'vscode';
import {
  BatchGoneError,
  EngineStoppedError,
  type LostBatches,
} from '../../../engine/client/engineFailures.ts';
import type { Following } from '../../../engine/client/workerLife.ts';
import type { EngineClient } from '../../../engine/engineClient.ts';
import type { LossTotals } from '../../../loss/batch/reduction.ts';
import type { BatchView, Calibration, RowDetail, SmoothingChoice } from '../../../protocol/engineChannel.ts';
import type {
  Destination,
  Exported,
  ExportFormat,
  ExportWay,
  TooLarge,
} from '../../../protocol/exportChannel.ts';
import type { AppliedAlpha } from '../../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../../protocol/panelSpec.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { describeStop } from '../../messages/stopMessages.ts';
import type { TargetsSource } from '../../sources/kinds/kindOf.ts';
import type { ReadSource } from '../../sources/readSource.ts';
import { Restarts } from '../../sources/rereading.ts';
import { revealSource } from '../../sources/revealSource.ts';
import { type Source, sourceName } from '../../sources/source.ts';
import { FollowedTeacher } from './followedTeacher.ts';
import { PublishedState, type SessionState } from './sessionState.ts';
import { ShownSource } from './shownSource.ts';
import type { Teacher } from './teacher.ts';

/** Logits that are shown, a teacher's beside them perhaps, and what may be asked of them. */
export class Session {
  readonly #engine: EngineClient;
  readonly #changed = new EventEmitter<SessionState>();
  readonly #state: PublishedState;
  readonly #shown: ShownSource;
  readonly #teacher: FollowedTeacher;
  readonly #losses: { dispose(): void };
  readonly #restarts = new Restarts();
  #disposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(engine: EngineClient, source: Source) {
    this.#engine = engine;
    this.#state = new PublishedState(source, (state) => this.#changed.fire(state));
    this.#shown = new ShownSource(engine, this.#state);
    this.#teacher = new FollowedTeacher(engine, this.#state);
    this.#losses = engine.onLost((lost) => this.#lost(lost));
  }

  /** What is shown now. */
  get state(): SessionState {
    return this.#state.current;
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Goes on with another source, that has been read already. `applied`: the α from code; by default it stays. */
  show(source: Source, opened: ReadSource, applied = this.state.applied): void {
    this.#teacher.replace(undefined);
    // What the source says itself counts more.
    const isDeclared = opened.summary.declared.labelSmoothing !== null;
    this.#state.set({ sourceId: crypto.randomUUID(), applied: isDeclared ? null : applied });
    this.#shown.show(source, opened);
  }

  /** Takes α from code, or for null no longer says that it's from there. */
  apply(applied: AppliedAlpha | null): void {
    this.#state.publish({ applied });
  }

  /** Comes back to a source from before a reload of the window. */
  async restore(sourceId: string, view: BatchView): Promise<void> {
    this.#state.set({ sourceId });
    await this.#shown.restore(view);
  }

  async row(row: number): Promise<RowDetail> {
    return this.#engine.row(this.#shown.batch, row);
  }

  async floors(of: SmoothingChoice, following: Following = {}): Promise<Float64Array> {
    return this.#engine.floors(this.#shown.batch, of, following);
  }

  async totals(change: BatchView, following: Following = {}): Promise<LossTotals> {
    return this.#engine.totals(this.#shown.batch, change, following);
  }

  async calibrate(following: Following = {}): Promise<Calibration> {
    return this.#engine.calibrate(this.#shown.batch, following);
  }

  setTeacher(teacher: Teacher | undefined): void {
    // It may have been read after the panel was closed.
    if (this.#disposed) teacher?.dispose();
    else {
      this.#teacher.replace(teacher);
      this.#state.publish();
    }
  }

  async teacherRow(row: number): Promise<Float64Array> {
    return this.#teacherNow().row(row);
  }

  async teacherEntropy(temperature: number, following: Following = {}): Promise<Float64Array> {
    return this.#teacherNow().meanEntropy(temperature, following);
  }

  setView(view: BatchView): Promise<void> {
    return this.#shown.setView(view);
  }

  /** Figures, rows, targets or a program. */
  export(
    format: ExportFormat,
    to: Destination,
    loss: PanelSpec,
    how: ExportWay = {},
  ): Promise<Outcome<Exported, TooLarge>> {
    return this.#engine.export(this.#shown.batch, format, {
      loss,
      source: sourceName(this.state.source),
      to,
      ...how,
    });
  }

  /** Takes the targets from elsewhere, or for null from the logits' own source. Resolves to why not; then nothing has changed. */
  setTargets(targets: TargetsSource | null): Promise<string | undefined> {
    return this.#shown.setTargets(targets);
  }

  reveal(): Promise<void> {
    const { source, opened } = this.state;
    return revealSource(source, opened?.range);
  }

  async revealRow(row: number): Promise<void> {
    const { source } = this.state;
    try {
      await revealSource(source, await this.#engine.locate(this.#shown.batch, row));
    } catch (error) {
      // It's being read again: its rows may be elsewhere by then.
      if (!(error instanceof BatchGoneError || error instanceof EngineStoppedError)) throw error;
    }
  }

  cancel(): void {
    this.#shown.cancel();
  }

  dispose(): void {
    this.#disposed = true;
    this.#losses.dispose();
    this.#changed.dispose();
    this.#teacher.dispose();
    this.#shown.dispose();
  }

  #teacherNow(): Teacher {
    const { teacher } = this.state;
    if (!teacher) throw new Error('There is no teacher');
    return teacher;
  }

  /** Reads again what is lost, unless that was tried often enough. */
  #lost({ batches, why }: LostBatches): void {
    const { opened, teacher } = this.state;
    const parts = [
      ...(opened && batches.has(opened.batch) ? [this.#shown] : []),
      ...(teacher?.isIn(batches) ? [this.#teacher] : []),
    ];
    if (parts.length === 0) return;
    const isOver = why instanceof EngineStoppedError && !this.#restarts.another();
    for (const part of parts) {
      if (isOver) part.stop(describeStop(why));
      else part.lost(why);
    }
  }
}
