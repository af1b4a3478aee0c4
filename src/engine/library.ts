import type { LossTotals } from '../loss/reduce.ts';
import { copied } from '../loss/rowStats.ts';
import { portion, type Work } from '../loss/work.ts';
import type {
  Member,
  Opened,
  OpenRequest,
  PlacedProblem,
  PlaceRange,
  SourceRequest,
  View,
} from '../protocol/engine.ts';
import { failure, type Outcome, success } from '../readers/outcome.ts';
import { type HeldBatch, holdWork, releaseHeld, totalsWork } from './heldBatch.ts';
import type { Compute } from './measure/compute.ts';
import { isFileError } from './measure/rowsFile.ts';
import { ArraysOrigin } from './origins/arrays.ts';
import type { Origin } from './origins/origin.ts';
import { TableOrigin } from './origins/table.ts';
import { TargetedOrigin } from './origins/targeted.ts';
import { TextOrigin } from './origins/text.ts';

interface Volume {
  readonly origin: Origin;
  held: HeldBatch;
}

/** The batches that are open, each with where it came from. */
export class Library {
  readonly #compute: Compute;
  readonly #volumes = new Map<number, Volume>();
  #last = 0;

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  openWork(request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    return withFileErrors(this.#openWork(request));
  }

  listWork(request: SourceRequest): Work<Outcome<readonly Member[], PlacedProblem>> {
    return withFileErrors(this.#originOf(request).membersWork());
  }

  viewWork(id: number, view: View): Work<Outcome<Opened, PlacedProblem>> {
    return withFileErrors(this.#viewWork(id, view));
  }

  *#openWork(request: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    const { view } = request;
    const origin = this.#targetedOriginOf(request);
    const read = yield* portion(origin.readWork(view.classAxis), 0, 0.6);
    if (!read.ok) return read;
    const held = yield* portion(holdWork(this.#compute, read.value, view), 0.6, 1);
    const id = ++this.#last;
    this.#volumes.set(id, { origin, held });
    return success(this.#opened(id));
  }

  *#viewWork(id: number, view: View): Work<Outcome<Opened, PlacedProblem>> {
    const volume = this.#volume(id);
    const before = volume.held;
    let read = before.read;
    if (view.classAxis !== undefined && view.classAxis !== read.batch.classAxis) {
      // Another class axis means another K and other rows: targets have to be checked anew.
      const again = yield* portion(volume.origin.readWork(view.classAxis), 0, 0.5);
      if (!again.ok) return again;
      read = again.value;
    }
    volume.held = yield* portion(holdWork(this.#compute, read, view), 0.5, 1);
    releaseHeld(this.#compute, before, volume.held);
    return success(this.#opened(id));
  }

  totalsWork(id: number, change: View): Work<LossTotals> {
    return totalsWork(this.#compute, this.held(id), change);
  }

  held(id: number): HeldBatch {
    return this.#volume(id).held;
  }

  locate(id: number, row: number): PlaceRange | null {
    const { origin, held } = this.#volume(id);
    return origin.rangeOfRow(held.read.batch, row);
  }

  release(id: number): void {
    const volume = this.#volumes.get(id);
    this.#volumes.delete(id);
    if (volume) releaseHeld(this.#compute, volume.held);
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
      return new ArraysOrigin(format, input.file, request.member, this.#compute);
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
    const volume = this.#volumes.get(id);
    if (!volume) throw new Error(`Batch ${id} is not open`);
    return volume;
  }
}

/** A file that can't be read is a problem like others, not a fault. */
function* withFileErrors<T>(work: Work<Outcome<T, PlacedProblem>>): Work<Outcome<T, PlacedProblem>> {
  try {
    return yield* work;
  } catch (error) {
    if (!isFileError(error)) throw error;
    return failure({
      reason: 'unreadable',
      offset: 0,
      place: null,
      message: error.message,
    });
  }
}
