import type { Work } from '../../loss/work.ts';
import type { Member, Place, PlacedProblem, PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { spanOfRow } from '../../readers/json/spans.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { offsetAt, placeAt } from '../../readers/positions.ts';
import type { ReadProblem } from '../../readers/problem.ts';
import { membersOfTextWork, readTextWork } from '../../readers/readText.ts';
import { readTextTargetsWork } from '../../readers/readTextTargets.ts';
import { OutOfKernelMemory } from '../kernel/memory.ts';
import type { Compute } from '../measure/compute.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** JSON, or tensors as they are printed, from a document or a part of one. */
export class TextOrigin implements Origin {
  /** UTF-8. */
  readonly #bytes: Uint8Array;
  /** Where in the document `#bytes` begin. */
  readonly #origin: Place;
  readonly #compute: Compute;
  /** Where in `#bytes` the cursor is, or the batch once it was found there. */
  #around: number | undefined;
  readonly #member: string | undefined;

  constructor(
    bytes: Uint8Array,
    { origin, cursor, member }: Pick<SourceRequest, 'origin' | 'cursor' | 'member'>,
    compute: Compute,
  ) {
    this.#compute = compute;
    this.#bytes = bytes;
    this.#origin = origin;
    this.#around = cursor && offsetAt(bytes, cursor);
    this.#member = member;
  }

  *readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    const { scanner } = this.#compute;
    const rooms: Float32Array[] = [];
    const room = (length: number) => {
      rooms.push(this.#compute.allocate(length));
      return rooms.at(-1)!;
    };
    const [offset, member] = [this.#around, this.#member];
    const options = {
      ...(classAxis !== undefined && { classAxis }),
      ...(scanner && { scanner }),
      ...(offset !== undefined && { offset }),
      ...(member !== undefined && { member }),
      room,
    };
    let kept: Float32Array | undefined;
    try {
      const read = yield* readTextWork(this.#bytes, options);
      if (!read.ok) return failure(this.#placed(read.problem));
      const { values, ...batch } = read.value;
      this.#around = batch.start;
      kept = values;
      return success({ batch, source: { values } });
    } catch (error) {
      if (!(error instanceof OutOfKernelMemory)) throw error;
      return failure(this.#placed({ reason: 'too-large', offset: 0, bytes: error.bytes }));
    } finally {
      // What it was in while it grew; all of it, if reading failed or was given up.
      for (const each of rooms) if (each.byteOffset !== kept?.byteOffset) this.#compute.release(each);
    }
  }

  *membersWork(): Work<Outcome<readonly Member[], PlacedProblem>> {
    const members = yield* membersOfTextWork(this.#bytes);
    if (!members.ok) return failure(this.#placed(members.problem));
    return success(
      members.value.map((member) => {
        const { name, shape, type } = member;
        return { name, shape, type, range: this.range(member) };
      }),
    );
  }

  *targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const read = yield* readTextTargetsWork(this.#bytes, context, this.#member);
    return read.ok ? read : failure(this.#placed(read.problem));
  }

  range({ start, end }: Pick<ReadBatch['batch'], 'start' | 'end'>): PlaceRange {
    return { start: this.#place(start), end: this.#place(end) };
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    const [start, end] = spanOfRow(batch, row);
    return { start: this.#place(start), end: this.#place(end) };
  }

  #placed(problem: ReadProblem): PlacedProblem {
    const place = this.#place(problem.offset);
    if (problem.reason !== 'truncated') return { ...problem, place };
    return { ...problem, place, openedPlace: this.#place(problem.openedAt) };
  }

  /** A byte offset as a place in the document. */
  #place(offset: number): Place {
    const { line, character } = placeAt(this.#bytes, offset);
    const { line: firstLine, character: firstCharacter } = this.#origin;
    return { line: firstLine + line, character: line === 0 ? firstCharacter + character : character };
  }
}
