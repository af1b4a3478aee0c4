import type { Floats } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { portion, type Work } from '../../loss/work.ts';
import type {
  ChosenArrays,
  FileFormat,
  PlacedProblem,
  SourceMember,
  SourceRequest,
} from '../../protocol/engineChannel.ts';
import type { ByteSource } from '../../readers/arrays/byteSource.ts';
import { decimalsOf } from '../../readers/arrays/decimalsOf.ts';
import { type FileOverview, overviewOf, shownValues } from '../../readers/arrays/fileOverview.ts';
import type { ListsArrays } from '../../readers/arrays/listArrays.ts';
import { bytesOf, decode } from '../../readers/arrays/numberType.ts';
import { type ArraysFormat, fileArrays } from '../../readers/fileArrays.ts';
import { arrayTargets, sameShape, type TargetContext } from '../../readers/json/fitTargets.ts';
import { readArrays } from '../../readers/json/readJson.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/readProblem.ts';
import { fullName } from '../../readers/roles/arrayMeaning.ts';
import { chooseAsTargets } from '../../readers/roles/chooseAsTargets.ts';
import { isNarrowInFile, type NamedArray, type StoredRows } from '../../readers/roles/namedArray.ts';
import { chooseScores } from '../../readers/roles/scores/chooseScores.ts';
import { Unreadable } from '../../readers/text/cursor.ts';
import { formatOf } from '../fileFormats.ts';
import { type Compute, EXACT_LOGITS } from '../measure/compute.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import { firstRows } from './firstRows.ts';
import { LogitsMemory, memoryProblemOf } from './logitsMemory.ts';
import type { ArrayInFile, Origin, ReadBatch } from './origin.ts';

/** Numbers of arrays that are read to see what they are; of larger ones it's judged by names, shapes and types. */
const MOST_AT_HAND = 1 << 22;

/** First numbers that are shown. */
const PEEKED = 6;

/** A file of arrays, with their names. One that is large, and has rows one after the other, stays on the disk: it may be larger than memory. */
export class ArraysOrigin implements Origin {
  readonly #format: ArraysFormat | ListsArrays;
  readonly #input: FileInput;
  readonly #request: Pick<SourceRequest, 'mayInflate' | 'fileName' | keyof ChosenArrays>;
  readonly #compute: Compute;
  /** Set once the file has been found to be what its checksum says. */
  #isChecked = false;

  constructor(
    format: ArraysFormat | ListsArrays,
    place: FilePlace,
    request: Pick<SourceRequest, 'mayInflate' | 'fileName' | keyof ChosenArrays>,
    compute: Compute,
  ) {
    this.#format = format;
    this.#input = new FileInput(place);
    this.#request = request;
    this.#compute = compute;
  }

  read(classAxis: number | undefined, outputs?: ValueKind): Work<Outcome<ReadBatch, PlacedProblem>> {
    return this.#fromSource((source) => this.#readBatch(source, classAxis, outputs));
  }

  listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    return this.#fromSource((source) => this.#listMembers(source));
  }

  overview(): Work<Outcome<FileOverview, PlacedProblem>> {
    const [format, request] = [this.#format, this.#request];
    return this.#fromSource(function* (source): Work<Outcome<FileOverview, ReadProblem>> {
      const arrays = yield* fileArrays(source, format, request);
      if (!arrays.ok) return arrays;
      const peek = function* (array: NamedArray): Work<readonly string[] | undefined> {
        yield 0;
        const { content, shape } = array;
        if (array.peek) return yield* array.peek();
        const rows = content.kind === 'stored' ? content.rows : undefined;
        if (!rows) return undefined;
        const first = new Float64Array(Math.min(PEEKED, lengthOf(shape)));
        decode(source.read(rows.offset, first.length * bytesOf(rows.type)), rows.type, first);
        return shownValues(first);
      };
      return success(yield* overviewOf(arrays.value, peek));
    });
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

  *#listMembers(source: ByteSource): Work<Outcome<readonly SourceMember[], ReadProblem>> {
    const arrays = yield* fileArrays(source, this.#format, this.#request);
    if (!arrays.ok) return arrays;
    const all = arrays.value.filter(({ isParameter }) => !isParameter);
    // Beside arrays single numbers are settings, and there may be many.
    const own = all.some(({ shape }) => shape.length > 0)
      ? all.filter(({ shape, content }) => shape.length > 0 || content.kind === 'flawed')
      : all;
    if (own.length === 0) {
      const scores = chooseScores(arrays.value, undefined);
      if (!scores.ok) return scores;
    }
    const [names, twice] = [new Set<string>(), new Set<string>()];
    for (const { name } of own) (names.has(name) ? twice : names).add(name);
    return success(
      own.map((array) => ({
        name: twice.has(array.name) ? fullName(array) : array.name,
        shape: array.shape,
        type: array.type,
        range: null,
        ...(array.isColumn && { isColumn: true }),
      })),
    );
  }

  *#readBatch(
    source: ByteSource,
    classAxis: number | undefined,
    outputs: ValueKind | undefined,
  ): Work<Outcome<ReadBatch, ReadProblem>> {
    const listed = yield* portion(fileArrays(source, this.#format, this.#request), 0, 0.1);
    if (!listed.ok) return listed;
    const arrays = yield* portion(atHand(listed.value), 0.1, 0.2);
    const wish = {
      ...this.#request,
      ...(classAxis !== undefined && { classAxis }),
      ...(outputs && { outputs }),
    };
    const memory = new LogitsMemory(this.#compute);
    let chosen: NamedArray | undefined;
    let kept: NamedArray | undefined;
    let logits: Float32Array | undefined;
    const keep = (array: NamedArray, axis: number) => {
      chosen = array;
      const rows = this.#rowsOnDisk(array, axis);
      if (!rows) return undefined;
      kept = array;
      return firstRows(source, { ...rows, shape: array.shape });
    };
    try {
      const extent = { room: memory.take, isPlaced: false, keep };
      const read = yield* portion(readArrays(arrays, wish, extent), 0.2, 1);
      if (!read.ok) return failure(offeringAll(read.problem, arrays));
      // Nothing was rounded to be written down.
      const { values, exact, ...batch } = { ...read.value, decimals: 0, rounding: 0 };
      const inFile = chosen && arrays.includes(chosen) ? this.#inFile(chosen, batch.shape) : undefined;
      const place = inFile && { inFile };
      const rows = kept && values.length === 0 ? this.#rowsOnDisk(kept, batch.classAxis) : undefined;
      if (rows) {
        const checked = yield* this.#checkOnce(rows);
        if (!checked.ok) return checked;
        const { offset, type } = rows;
        const file = { ...this.#input.onDisk!, offset, type, probabilities: false, temperature: 1 };
        return success({ batch, source: { file }, ...place });
      }
      if (exact) return success({ batch, source: { values: exact }, ...place });
      logits = values;
      return success({ batch, source: { values }, ...place });
    } finally {
      memory.release(logits);
    }
  }

  /** What loads this array without us; undefined where that wouldn't be just its numbers. */
  #inFile(
    { name, shape, content, subscripts }: NamedArray,
    read: readonly number[],
  ): ArrayInFile | undefined {
    const path = this.#input.onDisk?.path;
    if (path === undefined || !sameShape(shape, read)) return undefined;
    // A .npy file may be a pickle, too.
    if (subscripts !== undefined)
      return subscripts && TORCH.test(path) ? { path, format: 'torch', name, subscripts } : undefined;
    const format = formatOf(path)?.format;
    if (!isLoadedByName(format)) return undefined;
    // NumPy has no such numbers.
    const type = content.kind === 'stored' ? content.rows?.type.name : undefined;
    const isOther = type === 'bfloat16' || type?.startsWith('float8');
    return isOther ? undefined : { path, format, name };
  }

  /** Where rows are that may stay in the file: it may be larger than memory. */
  #rowsOnDisk({ content, shape }: NamedArray, classAxis: number) {
    const rows = content.kind === 'stored' ? content.rows : undefined;
    const mayStay = this.#input.onDisk && classAxis === shape.length - 1 && lengthOf(shape) > EXACT_LOGITS;
    return mayStay ? rows : undefined;
  }

  /** What stays in the file isn't read as a whole, so that nothing else would compare its checksum. */
  *#checkOnce({ check }: StoredRows): Work<Outcome<undefined, ReadProblem>> {
    if (!check || this.#isChecked) return success(undefined);
    const checked = yield* check();
    this.#isChecked = checked.ok;
    return checked;
  }

  *#readTargets(source: ByteSource, context: TargetContext): Work<Outcome<FoundTargets, ReadProblem>> {
    const listed = yield* portion(fileArrays(source, this.#format, this.#request), 0, 0.2);
    if (!listed.ok) return listed;
    const arrays = listed.value.filter(({ isParameter }) => !isParameter);
    const chosen = chooseAsTargets(arrays, context, this.#request.member);
    if (!chosen.ok) return chosen;
    const { name, isNamed } = chosen.value;
    const memory = new LogitsMemory(this.#compute);
    let kept: Targets['values'] | undefined;
    try {
      const room = { ...context, room: memory.take };
      const targets = yield* portion(arrayTargets(chosen.value, room), 0.2, 1);
      kept = targets.values;
      return success({ targets, key: isNamed ? name : null });
    } finally {
      memory.release(kept);
    }
  }

  /** Work with the file open. What's wrong with it has no line. */
  *#fromSource<T>(
    work: (source: ByteSource) => Work<Outcome<T, ReadProblem>>,
  ): Work<Outcome<T, PlacedProblem>> {
    const source = this.#input.open();
    try {
      const done = yield* work(source);
      return done.ok ? done : failure({ ...done.problem, place: null });
    } catch (error) {
      if (error instanceof Unreadable) return failure({ ...error.problem, place: null });
      const problem = memoryProblemOf(error, source.size);
      if (!problem) throw error;
      return failure({ ...problem, place: null });
    } finally {
      source.close();
    }
  }
}

/** What `torch.save` is used for; of another file nothing says whether it takes pickle or joblib to load it. */
const TORCH = /\.(?:pt|pth|bin)$/i;

function isLoadedByName(format: FileFormat | undefined): format is 'npy' | 'npz' | 'safetensors' | 'hdf5' {
  return format === 'npy' || format === 'npz' || format === 'safetensors' || format === 'hdf5';
}

/** With the numbers of arrays that aren't large, so that they can be compared; what can't be read says why. */
function* atHand(arrays: readonly NamedArray[]): Work<readonly NamedArray[]> {
  let room = MOST_AT_HAND;
  const loaded: NamedArray[] = [];
  for (const [i, array] of arrays.entries()) {
    yield i / arrays.length;
    const { content, shape, isParameter } = array;
    const count = lengthOf(shape);
    const judged = { ...array, decimals: decimalsOf(array.type) };
    if (content.kind !== 'stored' || isParameter || count > EXACT_LOGITS || count > room) {
      loaded.push(judged);
      continue;
    }
    room -= count;
    const isNarrow = isNarrowInFile(content);
    const read = yield* portion(
      content.load<Floats>((length) => (isNarrow ? new Float32Array(length) : new Float64Array(length))),
      i / arrays.length,
      1,
    );
    loaded.push({
      ...judged,
      content: read.ok ? { kind: 'numbers', values: read.value } : { kind: 'flawed', problem: read.problem },
    });
  }
  return loaded;
}

/** Where nothing is called logits, nor looks like them, it may be any matrix; unless none can be read. */
function offeringAll(problem: ReadProblem, arrays: readonly NamedArray[]): ReadProblem {
  if (problem.reason !== 'no-logits') return problem;
  const flaws = arrays.flatMap(({ content }) => (content.kind === 'flawed' ? [content.problem] : []));
  if (flaws.length === arrays.length) return flaws.find(({ reason }) => reason !== 'array-type') ?? problem;
  const candidates = arrays
    .filter(({ shape, type, isParameter }) => shape.length >= 2 && type !== 'text' && !isParameter)
    .map((array) => ({ name: array.name, shape: array.shape, role: 'logits' }) as const);
  return candidates.length > 0 ? { reason: 'several', offset: 0, candidates } : problem;
}
