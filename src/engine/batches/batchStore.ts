import { copied } from '../../loss/rows/rowStats.ts';
import { portion, type Work } from '../../loss/work.ts';
import type {
  BatchView,
  FileFormat,
  Opened,
  OpenRequest,
  PlacedProblem,
  PlaceRange,
  ReadLogits,
  SampledRows,
  SourceMember,
  SourceRequest,
} from '../../protocol/engineChannel.ts';
import type { FileOverview } from '../../readers/arrays/fileOverview.ts';
import type { ListsArrays } from '../../readers/arrays/listArrays.ts';
import { type ArraysFormat, isArraysFormat } from '../../readers/fileArrays.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { TableFeatures } from '../../readers/table/readTableFeatures.ts';
import { type Libraries, listWith, NO_LIBRARIES } from '../libraries/libraries.ts';
import type { Compute } from '../measure/compute.ts';
import { RowsFileError } from '../measure/rowsFile.ts';
import { ArraysOrigin } from '../origins/arraysOrigin.ts';
import type { FilePlace } from '../origins/fileInput.ts';
import { withFileProblems } from '../origins/fileProblems.ts';
import { GzipOrigin, overviewOfOrigin } from '../origins/gzipOrigin.ts';
import type { Origin, ReadBatch } from '../origins/origin.ts';
import { ParsedTexts } from '../origins/parsedTexts.ts';
import { TableOrigin } from '../origins/tableOrigin.ts';
import { type NamedTargets, TargetedOrigin, type TargetedRead } from '../origins/targetedOrigin.ts';
import { TextOrigin } from '../origins/textOrigin.ts';
import { Holding } from './holding.ts';
import { type MeasuredBatch, measureBatch } from './measuredBatch.ts';
import { readSample, readValues } from './readValues.ts';

interface Volume {
  readonly origin: TargetedOrigin;
  readonly owned: TargetedRead;
  readonly measured: MeasuredBatch;
}

/** The batches that are open, each with where it came from. A batch has the number of the job that opened it. */
export class BatchStore {
  readonly #compute: Compute;
  readonly #libraries: Libraries;
  readonly #holding: Holding;
  readonly #listed = new ParsedTexts();
  readonly #volumes = new Map<number, Volume>();

  constructor(compute: Compute, libraries: Libraries = NO_LIBRARIES) {
    this.#compute = compute;
    this.#libraries = libraries;
    this.#holding = new Holding(compute);
  }

  open(id: number, request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    return withFileProblems(this.#open(id, request));
  }

  list(request: SourceRequest): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return withFileProblems(this.#originOf(request).listMembers());
  }

  /** What the origin of an open batch has. */
  members(id: number): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return withFileProblems(this.#volume(id).origin.listMembers());
  }

  overview(request: SourceRequest): Work<Outcome<FileOverview, PlacedProblem>> {
    return withFileProblems(overviewOfOrigin(this.#originOf(request)));
  }

  read(request: SourceRequest): Work<Outcome<ReadLogits, PlacedProblem>> {
    return withFileProblems(readValues(this.#originOf(request), this.#compute));
  }

  sample(request: SourceRequest, mostBytes: number): Work<Outcome<SampledRows, PlacedProblem>> {
    // A file of features may be called so.
    const { fileName: _, ...asked } = request;
    return withFileProblems(readSample(this.#originOf(asked), this.#compute, mostBytes));
  }

  /** A table as features with labels; null for what isn't a table. */
  features(request: SourceRequest): Work<Outcome<TableFeatures | null, PlacedProblem>> {
    const origin = this.#originOf(request);
    return withFileProblems(origin instanceof TableOrigin ? origin.readFeatures() : noFeatures());
  }

  *#open(id: number, request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    const { view } = request;
    const { targets, ...logits } = request;
    const origin = new TargetedOrigin(this.#originOf(logits), this.#namedTargets(targets), this.#compute);
    const read = yield* portion(origin.read(askedBy(view)), 0, 0.6);
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
    const { classAxis, labelling } = owned.read.batch;
    // Of a binary model's outputs columns were made, for what they are.
    const isSame =
      (view.classAxis === undefined || view.classAxis === classAxis) &&
      (labelling !== 'binary' || view.kind === owned.outputs);
    // Another class axis means another K and other rows: targets have to be checked anew.
    return yield* this.#replace(id, origin, view, isSame ? undefined : origin.read(askedBy(view)));
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
    return yield* this.#replace(id, targeted, view, targeted.attach(owned, askedBy(view)));
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
      const { targets } = read.batch;
      if (!measured && targets?.kind === 'soft' && targets !== before?.batch.targets)
        this.#compute.release(targets.values);
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
      const { format, gzip } = input.file;
      if (!gzip) return this.#originOfFile(format, input.file, request);
      const inner = (bytes: Uint8Array) => this.#originOfFile(format, { bytes }, request);
      return new GzipOrigin(input.file, request, inner);
    }
    const bytes = 'text' in input ? new TextEncoder().encode(input.text) : input.bytes;
    return new TextOrigin(bytes, request, this.#compute, this.#listed);
  }

  #originOfFile(format: FileFormat, place: FilePlace, request: SourceRequest): Origin {
    if (format === 'table') return new TableOrigin(place, request, this.#compute);
    if (format !== 'text') return new ArraysOrigin(this.#listsOf(format), place, request, this.#compute);
    if (!('bytes' in place)) throw new Error('A text comes with its bytes');
    return new TextOrigin(place.bytes, request, this.#compute, this.#listed);
  }

  #listsOf(format: Exclude<FileFormat, 'table' | 'text'>): ArraysFormat | ListsArrays {
    if (isArraysFormat(format)) return format;
    return (source) => listWith(this.#libraries.get(format), source);
  }

  #opened(id: number): Opened {
    const { origin, measured } = this.#volume(id);
    const range = origin.range(measured.read.batch);
    // Memory that threads share must not reach another process.
    const { summary, measuredWith, stats, sums } = measured;
    return { batch: id, range, summary, measuredWith, stats: copied(stats), sums };
  }

  #volume(id: number): Volume {
    return this.#volumes.get(id) ?? this.#notOpen(id);
  }

  #notOpen(id: number): never {
    throw new Error(`Batch ${id} is not open`);
  }
}

// biome-ignore lint/correctness/useYield: there's nothing to do
function* noFeatures(): Work<Outcome<null, PlacedProblem>> {
  return success(null);
}

function askedBy({ classAxis, ignoreIndex, kind }: BatchView) {
  return { axis: classAxis, ignoreIndex, outputs: kind };
}

/** Logits that aren't what they were throw, as their batch is lost; targets that were just looked at don't. */
function refused(problem: PlacedProblem, areTargetsNew: boolean): Outcome<never, PlacedProblem> {
  const isLost = problem.reason === 'changed' && !(areTargetsNew && problem.of === 'targets');
  if (isLost) throw new RowsFileError(problem);
  return failure(problem);
}
