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
import { ParsedTexts } from '../origins/parsedTexts.ts';
import { TableOrigin } from '../origins/tableOrigin.ts';
import { type NamedTargets, TargetedOrigin, type TargetedRead } from '../origins/targetedOrigin.ts';
import { TextOrigin } from '../origins/textOrigin.ts';
import { Holding } from './holding.ts';
import { type MeasuredBatch, measureBatch } from './measuredBatch.ts';

interface Volume {
  readonly origin: TargetedOrigin;
  readonly owned: TargetedRead;
  readonly measured: MeasuredBatch;
}

/** The batches that are open, each with where it came from. A batch has the number of the job that opened it. */
export class BatchStore {
  readonly #compute: Compute;
  readonly #holding: Holding;
  readonly #listed = new ParsedTexts();
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
    const { targets, ...logits } = request;
    const origin = new TargetedOrigin(this.#originOf(logits), this.#namedTargets(targets), this.#compute);
    const read = yield* portion(origin.read(view.classAxis), 0, 0.6);
    if (!read.ok) return read;
    const measured = yield* portion(this.#hold(read.value.read, view), 0.6, 1);
    this.#holding.enter(measured);
    this.#volumes.set(id, { origin, owned: read.value, measured });
    // Logits and targets may be in two files, and both may have been replaced after one of them was read.
    const problem = origin.check();
    if (!problem) return success(this.#opened(id));
    this.release(id);
    return failure(problem);
  }

  /** The same batch, understood differently. Throws RowsFileError, or what the system throws, if its rows can't be read as they were. */
  *changeView(id: number, view: BatchView): Work<Outcome<Opened, PlacedProblem>> {
    const { origin, owned } = this.#volume(id);
    const isSame = view.classAxis === undefined || view.classAxis === owned.read.batch.classAxis;
    // Another class axis means another K and other rows: targets have to be checked anew.
    return yield* this.#replace(id, origin, view, isSame ? undefined : origin.read(view.classAxis));
  }

  /**
   * The same logits with targets from elsewhere, or for null with those that they come with: what opening them so would give. If
   * that is a problem, the batch stays as it was. Throws as `changeView` does.
   */
  *attachTargets(
    id: number,
    targets: OpenRequest['targets'] | null,
    view: BatchView,
  ): Work<Outcome<Opened, PlacedProblem>> {
    const { origin, owned } = this.#volume(id);
    const targeted = origin.withTargets(this.#namedTargets(targets));
    return yield* this.#replace(id, targeted, view, targeted.attach(owned, view.classAxis));
  }

  /** Puts something else in the place of an open batch: read by `reading`, if that isn't what there is. */
  *#replace(
    id: number,
    origin: TargetedOrigin,
    view: BatchView,
    reading: Work<Outcome<TargetedRead, PlacedProblem>> | undefined,
  ): Work<Outcome<Opened, PlacedProblem>> {
    const { origin: before, owned, measured: measuredBefore } = this.#volume(id);
    const isOther = origin !== before;
    this.#holding.enter(measuredBefore);
    try {
      const again = reading && (yield* portion(withFileProblems(reading), 0, 0.5));
      if (again && !again.ok) return refused(again.problem, isOther);
      const now = again?.value ?? owned;
      const measured = yield* portion(this.#hold(now.read, view, measuredBefore.read), 0.5, 1);
      this.#holding.enter(measured);
      const volume = this.#volumes.get(id);
      const problem = volume && isOther ? origin.check() : undefined;
      if (!volume || problem) {
        this.#holding.leave(measured);
        return problem ? refused(problem, true) : this.#notOpen(id);
      }
      this.#holding.leave(volume.measured);
      this.#volumes.set(id, { origin, owned: now, measured });
      return success(this.#opened(id));
    } finally {
      this.#holding.leave(measuredBefore);
    }
  }

  /** Gives back what was just read if it can't be held, but not what was there before. */
  *#hold(read: ReadBatch, view: BatchView, before?: ReadBatch): Work<MeasuredBatch> {
    let measured: MeasuredBatch | undefined;
    try {
      measured = yield* measureBatch(this.#compute, read, view);
      return measured;
    } finally {
      if (!measured && read.source !== before?.source && 'values' in read.source)
        this.#compute.release(read.source.values);
    }
  }

  /** Work with a batch as it is now: its memory stays until the end of the work, whatever becomes of the batch meanwhile. */
  *withBatch<T>(id: number, work: (measured: MeasuredBatch) => Work<T>): Work<T> {
    const { measured } = this.#volume(id);
    this.#holding.enter(measured);
    try {
      return yield* work(measured);
    } finally {
      this.#holding.leave(measured);
    }
  }

  held(id: number): MeasuredBatch {
    return this.#volume(id).measured;
  }

  locate(id: number, row: number): PlaceRange | null {
    const { origin, measured } = this.#volume(id);
    return origin.rangeOfRow(measured.read.batch, row);
  }

  release(id: number): void {
    const volume = this.#volumes.get(id);
    this.#volumes.delete(id);
    if (volume) this.#holding.leave(volume.measured);
  }

  #namedTargets(targets: OpenRequest['targets'] | null): NamedTargets | null {
    return targets ? { origin: this.#originOf(targets), name: targets.name } : null;
  }

  #originOf(request: SourceRequest): Origin {
    const { input } = request;
    if ('file' in input) {
      const { format } = input.file;
      if (format === 'table') return new TableOrigin(input.file, request, this.#compute);
      return new ArraysOrigin(format, input.file, request, this.#compute);
    }
    const bytes = 'text' in input ? new TextEncoder().encode(input.text) : input.bytes;
    return new TextOrigin(bytes, request, this.#compute, this.#listed);
  }

  #opened(id: number): Opened {
    const { origin, measured } = this.#volume(id);
    const range = origin.range(measured.read.batch);
    // Memory that threads share must not reach another process.
    const { summary, measuredWith, stats } = measured;
    return { batch: id, range, summary, measuredWith, stats: copied(stats) };
  }

  #volume(id: number): Volume {
    return this.#volumes.get(id) ?? this.#notOpen(id);
  }

  #notOpen(id: number): never {
    throw new Error(`Batch ${id} is not open`);
  }
}

/** Logits that aren't what they were throw, as their batch is lost; targets that were just looked at don't. */
function refused(problem: PlacedProblem, areTargetsNew: boolean): Outcome<never, PlacedProblem> {
  const isLost = problem.reason === 'changed' && !(areTargetsNew && problem.of === 'targets');
  if (isLost) throw new RowsFileError(problem);
  return failure(problem);
}
