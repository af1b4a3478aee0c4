import { portion, type Work } from '../../loss/work.ts';
import type { Member, PlacedProblem, SourceRequest } from '../../protocol/engine.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { describeArray, kindOfRowsWork } from '../../readers/arrays/describe.ts';
import { type ArrayFormat, chosenArray, listArraysWork } from '../../readers/arrays/listArrays.ts';
import { bytesOf, decode } from '../../readers/arrays/numberType.ts';
import { isBomb, lengthOf, type ReadableArray } from '../../readers/arrays/storedArray.ts';
import { arrayValuesWork, checkWork } from '../../readers/arrays/values.ts';
import type { FoundTargets } from '../../readers/json/readTargets.ts';
import { fitTargetsWork, type TargetContext } from '../../readers/json/targets.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/problem.ts';
import { type Compute, EXACT_LOGITS } from '../measure/compute.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import type { Origin, ReadBatch } from './origin.ts';
import { noRoom, Rooms } from './rooms.ts';

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

  readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    return this.#sourceWork((source) => this.#batchWork(source, classAxis));
  }

  membersWork(): Work<Outcome<readonly Member[], PlacedProblem>> {
    return this.#sourceWork((source) => this.#listWork(source));
  }

  targetsWork(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    return this.#sourceWork((source) => this.#targetsWork(source, context));
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

  *#listWork(source: ByteSource): Work<Outcome<readonly Member[], ReadProblem>> {
    const arrays = yield* listArraysWork(source, this.#format);
    if (!arrays.ok) return arrays;
    return success(
      arrays.value.map(({ name, shape, typeName }) => ({ name, shape, type: typeName, range: null })),
    );
  }

  *#batchWork(source: ByteSource, classAxis: number | undefined): Work<Outcome<ReadBatch, ReadProblem>> {
    const chosen = yield* this.#chosenWork(source);
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
        const same = yield* portion(checkWork(source, checked), 0, 0.9);
        if (!same.ok) return same;
        this.#checked = true;
      }
      const kind = yield* kindOfRowsWork(firstRows(source, array, offset), shape.at(-1)!, type.name);
      const file = { ...onDisk, offset, type, probabilities: false, temperature: 1 };
      return success({ batch: { ...batch, kind }, source: { file } });
    }
    const rooms = new Rooms(this.#compute);
    let kept: Float32Array | undefined;
    try {
      const values = yield* portion(arrayValuesWork(source, array, rooms.take), 0, 0.9);
      if (!values.ok) return values;
      const judged = inRows ? values.value : new Float32Array(0);
      const kind = inRows ? yield* kindOfRowsWork(judged, shape.at(-1)!, type.name) : 'logits';
      kept = values.value;
      return success({ batch: { ...batch, kind }, source: { values: kept } });
    } finally {
      rooms.release(kept);
    }
  }

  *#targetsWork(source: ByteSource, context: TargetContext): Work<Outcome<FoundTargets, ReadProblem>> {
    const chosen = yield* this.#chosenWork(source);
    if (!chosen.ok) return chosen;
    const { name, array } = chosen.value;
    const values = yield* arrayValuesWork(source, array, (length) => new Float64Array(length));
    if (!values.ok) return values;
    const targets = yield* fitTargetsWork(values.value, array.shape, context);
    return targets.ok ? success({ targets: targets.value, key: name }) : targets;
  }

  *#chosenWork(
    source: ByteSource,
  ): Work<Outcome<{ readonly name: string; readonly array: ReadableArray }, ReadProblem>> {
    const { member, mayInflate } = this.#request;
    const arrays = yield* portion(listArraysWork(source, this.#format), 0, 0);
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
  *#sourceWork<T>(
    work: (source: ByteSource) => Work<Outcome<T, ReadProblem>>,
  ): Work<Outcome<T, PlacedProblem>> {
    const source = this.#input.open();
    try {
      const done = yield* work(source);
      return done.ok ? done : failure({ ...done.problem, place: null });
    } catch (error) {
      const problem = noRoom(error, source.size);
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
