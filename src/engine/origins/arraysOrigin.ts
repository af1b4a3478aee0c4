import { lengthOf } from '../../loss/rows/shape.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem, SourceMember, SourceRequest } from '../../protocol/engineChannel.ts';
import { arrayValues, checkCrc } from '../../readers/arrays/arrayValues.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { describeArray, kindOfRows } from '../../readers/arrays/describeArray.ts';
import { type ArrayFormat, chosenArray, listArrays } from '../../readers/arrays/listArrays.ts';
import { bytesOf, decode } from '../../readers/arrays/numberType.ts';
import { isBomb, type ReadableArray } from '../../readers/arrays/storedArray.ts';
import { fitTargets, type TargetContext } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';
import { type Compute, EXACT_LOGITS } from '../measure/compute.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import { LogitsMemory, memoryProblemOf } from './logitsMemory.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** What a file of rows looks like is judged by the first of them: at most so many, of about so many numbers. */
const JUDGED_ROWS = 256;
const JUDGED_NUMBERS = 1 << 15;

/** A file with arrays. One that is large, and has rows one after the other, stays on the disk: it may be larger than memory. */
export class ArraysOrigin implements Origin {
  readonly #format: ArrayFormat;
  readonly #input: FileInput;
  readonly #request: Pick<SourceRequest, 'member' | 'mayInflate'>;
  readonly #compute: Compute;
  /** Set once the file has been found to be what its checksum says. */
  #checked = false;

  constructor(
    format: ArrayFormat,
    place: FilePlace,
    request: Pick<SourceRequest, 'member' | 'mayInflate'>,
    compute: Compute,
  ) {
    this.#format = format;
    this.#input = new FileInput(place);
    this.#request = request;
    this.#compute = compute;
  }

  read(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    return this.#fromSource((source) => this.#readBatch(source, classAxis));
  }

  listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return this.#fromSource((source) => this.#listArrays_(source));
  }

  readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    return this.#fromSource((source) => this.#readTargets(source, context));
  }

  check(): PlacedProblem | undefined {
    return this.#input.check();
  }

  range(): null {
    return null;
  }

  rangeOfRow(): null {
    return null;
  }

  *#listArrays_(source: ByteSource): Work<Outcome<readonly SourceMember[], ReadProblem>> {
    const arrays = yield* listArrays(source, this.#format);
    if (!arrays.ok) return arrays;
    return success(
      arrays.value.map(({ name, shape, typeName }) => ({ name, shape, type: typeName, range: null })),
    );
  }

  *#readBatch(source: ByteSource, classAxis: number | undefined): Work<Outcome<ReadBatch, ReadProblem>> {
    const chosen = yield* this.#chosenArray(source);
    if (!chosen.ok) return chosen;
    const { name, array } = chosen.value;
    const described = describeArray(array.shape, classAxis, 'logits');
    if (!described.ok) return described;
    const batch = {
      ...described.value,
      keys: { logits: this.#request.member === undefined ? null : name, targets: null },
    };
    const { shape, type, fortran } = array;
    const inRows = batch.classAxis === shape.length - 1 && !fortran;
    const { onDisk } = this.#input;
    if (onDisk && inRows && lengthOf(shape) > EXACT_LOGITS && 'offset' in array.stored) {
      const { offset, checked } = array.stored;
      if (checked && !this.#checked) {
        const same = yield* portion(checkCrc(source, checked), 0, 0.9);
        if (!same.ok) return same;
        this.#checked = true;
      }
      const kind = yield* kindOfRows(firstRows(source, array, offset), shape.at(-1)!, type.name);
      const file = { ...onDisk, offset, type, probabilities: false, temperature: 1 };
      return success({ batch: { ...batch, kind }, source: { file } });
    }
    const memory = new LogitsMemory(this.#compute);
    let logits: Float32Array | undefined;
    try {
      const values = yield* portion(arrayValues(source, array, memory.take), 0, 0.9);
      if (!values.ok) return values;
      const judged = inRows ? values.value : new Float32Array(0);
      const kind = inRows ? yield* kindOfRows(judged, shape.at(-1)!, type.name) : 'logits';
      logits = values.value;
      return success({ batch: { ...batch, kind }, source: { values: logits } });
    } finally {
      memory.release(logits);
    }
  }

  *#readTargets(source: ByteSource, context: TargetContext): Work<Outcome<FoundTargets, ReadProblem>> {
    const chosen = yield* this.#chosenArray(source);
    if (!chosen.ok) return chosen;
    const { name, array } = chosen.value;
    const values = yield* arrayValues(source, array, (length) => new Float64Array(length));
    if (!values.ok) return values;
    const targets = yield* fitTargets(values.value, array.shape, context);
    return targets.ok ? success({ targets: targets.value, key: name }) : targets;
  }

  *#chosenArray(
    source: ByteSource,
  ): Work<Outcome<{ readonly name: string; readonly array: ReadableArray }, ReadProblem>> {
    const { member, mayInflate } = this.#request;
    const arrays = yield* portion(listArrays(source, this.#format), 0, 0);
    if (!arrays.ok) return arrays;
    const chosen = chosenArray(arrays.value, member);
    if (!chosen.ok) return chosen;
    const { name, content } = chosen.value;
    if (!content.ok) return content;
    const { stored } = content.value;
    if (!mayInflate && 'deflated' in stored && isBomb(stored.deflated)) {
      const { offset, length, size } = stored.deflated;
      return failure({ reason: 'inflates', offset, name, bytes: length, expected: size });
    }
    return success({ name, array: content.value });
  }

  /** Work with the file open. What's wrong with it as a whole has no line. */
  *#fromSource<T>(
    work: (source: ByteSource) => Work<Outcome<T, ReadProblem>>,
  ): Work<Outcome<T, PlacedProblem>> {
    const source = this.#input.open();
    try {
      const done = yield* work(source);
      return done.ok ? done : failure({ ...done.problem, place: null });
    } catch (error) {
      const problem = memoryProblemOf(error, source.size);
      if (!problem) throw error;
      return failure({ ...problem, place: null });
    } finally {
      source.close();
    }
  }
}

function firstRows(source: ByteSource, { shape, type }: ReadableArray, offset: number): Float32Array {
  const classes = shape.at(-1)!;
  const all = lengthOf(shape.slice(0, -1));
  const rows = Math.min(all, JUDGED_ROWS, Math.ceil(JUDGED_NUMBERS / classes));
  const judged = new Float32Array(rows * classes);
  decode(source.read(offset, judged.length * bytesOf(type)), type, judged);
  return judged;
}
