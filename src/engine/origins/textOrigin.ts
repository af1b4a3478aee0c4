import { portion, type Work } from '../../loss/work.ts';
import type {
  ChosenArrays,
  PlacedProblem,
  PlaceRange,
  SourceMember,
  SourceRequest,
} from '../../protocol/engineChannel.ts';
import type { TargetContext } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import { spanOfRow } from '../../readers/json/rowSpans.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { type Outcome, success } from '../../readers/outcome.ts';
import { membersOfText, type ParsedText, parseText, readText } from '../../readers/readText.ts';
import { readTextTargets } from '../../readers/readTextTargets.ts';
import { offsetAt } from '../../readers/text/textPlaces.ts';
import type { Compute } from '../measure/compute.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { ParsedTexts } from './parsedTexts.ts';
import { placedBatch } from './placedBatch.ts';
import { PlacedText } from './placedText.ts';

/** Members that are given their places between two yields. */
const MEMBERS = 1 << 11;

/** JSON, or tensors as they are printed, from a document or a part of one. */
export class TextOrigin implements Origin {
  readonly #bytes: Uint8Array;
  readonly #request: Pick<SourceRequest, 'origin' | 'cursor' | 'fileName' | keyof ChosenArrays>;
  readonly #compute: Compute;
  readonly #listed: ParsedTexts;
  #text: PlacedText | undefined;
  /** Where the batch begins, once it was found. */
  #found: number | undefined;

  constructor(
    bytes: Uint8Array,
    request: Pick<SourceRequest, 'origin' | 'cursor' | 'fileName' | keyof ChosenArrays>,
    compute: Compute,
    listed = new ParsedTexts(),
  ) {
    this.#bytes = bytes;
    this.#request = request;
    this.#compute = compute;
    this.#listed = listed;
  }

  *read(classAxis: number | undefined, outputs?: ValueKind): Work<Outcome<ReadBatch, PlacedProblem>> {
    const { scanner } = this.#compute;
    const { cursor, member, ownTargets, binary, fileName } = this.#request;
    const text = yield* this.#decodeText();
    const offset = this.#found ?? (cursor && offsetAt(text.bytes, cursor));
    const options = {
      ...(classAxis !== undefined && { classAxis }),
      ...(scanner && { scanner }),
      ...(offset !== undefined && { offset }),
      ...(member !== undefined && { member }),
      ...(ownTargets !== undefined && { ownTargets }),
      ...(binary && { binary }),
      ...(outputs && { outputs }),
      ...(fileName !== undefined && { fileName }),
    };
    const listed = this.#listed;
    const read = yield* placedBatch(text, this.#compute, function* (room) {
      const parsed = yield* portion(listed.of(text.bytes), 0, 0);
      return yield* readText(text.bytes, { ...options, room }, parsed);
    });
    if (read.ok) this.#found = read.value.batch.start;
    return read;
  }

  *listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    const text = yield* this.#decodeText();
    const members = yield* membersOfText(text.bytes, yield* this.#parseToKeep(text.bytes));
    if (!members.ok) return yield* text.failureAt(members.problem);
    yield* text.prepare(members.value.at(-1)?.end ?? 0);
    const placed: SourceMember[] = [];
    for (const [i, { name, shape, type, start, end }] of members.value.entries()) {
      if (i % MEMBERS === MEMBERS - 1) yield i / members.value.length;
      placed.push({ name, shape, type, range: text.range(start, end) });
    }
    return success(placed);
  }

  *readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const text = yield* this.#decodeText();
    const read = yield* readTextTargets(
      text.bytes,
      context,
      this.#request.member,
      yield* portion(this.#listed.of(text.bytes), 0, 0),
    );
    return read.ok ? read : yield* text.failureAt(read.problem);
  }

  check(): undefined {}

  range({ start, end }: Pick<ReadBatch['batch'], 'start' | 'end'>): PlaceRange {
    return this.#text!.range(start, end);
  }

  rangeOfRow(batch: ReadBatch['batch'], row: number): PlaceRange {
    return this.#text!.range(...spanOfRow(batch, row));
  }

  /** In memory that isn't shared: it's given back by itself. */
  *#parseToKeep(bytes: Uint8Array): Work<ParsedText> {
    const known = yield* portion(this.#listed.of(bytes), 0, 0);
    if (known) return known;
    const { scanner } = this.#compute;
    const parsed = yield* parseText(bytes, { ...(scanner && { scanner }) });
    this.#listed.keep(bytes, parsed);
    return parsed;
  }

  /** The text, which is kept for the places in it. */
  *#decodeText(): Work<PlacedText> {
    this.#text ??= yield* PlacedText.decode(this.#bytes, this.#request.origin);
    return this.#text;
  }
}
