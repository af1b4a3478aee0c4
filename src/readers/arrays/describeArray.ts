import type { Work } from '../../loss/work.ts';
import { kindOfValues } from '../json/probabilityKind.ts';
import type { LogitsBatch, ValueKind } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { NumberName } from './numberType.ts';

/** All that is known of the logits of a file of arrays but their values. */
type ArrayBatch = Omit<LogitsBatch, 'values'>;

/** Which axis has the classes: the last of one or two, as the text readers have it, else axis 1 as in PyTorch. */
export function describeArray(
  shape: readonly number[],
  chosenAxis: number | undefined,
  kind: ValueKind,
): Outcome<ArrayBatch, ReadProblem> {
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

/** About how many digits after the point there are where probabilities are; float32's if it isn't said. */
const DECIMALS: Readonly<Partial<Record<NumberName, number>>> = { float16: 3, bfloat16: 2 };
const FLOAT32_DECIMALS = 6;

/** What rows of a file look like, judged by some of them: (rows, K) float32. */
export function kindOfRows(values: Float32Array, classes: number, type: NumberName): Work<ValueKind> {
  return kindOfValues(values, [values.length / classes, classes], 1, DECIMALS[type] ?? FLOAT32_DECIMALS);
}
