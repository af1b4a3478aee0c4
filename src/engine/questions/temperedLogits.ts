import { CONVENTIONS, type ConventionName } from '../../loss/conventions/conventions.ts';
import { type Layout, type Rows, rowOf } from '../../loss/rows/rowLayout.ts';
import { portion, SLICE, type Work } from '../../loss/work.ts';
import type { MeasuredWith } from '../../protocol/engineChannel.ts';
import type { ValueKind } from '../../readers/logitsBatch.ts';
import { type Compute, EXACT_LOGITS } from '../measure/compute.ts';
import { isOnlyInFloat64, logitOf, shiftOf } from '../measure/rowShift.ts';
import type { LogitsSource } from '../measure/rowsFile.ts';

/** How numbers become logits. */
interface Tempering extends Pick<MeasuredWith, 'convention' | 'temperature'> {
  readonly kind: ValueKind;
}

/**
 * The logits of `source` as they are measured: softmax(ln p) is p again, so probabilities become logits by their logarithm; of a
 * sigmoid by ln p − ln(1 − p). All are divided by the temperature: many logits on their way to the kernel, in whose memory there is
 * no second copy. Of many, which are rounded to float32 after that, the largest of its row is taken off each before,
 * where only differences count: far from 0 rounding would leave little of them. If one is beyond float32 then, all stay in float64.
 */
export function* temperedLogits(
  compute: Compute,
  source: LogitsSource,
  layout: Layout,
  tempering: Tempering,
  isBeyond = false,
): Work<LogitsSource> {
  const { kind, convention, temperature } = tempering;
  const probabilities = kind === 'probabilities';
  if (!probabilities && temperature === 1) return source;
  const fromLargest = temperature !== 1 && onlyDifferencesCount(convention);
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  if ('file' in source) return { file: { ...source.file, probabilities, sigmoid, temperature, fromLargest } };
  const { values } = source;
  const exact = isBeyond || values.length <= EXACT_LOGITS;
  if (!probabilities && !exact) return { values, temperature };
  const shifts =
    exact || !fromLargest
      ? undefined
      : yield* portion(largestLogits({ values, layout }, probabilities), 0, 0.3);
  const logits = exact ? new Float64Array(values.length) : compute.allocate(values.length);
  const { inner, classes } = layout;
  let done = 0;
  try {
    // Row by row of what lies together: a class of each row after the other.
    for (let first = 0; first < layout.rows; first += inner) {
      for (let k = 0; k < classes; k++) {
        for (let j = 0; j < inner; j++, done++) {
          if (done % SLICE === 0) yield 0.3 + 0.7 * (done / values.length);
          const value = values[done]!;
          const logit = probabilities ? logitOf(value, sigmoid) : value;
          const quotient = (shifts ? logit - shifts[first + j]! : logit) / temperature;
          logits[done] = quotient;
          if (!exact && isOnlyInFloat64(quotient))
            return yield* temperedLogits(compute, source, layout, tempering, true);
        }
      }
    }
    return { values: logits };
  } finally {
    if (done < values.length) compute.release(logits);
  }
}

/** The logits of one row as they are shown, (K): with nothing taken off. */
export function temperedRow(
  rows: Rows,
  row: number,
  { kind, convention, temperature }: Tempering,
): Float64Array {
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  return rowOf(rows, row).map(
    (value) => (kind === 'probabilities' ? logitOf(value, sigmoid) : value) / temperature,
  );
}

/** A softmax stays as it is if the same is taken off all logits of a row; a sigmoid doesn't. */
function onlyDifferencesCount(convention: ConventionName): boolean {
  return CONVENTIONS[convention].activation === 'softmax';
}

/** The largest logit of each row: (rows). 0 where that isn't finite. */
function* largestLogits({ values, layout }: Rows, probabilities: boolean): Work<Float64Array> {
  const { rows, classes, inner } = layout;
  const largest = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  let i = 0;
  for (let first = 0; first < rows; first += inner) {
    for (let k = 0; k < classes; k++) {
      for (let row = first; row < first + inner; row++, i++) {
        if (i % SLICE === 0) yield i / values.length;
        if (values[i]! > largest[row]!) largest[row] = values[i]!;
      }
    }
  }
  for (let row = 0; row < rows; row++) largest[row] = shiftOf(largest[row]!, probabilities);
  return largest;
}
