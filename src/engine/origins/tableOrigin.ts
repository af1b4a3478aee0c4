import type { Work } from '../../loss/work.ts';
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
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';
import { listTable, readTable } from '../../readers/table/readTable.ts';
import { readTableFeatures, type TableFeatures } from '../../readers/table/readTableFeatures.ts';
import { readTableTargets } from '../../readers/table/readTableTargets.ts';
import { MOST_TEXT_BYTES } from '../../readers/text/textEncoding.ts';
import type { Compute } from '../measure/compute.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { placedBatch } from './placedBatch.ts';
import { PlacedText } from './placedText.ts';

/** A table in a text file, or a part of one. */
export class TableOrigin implements Origin {
  readonly #input: FileInput;
  readonly #request: Pick<SourceRequest, 'origin' | 'fileName' | keyof ChosenArrays>;
  readonly #compute: Compute;
  #text: PlacedText | undefined;
  /** It isn't in UTF-8. */
  #isRecoded = false;

  constructor(
    place: FilePlace,
    request: Pick<SourceRequest, 'origin' | 'fileName' | keyof ChosenArrays>,
    compute: Compute,
  ) {
    this.#input = new FileInput(place);
    this.#request = request;
    this.#compute = compute;
  }

  *read(_classAxis?: number, outputs?: ValueKind): Work<Outcome<ReadBatch, PlacedProblem>> {
    const read = yield* this.#decodeText();
    if (!read.ok) return read;
    const text = read.value;
    const wish = { ...this.#request, ...(outputs && { outputs }) };
    return yield* placedBatch(
      text,
      this.#compute,
      (allocate) => readTable(text.bytes, allocate, this.#compute.scanner, wish),
      this.#isRecoded ? undefined : this.#input.onDisk?.path,
    );
  }

  *listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    const read = yield* this.#decodeText();
    if (!read.ok) return read;
    const text = read.value;
    const listed = yield* listTable(text.bytes);
    if (!listed.ok) return yield* text.failureAt(listed.problem);
    yield* text.prepare(text.bytes.length);
    const range = text.range(0, text.bytes.length);
    return success(
      listed.value.map(({ name, shape, isColumn }) => ({
        name,
        shape,
        type: isColumn ? 'column' : null,
        range,
      })),
    );
  }

  /** All of it as features, and the classes of its rows. */
  *readFeatures(): Work<Outcome<TableFeatures, PlacedProblem>> {
    const read = yield* this.#decodeText();
    if (!read.ok) return read;
    const text = read.value;
    const found = yield* readTableFeatures(text.bytes, this.#compute.scanner);
    return found.ok ? found : yield* text.failureAt(found.problem);
  }

  *readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const read = yield* this.#decodeText();
    if (!read.ok) return read;
    const text = read.value;
    const found = yield* readTableTargets(text.bytes, context, this.#request.member);
    return found.ok ? found : yield* text.failureAt(found.problem);
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
  *#decodeText(): Work<Outcome<PlacedText, PlacedProblem>> {
    if (!this.#text) {
      const bytes = yield* readBytes(this.#input);
      if (!bytes.ok) return failure({ ...bytes.problem, place: null });
      this.#text = yield* PlacedText.decode(bytes.value, this.#request.origin);
      this.#isRecoded = this.#text.bytes.buffer !== bytes.value.buffer;
    }
    return success(this.#text);
  }
}

/** How much of a file is read between two yields. */
const PART = 1 << 22;

function* readBytes(input: FileInput): Work<Outcome<Uint8Array, ReadProblem>> {
  if (input.bytes) return success(input.bytes);
  const file = input.open();
  try {
    const limit = MOST_TEXT_BYTES;
    if (file.size > limit)
      return failure({ reason: 'text-size', offset: 0, format: 'table', bytes: file.size, limit });
    const bytes = new Uint8Array(file.size);
    for (let position = 0; position < file.size; position += PART) {
      yield position / file.size;
      bytes.set(file.read(position, PART), position);
    }
    return success(bytes);
  } finally {
    file.close();
  }
}
