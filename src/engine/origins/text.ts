import type { Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { spanOfRow } from '../../readers/json/spans.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { offsetAt } from '../../readers/positions.ts';
import { membersOfTextWork, readTextWork } from '../../readers/readText.ts';
import { readTextTargetsWork } from '../../readers/readTextTargets.ts';
import { OutOfKernelMemory } from '../kernel/memory.ts';
import type { Compute } from '../measure/compute.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { PlacedText } from './placedText.ts';
import { Rooms } from './rooms.ts';

/** JSON, or tensors as they are printed, from a document or a part of one. */
export class TextOrigin implements Origin {
  readonly #text: PlacedText;
  readonly #compute: Compute;
  /** Where in the text the cursor is, or the batch once it was found there. */
  #around: number | undefined;
  readonly #member: string | undefined;

  constructor(
    bytes: Uint8Array,
    { origin, cursor, member }: Pick<SourceRequest, 'origin' | 'cursor' | 'member'>,
    compute: Compute,
  ) {
    this.#compute = compute;
    this.#text = new PlacedText(bytes, origin);
    this.#around = cursor && offsetAt(bytes, cursor);
    this.#member = member;
  }

  *readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    const { scanner } = this.#compute;
    const rooms = new Rooms(this.#compute);
    const [offset, member] = [this.#around, this.#member];
    const options = {
      ...(classAxis !== undefined && { classAxis }),
      ...(scanner && { scanner }),
      ...(offset !== undefined && { offset }),
      ...(member !== undefined && { member }),
      room: rooms.take,
    };
    let kept: Float32Array | undefined;
    try {
      const read = yield* readTextWork(this.#text.bytes, options);
      if (!read.ok) return failure(this.#text.placed(read.problem));
      const { values, ...batch } = read.value;
      this.#around = batch.start;
      kept = values;
      return success({ batch, source: { values } });
    } catch (error) {
      if (!(error instanceof OutOfKernelMemory)) throw error;
      return failure(this.#text.placed({ reason: 'too-large', offset: 0, bytes: error.bytes }));
    } finally {
      rooms.release(kept);
    }
  }

  *membersWork(): Work<Outcome<readonly Member[], PlacedProblem>> {
    const members = yield* membersOfTextWork(this.#text.bytes);
    if (!members.ok) return failure(this.#text.placed(members.problem));
    return success(
      members.value.map((member) => {
        const { name, shape, type } = member;
        return { name, shape, type, range: this.range(member) };
      }),
    );
  }

  *targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const read = yield* readTextTargetsWork(this.#text.bytes, context, this.#member);
    return read.ok ? read : failure(this.#text.placed(read.problem));
  }

  range({ start, end }: Pick<ReadBatch['batch'], 'start' | 'end'>): PlaceRange {
    return this.#text.range(start, end);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    return this.#text.range(...spanOfRow(batch, row));
  }
}
