import type { Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { spanOfRow } from '../../readers/json/spans.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/problem.ts';
import { listTableWork, readTableWork } from '../../readers/table/readTable.ts';
import { tableTargetsWork } from '../../readers/table/readTableTargets.ts';
import { OutOfKernelMemory } from '../kernel/memory.ts';
import type { Compute } from '../measure/compute.ts';
import { type FileInput, openInput } from './fileInput.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { PlacedText } from './placedText.ts';
import { Rooms } from './rooms.ts';

/** A table in a text file, or a part of one. */
export class TableOrigin implements Origin {
  readonly #input: FileInput;
  readonly #request: Pick<SourceRequest, 'origin' | 'member'>;
  readonly #compute: Compute;
  #text: PlacedText | undefined;

  constructor(input: FileInput, request: Pick<SourceRequest, 'origin' | 'member'>, compute: Compute) {
    this.#input = input;
    this.#request = request;
    this.#compute = compute;
  }

  *readWork(): Work<Outcome<ReadBatch, PlacedProblem>> {
    const rooms = new Rooms(this.#compute);
    let kept: Float32Array | undefined;
    try {
      const read = yield* readTableWork(this.#read().bytes, rooms.take, this.#compute.scanner);
      if (!read.ok) return failure(this.#placed(read.problem));
      const { values, ...batch } = read.value;
      kept = values;
      return success({ batch, source: { values } });
    } catch (error) {
      if (!(error instanceof OutOfKernelMemory)) throw error;
      return failure(this.#placed({ reason: 'too-large', offset: 0, bytes: error.bytes }));
    } finally {
      rooms.release(kept);
    }
  }

  *membersWork(): Work<Outcome<readonly Member[], PlacedProblem>> {
    const text = this.#read();
    const listed = yield* listTableWork(text.bytes);
    if (!listed.ok) return failure(this.#placed(listed.problem));
    const { rows, classes, targets } = listed.value;
    const range = text.range(0, text.bytes.length);
    const columns = targets.map((name) => ({ name, shape: [rows], type: 'column', range }));
    return success(
      classes > 0 ? [{ name: 'table', shape: [rows, classes], type: null, range }, ...columns] : columns,
    );
  }

  *targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const read = yield* tableTargetsWork(this.#read().bytes, context, this.#request.member);
    return read.ok ? read : failure(this.#placed(read.problem));
  }

  range({ start, end }: ReadBatch['batch']): PlaceRange {
    return this.#read().range(start, end);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    return this.#read().range(...spanOfRow(batch, row));
  }

  #placed(problem: ReadProblem): PlacedProblem {
    return this.#read().placed(problem);
  }

  /** The text, which is kept for the places in it. */
  #read(): PlacedText {
    this.#text ??= new PlacedText(bytesOf(this.#input), this.#request.origin);
    return this.#text;
  }
}

function bytesOf(input: FileInput): Uint8Array {
  const file = openInput(input);
  try {
    return file.read(0, file.size);
  } finally {
    file.close();
  }
}
