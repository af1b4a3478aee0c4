import type { Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import { MOST_TEXT_BYTES } from '../../readers/encoding.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { spanOfRow } from '../../readers/json/spans.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/problem.ts';
import { listTableWork, readTableWork } from '../../readers/table/readTable.ts';
import { tableTargetsWork } from '../../readers/table/readTableTargets.ts';
import type { Compute } from '../measure/compute.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { PlacedText } from './placedText.ts';
import { noRoom, Rooms } from './rooms.ts';

/** A table in a text file, or a part of one. */
export class TableOrigin implements Origin {
  readonly #input: FileInput;
  readonly #request: Pick<SourceRequest, 'origin' | 'member'>;
  readonly #compute: Compute;
  #text: PlacedText | undefined;

  constructor(place: FilePlace, request: Pick<SourceRequest, 'origin' | 'member'>, compute: Compute) {
    this.#input = new FileInput(place);
    this.#request = request;
    this.#compute = compute;
  }

  *readWork(): Work<Outcome<ReadBatch, PlacedProblem>> {
    const read = yield* this.#textWork();
    if (!read.ok) return read;
    const text = read.value;
    const rooms = new Rooms(this.#compute);
    let kept: Float32Array | undefined;
    try {
      const table = yield* readTableWork(text.bytes, rooms.take, this.#compute.scanner);
      if (!table.ok) return yield* text.failureWork(table.problem);
      const { values, ...batch } = table.value;
      yield* text.prepareWork(batch.end);
      kept = values;
      return success({ batch, source: { values } });
    } catch (error) {
      const problem = noRoom(error, text.bytes.length);
      if (!problem) throw error;
      return yield* text.failureWork(problem);
    } finally {
      rooms.release(kept);
    }
  }

  *membersWork(): Work<Outcome<readonly Member[], PlacedProblem>> {
    const read = yield* this.#textWork();
    if (!read.ok) return read;
    const text = read.value;
    const listed = yield* listTableWork(text.bytes);
    if (!listed.ok) return yield* text.failureWork(listed.problem);
    yield* text.prepareWork(text.bytes.length);
    const { rows, classes, targets } = listed.value;
    const range = text.range(0, text.bytes.length);
    const columns = targets.map((name) => ({ name, shape: [rows], type: 'column', range }));
    return success(
      classes > 0 ? [{ name: 'table', shape: [rows, classes], type: null, range }, ...columns] : columns,
    );
  }

  *targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const read = yield* this.#textWork();
    if (!read.ok) return read;
    const text = read.value;
    const found = yield* tableTargetsWork(text.bytes, context, this.#request.member);
    return found.ok ? found : yield* text.failureWork(found.problem);
  }

  check(): PlacedProblem | undefined {
    return this.#input.check();
  }

  range({ start, end }: ReadBatch['batch']): PlaceRange {
    return this.#text!.range(start, end);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    return this.#text!.range(...spanOfRow(batch, row));
  }

  /** The text, which is kept for the places in it. */
  *#textWork(): Work<Outcome<PlacedText, PlacedProblem>> {
    if (!this.#text) {
      const bytes = yield* bytesWork(this.#input);
      if (!bytes.ok) return failure({ ...bytes.problem, place: null });
      this.#text = yield* PlacedText.decodedWork(bytes.value, this.#request.origin);
    }
    return success(this.#text);
  }
}

/** How much of a file is read between two yields. */
const PART = 1 << 22;

function* bytesWork(input: FileInput): Work<Outcome<Uint8Array, ReadProblem>> {
  if (input.bytes) return success(input.bytes);
  const file = input.open();
  try {
    const limit = MOST_TEXT_BYTES;
    if (file.size > limit)
      return failure({ reason: 'text-size', offset: 0, format: 'table', bytes: file.size, limit });
    const bytes = new Uint8Array(file.size);
    for (let at = 0; at < file.size; at += PART) {
      yield at / file.size;
      bytes.set(file.read(at, PART), at);
    }
    return success(bytes);
  } finally {
    file.close();
  }
}
