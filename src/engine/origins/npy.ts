import { portion, type Work } from '../../loss/work.ts';
import type { PlacedProblem } from '../../protocol/engine.ts';
import { bytesOf, decode } from '../../readers/npy/floats.ts';
import { HEADER_BYTES, type NpyHeader, readNpyHeader } from '../../readers/npy/header.ts';
import { describeNpy, kindOfRowsWork, npyValuesWork } from '../../readers/npy/readNpy.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import type { ReadProblem } from '../../readers/problem.ts';
import { OutOfKernelMemory } from '../kernel/memory.ts';
import { type Compute, EXACT_LOGITS } from '../measure/compute.ts';
import { readPart } from '../measure/rowsFile.node.ts';
import type { Origin, ReadBatch } from './origin.ts';

/** A file in NumPy's format: by its path, where a path can be read, or all of its bytes. */
export type NpyInput = { readonly path: string } | { readonly bytes: Uint8Array };

/** What a file of rows looks like is judged by the first of them: at most so many, of about so many numbers. */
const JUDGED_ROWS = 256;
const JUDGED_NUMBERS = 1 << 15;

/** A .npy file. One that is large, and has rows one after the other, stays on the disk: it may be larger than memory. */
export class NpyOrigin implements Origin {
  readonly #input: NpyInput;
  readonly #compute: Compute;

  constructor(input: NpyInput, compute: Compute) {
    this.#input = input;
    this.#compute = compute;
  }

  *readWork(classAxis: number | undefined): Work<Outcome<ReadBatch, PlacedProblem>> {
    const { bytes: head, size } = this.#part(0, HEADER_BYTES);
    const read = readNpyHeader(head, size);
    if (!read.ok) return failure(unplaced(read.problem));
    const header = read.value;
    const described = describeNpy(header, classAxis, 'logits');
    if (!described.ok) return failure(unplaced(described.problem));
    const { classAxis: axis } = described.value;
    const inRows = axis === header.shape.length - 1 && !header.fortran;
    const length = header.shape.reduce((a, b) => a * b, 1);
    if ('path' in this.#input && inRows && length > EXACT_LOGITS)
      return yield* this.#streamWork(header, axis, this.#input.path);
    try {
      const allocate = (count: number) => this.#compute.allocate(count);
      const { bytes } = this.#part(0, size);
      const values = yield* portion(npyValuesWork(bytes, header, allocate), 0, 0.9);
      const kind = yield* kindOfRowsWork(inRows ? values : new Float32Array(0), header.shape[axis]!);
      return success({ batch: { ...described.value, kind: inRows ? kind : 'logits' }, source: { values } });
    } catch (error) {
      if (error instanceof OutOfKernelMemory || error instanceof RangeError)
        return failure(unplaced({ reason: 'too-large', offset: 0, bytes: 4 * length }));
      throw error;
    }
  }

  *#streamWork(header: NpyHeader, axis: number, path: string): Work<Outcome<ReadBatch, PlacedProblem>> {
    const classes = header.shape[axis]!;
    const all = header.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const rows = Math.min(all, JUDGED_ROWS, Math.ceil(JUDGED_NUMBERS / classes));
    const judged = new Float32Array(rows * classes);
    decode(this.#part(header.offset, judged.length * bytesOf(header.type)).bytes, header.type, judged);
    const kind = yield* kindOfRowsWork(judged, classes);
    const described = describeNpy(header, axis, kind);
    if (!described.ok) return failure(unplaced(described.problem));
    const file = { path, offset: header.offset, type: header.type, probabilities: false, temperature: 1 };
    return success({ batch: described.value, source: { file } });
  }

  range(): null {
    return null;
  }

  rangeOfRow(): null {
    return null;
  }

  #part(offset: number, most: number): { bytes: Uint8Array; size: number } {
    if ('path' in this.#input) return readPart(this.#input.path, offset, most);
    const { bytes } = this.#input;
    return { bytes: bytes.subarray(offset, offset + most), size: bytes.length };
  }
}

/** What's wrong with a file as a whole has no line. */
function unplaced(problem: ReadProblem): PlacedProblem {
  return { ...problem, place: { line: 0, character: 0 } };
}
