import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { totalsOfSums } from '../../../src/loss/sums/batchSums.ts';
import { fitToSums } from '../../../src/loss/sums/fitToSums.ts';
import { equalMassBins } from '../../../src/loss/sums/summedBins.ts';
import type { Work } from '../../../src/loss/work.ts';
import { readText } from '../../../src/readers/readText.ts';
import { joinedSums } from '../../../src/readers/statistics/sumsPart.ts';
import { Unreadable } from '../../../src/readers/text/cursor.ts';
import { placeOf, summedVector } from '../../fixtures/summedRows.ts';
import { checkProblem } from '../properties.ts';
import { encode, expectThat, type FuzzTarget } from '../target.ts';

const CLASSES = 3;
const WHOLE = summedVector(
  [
    [1, 2, 0.5],
    [0, 0, 3],
    [-2, 4, 1],
  ],
  [1, 2, 0],
);
/** A place in the vector, and the number that is put there: so many bytes. */
const EDIT = 12;
const NAMES = [
  'class_rows',
  'class_nll',
  'class_cost',
  'bin_rows',
  'bin_right',
  'cell_rows',
  'grid_nll',
  'brier',
  'rows',
];

/** Sums with other numbers in them: refused, or of logits that some rows may have. As a text: a result or a problem. */
export const sumsTarget: FuzzTarget = {
  name: 'sums',
  samples: [
    ...NAMES.map((name) => edit(placeOf(name, CLASSES), 2)),
    edit(0, Number.NaN),
    edit(placeOf('grid_slope', CLASSES), Number.POSITIVE_INFINITY),
    encode(
      '{"loss_sums": {"vector": "float64:AAAAAAAA8D8="}, "ignore_index": -100, "sample_logits": [[1, 2]]}',
    ),
    encode('{"row_statistics": {"shape": [1, 3], "lse": "float64:AAAAAAAA8D8="}}'),
  ],
  tokens: [
    '{"loss_sums": {"vector": "',
    'float64:',
    '"sample_logits": [[1, 2, 3]]',
    '"sample_targets": [1]',
    'NaN',
  ],
  *run(bytes): Work<string> {
    const read = yield* readText(bytes);
    if (read.ok) expectThat(!read.value.sums, () => 'Sums of a few bytes');
    else checkProblem(read.problem, bytes.length);
    return yesOrNo(edited(bytes));
  },
};

function edited(bytes: Uint8Array): Float64Array {
  const vector = WHOLE.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + EDIT <= bytes.length; at += EDIT)
    vector[view.getUint32(at) % vector.length] = view.getFloat64(at + 4);
  return vector;
}

function edit(place: number, value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(EDIT));
  view.setUint32(0, place);
  view.setFloat64(4, value);
  return new Uint8Array(view.buffer);
}

function yesOrNo(vector: Float64Array): string {
  try {
    const { sums } = joinedSums([{ vector, start: 0, values: new Float32Array(0), target: null }]);
    const { hard, uniform, share, counted } = totalsOfSums(sums, DEFAULT_SPEC);
    const isUnknown = sums.bins.rows.reduce((sum, rows) => sum + rows, 0) < counted;
    expectThat(isUnknown || (hard >= 0 && uniform >= 0), () => `A loss of ${hard} and ${uniform}`);
    expectThat(Number.isSafeInteger(share) && share <= sums.rows, () => `${share} of ${sums.rows} rows`);
    const { bins, expectedWithin } = equalMassBins(sums, 7);
    expectThat(bins.length === 7 && expectedWithin >= 0, () => `ECE within ${expectedWithin}`);
    const fit = fitToSums(sums);
    if (fit.found === 'temperature')
      expectThat(
        fit.temperature.value > 0.24 && fit.temperature.value < 8.1,
        () => `T = ${fit.temperature.value}`,
      );
    return 'sums';
  } catch (error) {
    if (error instanceof Unreadable) return error.problem.reason;
    throw error;
  }
}
