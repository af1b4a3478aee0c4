import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem, PlaceRange, SourceMember, SourceRequest } from '../../protocol/engineChannel.ts';
import type { FileOverview } from '../../readers/arrays/fileOverview.ts';
import { gunzip } from '../../readers/arrays/gzip/gunzip.ts';
import type { TargetContext } from '../../readers/json/fitTargets.ts';
import type { FoundTargets } from '../../readers/json/readJsonTargets.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { FileInput, type FilePlace } from './fileInput.ts';
import { memoryProblemOf } from './logitsMemory.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** A file that is compressed as a whole: decompressed once, and then what it was compressed from. */
export class GzipOrigin implements Origin {
  readonly #input: FileInput;
  readonly #mayInflate: boolean;
  readonly #open: (bytes: Uint8Array) => Origin;
  #inner: Origin | undefined;

  constructor(
    place: FilePlace,
    { mayInflate = false }: Pick<SourceRequest, 'mayInflate'>,
    open: (bytes: Uint8Array) => Origin,
  ) {
    this.#input = new FileInput(place);
    this.#mayInflate = mayInflate;
    this.#open = open;
  }

  *read(classAxis: number | undefined, outputs?: ValueKind): Work<Outcome<ReadBatch, PlacedProblem>> {
    const inner = yield* portion(this.#inflated(), 0, 0.3);
    return inner.ok ? yield* portion(inner.value.read(classAxis, outputs), 0.3, 1) : inner;
  }

  *listMembers(): Work<Outcome<readonly SourceMember[], PlacedProblem>> {
    const inner = yield* portion(this.#inflated(), 0, 0.5);
    return inner.ok ? yield* portion(inner.value.listMembers(), 0.5, 1) : inner;
  }

  *overview(): Work<Outcome<FileOverview, PlacedProblem>> {
    const inner = yield* portion(this.#inflated(), 0, 0.5);
    if (!inner.ok) return inner;
    return yield* portion(overviewOfOrigin(inner.value), 0.5, 1);
  }

  *readTargets(context: TargetContext): Work<Outcome<FoundTargets, PlacedProblem>> {
    const inner = yield* portion(this.#inflated(), 0, 0.5);
    return inner.ok ? yield* portion(inner.value.readTargets(context), 0.5, 1) : inner;
  }

  check(): PlacedProblem | undefined {
    return this.#input.check();
  }

  /** Nobody can be shown a line of what is compressed. */
  range(): PlaceRange | null {
    return null;
  }

  rangeOfRow(): PlaceRange | null {
    return null;
  }

  *#inflated(): Work<Outcome<Origin, PlacedProblem>> {
    if (this.#inner) return success(this.#inner);
    const source = this.#input.open();
    try {
      const bytes = yield* gunzip(source, this.#mayInflate);
      if (!bytes.ok) return failure({ ...bytes.problem, place: null });
      this.#inner = this.#open(bytes.value);
      return success(this.#inner);
    } catch (error) {
      const problem = memoryProblemOf(error, source.size);
      if (!problem) throw error;
      return failure({ ...problem, place: null });
    } finally {
      source.close();
    }
  }
}

/** What is in a file: of one that an editor could show, its arrays. */
export function* overviewOfOrigin(origin: Origin): Work<Outcome<FileOverview, PlacedProblem>> {
  if (origin.overview) return yield* origin.overview();
  const listed = yield* origin.listMembers();
  if (!listed.ok) return listed;
  const arrays = listed.value.map(({ name, shape, type }) => ({
    name,
    shape,
    type,
    role: null,
    first: [],
    isReadable: true,
  }));
  return success({ arrays, count: arrays.length, parameters: [], parameterCount: 0 });
}
