import { SLICE, type Work } from '../../loss/work.ts';
import { kindWork } from '../json/kind.ts';
import type { LogitsBatch, ValueKind } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { bytesOf, decode } from './floats.ts';
import type { NpyHeader } from './header.ts';

/** All that is known of the logits of a .npy file but their values. */
export type NpyBatch = Omit<LogitsBatch, 'values'>;

/** float32 has about so many digits after the point where probabilities are. */
const DECIMALS = 6;

/** Which axis has the classes: the last of one or two, as the text readers have it, else axis 1 as in PyTorch. */
export function describeNpy(
  { shape }: NpyHeader,
  chosenAxis: number | undefined,
  kind: ValueKind,
): Outcome<NpyBatch, ReadProblem> {
  const usual = shape.length <= 2 ? shape.length - 1 : 1;
  const classAxis = chosenAxis !== undefined && chosenAxis < shape.length ? chosenAxis : usual;
  const classes = shape[classAxis] ?? 0;
  if (classes === 0 || shape.includes(0)) return failure({ reason: 'no-classes', offset: 0 });
  if (classes === 1) return failure({ reason: 'one-class', offset: 0 });
  return success({
    shape,
    classAxis,
    classAxisFrom: shape.length <= 2 || chosenAxis !== undefined ? 'shape' : 'convention',
    kind,
    targets: null,
    classNames: null,
    keys: { logits: null, targets: null },
    declared: { labelSmoothing: null, weight: null, ignoreIndex: null, reduction: null },
    // Nothing was rounded to be written down.
    decimals: 0,
    rounding: 0,
    spans: new Float64Array(0),
    start: 0,
    end: 0,
  });
}

/** The numbers of a .npy file, all of them, in C order. */
export function* npyValuesWork(
  bytes: Uint8Array,
  { type, shape, fortran, offset }: NpyHeader,
  allocate: (length: number) => Float32Array,
): Work<Float32Array> {
  const length = shape.reduce((a, b) => a * b, 1);
  const values = allocate(length);
  const size = bytesOf(type);
  for (let i = 0; i < length; i += SLICE) {
    yield i / length;
    const end = Math.min(i + SLICE, length);
    decode(bytes.subarray(offset + size * i, offset + size * end), type, values.subarray(i, end));
  }
  return fortran ? yield* cOrderWork(values, shape, allocate) : values;
}

/** From the first axis moving fastest to the last. */
function* cOrderWork(
  values: Float32Array,
  shape: readonly number[],
  allocate: (length: number) => Float32Array,
): Work<Float32Array> {
  const turned = allocate(values.length);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, from = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    turned[i] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return turned;
}

/** What rows of a file look like, judged by some of them: (rows, K) float32. */
export function* kindOfRowsWork(values: Float32Array, classes: number): Work<ValueKind> {
  return yield* kindWork(values, [values.length / classes, classes], 1, DECIMALS);
}
