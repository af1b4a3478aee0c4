import type { Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { spanOfRow } from '../../readers/json/spans.ts';
import type { TargetContext } from '../../readers/json/targets.ts';
import { type Outcome, success } from '../../readers/outcome.ts';
import { offsetAt } from '../../readers/positions.ts';
import { membersOfTextWork, readTextWork } from '../../readers/readText.ts';
import { readTextTargetsWork } from '../../readers/readTextTargets.ts';
import type { Compute } from '../measure/compute.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { PlacedText } from './placedText.ts';
import { noRoom, Rooms } from './rooms.ts';

/** Members that are given their places between two yields. */
const MEMBERS = 1 << 11;

/** JSON, or tensors as they are printed, from a document or a part of one. */
export class TextOrigin implements Origin {
  readonly #bytes: Uint8Array;
  readonly #request: Pick<SourceRequest, 'origin' | 'cursor' | 'member'>;
  readonly #compute: Compute;
  #text: PlacedText | undefined;
  /** Where the batch begins, once it was found. */
  #found: number | undefined;

  constructor(
    bytes: Uint8Array,
    request: Pick<SourceRequest, 'origin' | 'cursor' | 'member'>,
    compute: Compute,
  ) {
    this.#bytes = bytes;
    this.#request = request;
    this.#compute = compute;
  }

  *readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    const { scanner } = this.#compute;
    const rooms = new Rooms(this.#compute);
    const { cursor, member } = this.#request;
    const text = yield* this.#textWork();
    const offset = this.#found ?? (cursor && offsetAt(text.bytes, cursor));
    const options = {
      ...(classAxis !== undefined && { classAxis }),
      ...(scanner && { scanner }),
      ...(offset !== undefined && { offset }),
      ...(member !== undefined && { member }),
      room: rooms.take,
    };
    let kept: Float32Array | undefined;
    try {
      const read = yield* readTextWork(text.bytes, options);
      if (!read.ok) return yield* text.failureWork(read.problem);
      const { values, ...batch } = read.value;
      yield* text.prepareWork(batch.end);
      this.#found = batch.start;
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
    const text = yield* this.#textWork();
    const members = yield* membersOfTextWork(text.bytes);
    if (!members.ok) return yield* text.failureWork(members.problem);
    yield* text.prepareWork(members.value.at(-1)?.end ?? 0);
    const placed: Member[] = [];
    for (const [i, { name, shape, type, start, end }] of members.value.entries()) {
      if (i % MEMBERS === MEMBERS - 1) yield i / members.value.length;
      placed.push({ name, shape, type, range: text.range(start, end) });
    }
    return success(placed);
  }

  *targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const text = yield* this.#textWork();
    const read = yield* readTextTargetsWork(text.bytes, context, this.#request.member);
    return read.ok ? read : yield* text.failureWork(read.problem);
  }

  check(): undefined {}

  range({ start, end }: Pick<ReadBatch['batch'], 'start' | 'end'>): PlaceRange {
    return this.#text!.range(start, end);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    return this.#text!.range(...spanOfRow(batch, row));
  }

  /** The text, which is kept for the places in it. */
  *#textWork(): Work<PlacedText> {
    this.#text ??= yield* PlacedText.decodedWork(this.#bytes, this.#request.origin);
    return this.#text;
  }
}
