import { copied } from '../../loss/rows/rowStats.ts';
import { portion, type Work } from '../../loss/work.ts';
import type {
  BatchView,
  Opened,
  OpenRequest,
  PlacedProblem,
  PlaceRange,
  SourceMember,
  SourceRequest,
} from '../../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { Compute } from '../measure/compute.ts';
import { RowsFileError } from '../measure/rowsFile.ts';
import { ArraysOrigin } from '../origins/arraysOrigin.ts';
import { withFileProblems } from '../origins/fileProblems.ts';
import type { Origin, ReadBatch } from '../origins/origin.ts';
import { TableOrigin } from '../origins/tableOrigin.ts';
import { TargetedOrigin } from '../origins/targetedOrigin.ts';
import { TextOrigin } from '../origins/textOrigin.ts';
import { Holding } from './holding.ts';
import { type MeasuredBatch, measureBatch } from './measuredBatch.ts';

interface Volume {
  readonly origin: Origin;
  held: MeasuredBatch;
}

/** The batches that are open, each with where it came from. A batch has the number of the job that opened it. */
export class BatchStore {
  readonly #compute: Compute;
  readonly #holding: Holding;
  readonly #volumes = new Map<number, Volume>();

  constructor(compute: Compute) {
    this.#compute = compute;
    this.#holding = new Holding(compute);
  }

  open(id: number, request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    return withFileProblems(this.#open(id, request));
  }

  list(request: SourceRequest): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return withFileProblems(this.#originOf(request).listMembers());
  }

  *#open(id: number, request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    const { view } = request;
    const origin = this.#targetedOriginOf(request);
    const read = yield* portion(origin.read(view.classAxis), 0, 0.6);
    if (!read.ok) return read;
    const held = yield* portion(this.#hold(read.value, view), 0.6, 1);
    this.#holding.enter(held);
    this.#volumes.set(id, { origin, held });
    // Logits and targets may be in two files, and both may have been replaced after one of them was read.
    const problem = origin.check();
    if (!problem) return success(this.#opened(id));
    this.release(id);
    return failure(problem);
  }

  /** The same batch, understood differently. Throws RowsFileError, or what the system throws, if its rows can't be read as they were. */
  *changeView(id: number, view: BatchView): Work<Outcome<Opened, PlacedProblem>> {
    const { origin, held: before } = this.#volume(id);
    this.#holding.enter(before);
    try {
      let read = before.read;
      if (view.classAxis !== undefined && view.classAxis !== read.batch.classAxis) {
        // Another class axis means another K and other rows: targets have to be checked anew.
        const again = yield* portion(withFileProblems(origin.read(view.classAxis)), 0, 0.5);
        if (!again.ok && again.problem.reason === 'changed') throw new RowsFileError(again.problem);
        if (!again.ok) return again;
        read = again.value;
      }
      const held = yield* portion(this.#hold(read, view, before.read), 0.5, 1);
      this.#holding.enter(held);
      const volume = this.#volumes.get(id);
      if (!volume) {
        this.#holding.leave(held);
        return this.#notOpen(id);
      }
      this.#holding.leave(volume.held);
      volume.held = held;
      return success(this.#opened(id));
    } finally {
      this.#holding.leave(before);
    }
  }

  /** Gives back what was just read if it can't be held, but not what was there before. */
  *#hold(read: ReadBatch, view: BatchView, before?: ReadBatch): Work<MeasuredBatch> {
    let held: MeasuredBatch | undefined;
    try {
      held = yield* measureBatch(this.#compute, read, view);
      return held;
    } finally {
      if (!held && read !== before && 'values' in read.source) this.#compute.release(read.source.values);
    }
  }

  /** Work with a batch as it is now: its memory stays until the end of the work, whatever becomes of the batch meanwhile. */
  *withBatch<T>(id: number, work: (held: MeasuredBatch) => Work<T>): Work<T> {
    const { held } = this.#volume(id);
    this.#holding.enter(held);
    try {
      return yield* work(held);
    } finally {
      this.#holding.leave(held);
    }
  }

  held(id: number): MeasuredBatch {
    return this.#volume(id).held;
  }

  locate(id: number, row: number): PlaceRange | null {
    const { origin, held } = this.#volume(id);
    return origin.rangeOfRow(held.read.batch, row);
  }

  release(id: number): void {
    const volume = this.#volumes.get(id);
    this.#volumes.delete(id);
    if (volume) this.#holding.leave(volume.held);
  }

  #targetedOriginOf({ targets, ...request }: OpenRequest): Origin {
    const logits = this.#originOf(request);
    if (!targets) return logits;
    return new TargetedOrigin(logits, this.#originOf(targets), targets.name, this.#compute);
  }

  #originOf(request: SourceRequest): Origin {
    const { input } = request;
    if ('file' in input) {
      const { format } = input.file;
      if (format === 'table') return new TableOrigin(input.file, request, this.#compute);
      return new ArraysOrigin(format, input.file, request, this.#compute);
    }
    const bytes = 'text' in input ? new TextEncoder().encode(input.text) : input.bytes;
    return new TextOrigin(bytes, request, this.#compute);
  }

  #opened(id: number): Opened {
    const { origin, held } = this.#volume(id);
    const range = origin.range(held.read.batch);
    // Memory that threads share must not reach another process.
    const { summary, measuredWith, stats } = held;
    return { batch: id, range, summary, measuredWith, stats: copied(stats) };
  }

  #volume(id: number): Volume {
    return this.#volumes.get(id) ?? this.#notOpen(id);
  }

  #notOpen(id: number): never {
    throw new Error(`Batch ${id} is not open`);
  }
}
