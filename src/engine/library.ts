import { portion, type Work } from '../loss/work.ts';
import type { Opened, OpenRequest, Place, PlacedProblem, PlaceRange, View } from '../protocol/engine.ts';
import { findLogitsWork } from '../readers/json/locate.ts';
import { readJsonWork } from '../readers/json/readJson.ts';
import { spanOfRow } from '../readers/json/spans.ts';
import type { LogitsBatch } from '../readers/logitsBatch.ts';
import { failure, type Outcome, success } from '../readers/outcome.ts';
import { offsetAt, placeAt } from '../readers/positions.ts';
import type { ReadProblem } from '../readers/problem.ts';
import { type HeldBatch, holdWork } from './heldBatch.ts';
import type { Compute } from './measure/compute.ts';

interface Volume {
  /** UTF-8. */
  readonly bytes: Uint8Array;
  /** Where in the document `bytes` begin. */
  readonly origin: Place;
  held: HeldBatch;
}

/** The batches that are open, each with the text it came from. */
export class Library {
  readonly #compute: Compute;
  readonly #volumes = new Map<number, Volume>();
  #last = 0;

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  *openWork({ input, origin, cursor, view }: OpenRequest): Work<Outcome<Opened, PlacedProblem>> {
    const bytes = 'text' in input ? new TextEncoder().encode(input.text) : input.bytes;
    const options = view.classAxis === undefined ? {} : { classAxis: view.classAxis };
    const reading =
      cursor === undefined
        ? readJsonWork(bytes, options)
        : findLogitsWork(bytes, offsetAt(bytes, cursor), options);
    const read = yield* portion(reading, 0, 0.6);
    if (!read.ok) return failure(placed(read.problem, bytes, origin));
    const held = yield* portion(holdWork(this.#compute, read.value, view), 0.6, 1);
    const id = ++this.#last;
    this.#volumes.set(id, { bytes, origin, held });
    return success(this.#opened(id));
  }

  *viewWork(id: number, view: View): Work<Outcome<Opened, PlacedProblem>> {
    const volume = this.#volume(id);
    let { batch } = volume.held;
    if (view.classAxis !== undefined && view.classAxis !== batch.classAxis) {
      // Another class axis means another K and other rows: targets have to be checked anew.
      const read = yield* portion(rereadWork(volume.bytes, batch, view.classAxis), 0, 0.5);
      if (!read.ok) return failure(placed(read.problem, volume.bytes, volume.origin));
      batch = read.value;
    }
    volume.held = yield* portion(holdWork(this.#compute, batch, view), 0.5, 1);
    return success(this.#opened(id));
  }

  held(id: number): HeldBatch {
    return this.#volume(id).held;
  }

  locate(id: number, row: number): PlaceRange {
    const { bytes, origin, held } = this.#volume(id);
    return rangeOf(bytes, origin, spanOfRow(held.batch, row));
  }

  release(id: number): void {
    this.#volumes.delete(id);
  }

  #opened(id: number): Opened {
    const { bytes, origin, held } = this.#volume(id);
    const range = rangeOf(bytes, origin, [held.batch.start, held.batch.end]);
    return { batch: id, range, summary: held.summary, stats: held.stats };
  }

  #volume(id: number): Volume {
    const volume = this.#volumes.get(id);
    if (!volume) throw new Error(`Batch ${id} is not open`);
    return volume;
  }
}

/** Reads the part of the text that `batch` was read from; offsets stay those of the whole text. */
function* rereadWork(
  bytes: Uint8Array,
  batch: LogitsBatch,
  classAxis: number,
): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* findLogitsWork(bytes, batch.start, { classAxis });
}

function placed(problem: ReadProblem, bytes: Uint8Array, origin: Place): PlacedProblem {
  const place = inDocument(placeAt(bytes, problem.offset), origin);
  if (problem.reason !== 'truncated') return { ...problem, place };
  return { ...problem, place, openedPlace: inDocument(placeAt(bytes, problem.openedAt), origin) };
}

function rangeOf(bytes: Uint8Array, origin: Place, [start, end]: readonly [number, number]): PlaceRange {
  return { start: inDocument(placeAt(bytes, start), origin), end: inDocument(placeAt(bytes, end), origin) };
}

function inDocument({ line, character }: Place, origin: Place): Place {
  return { line: origin.line + line, character: line === 0 ? origin.character + character : character };
}
