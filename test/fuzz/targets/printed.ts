import { Compute } from '../../../src/engine/measure/compute.ts';
import { TextOrigin } from '../../../src/engine/origins/textOrigin.ts';
import type { Work } from '../../../src/loss/work.ts';
import { readArrays } from '../../../src/readers/json/readJson.ts';
import { printedIn } from '../../../src/readers/readText.ts';
import { allocateOwn } from '../../../src/readers/text/growable.ts';
import {
  checkBatch,
  checkOutcome,
  checkPlacedProblem,
  checkRange,
  linesOf,
  outcomeOf,
} from '../properties.ts';
import { decode, encode, expectThat, type FuzzTarget } from '../target.ts';
import { printedSamples } from './samples.ts';

const compute = new Compute(undefined);
const START = { line: 0, character: 0 };
/** Tensors of a text that are opened by their names. */
const OPENED = 3;

/** Tensors in a text: where it says they are, under names of their own, no larger than what stands there; each can be opened by its name. */
export function* readEveryWay(bytes: Uint8Array): Work<string> {
  for (const tensor of yield* printedIn(bytes)) {
    const { start, end, rounding, shape } = tensor;
    expectThat(start >= 0 && start < end && end <= bytes.length, () => `A tensor at ${start}–${end}`);
    expectThat(Number.isFinite(rounding) && rounding >= 0, () => `Rounded by ${rounding}`);
    expectThat(shape.every(Number.isSafeInteger), () => `Shape ${shape}`);
    const extent = { start, end, room: allocateOwn, isPlaced: false };
    checkOutcome(yield* readArrays([tensor], {}, extent), bytes.length, (end - start + 1) / 2);
  }
  const lines = linesOf(decode(bytes));
  const origin = new TextOrigin(bytes, { origin: START }, compute);
  const listed = yield* origin.listMembers();
  if (!listed.ok) {
    checkPlacedProblem(listed.problem, bytes.length, lines);
    return outcomeOf(listed);
  }
  for (const { range } of listed.value) if (range) checkRange(range, lines);
  for (const { name } of listed.value.slice(0, OPENED)) {
    const one = new TextOrigin(bytes, { origin: START, member: name }, compute);
    const read = yield* one.read(undefined);
    if (!read.ok) checkPlacedProblem(read.problem, bytes.length, lines);
    else {
      const { batch, source } = read.value;
      const length = 'values' in source ? source.values.length : Number.NaN;
      checkBatch(batch, length, bytes.length, (bytes.length + 1) / 2);
      checkRange(one.range(batch), lines);
      checkRange(one.rangeOfRow(batch, 0), lines);
    }
  }
  return `${Math.min(listed.value.length, OPENED)} tensors`;
}

export const printedTarget: FuzzTarget = {
  name: 'printed tensors',
  samples: ['torch', 'numpy', 'pandas', 'summarised'].flatMap(printedSamples),
  tokens: [
    ...'[ ] ( ) , . - ... 1 1. .5 1e5 nan inf -inf e \n \r\n \t tensor( array( Array( tf.Tensor( torch.Size( shape='.split(
      ' ',
    ),
    ...'dtype=float32 dtype=torch.int64 device="cuda:0" grad_fn=<A> requires_grad=True) ], ]) np.float32(1.5)'.split(
      ' ',
    ),
    ...'😀 \\ # * 1.0e+03* x= print( Name: Length: True False .. 0.1 -2.5 Parameter logits: >>> In'.split(
      ' ',
    ),
    ' ',
    '  ',
    '\u001b[1m',
    '\u001b[0m',
    '\u001b]8;;http://a\u0007',
    'dtype: float64',
    'Name: a, dtype: int64\n',
    '     a    b\n0  1.5  2.5\n',
    'Parameter containing:\n',
    "<tf.Variable 'a' shape=(2,) dtype=float32, numpy=array([1., 2.], dtype=float32)>",
    '9'.repeat(400),
  ],
  run: readEveryWay,
};

const HTML = [
  '<table border="1" class="dataframe">\n<thead>\n<tr style="text-align: right;">\n<th></th>\n<th>cat</th>\n<th>dog</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th>0</th>\n<td>1.5</td>\n<td>2.5</td>\n</tr>\n<tr>\n<th>1</th>\n<td>-3.5</td>\n<td>4.5</td>\n</tr>\n</tbody>\n</table>',
  '<div><table class="dataframe"><tr><th>a&amp;b</th><th>&#233;</th></tr><tr><td>1</td><td>...</td></tr></table></div>',
];

/** Frames as pandas shows them in notebooks. */
export const htmlTarget: FuzzTarget = {
  name: 'frames of HTML',
  samples: [...HTML.map(encode), ...printedSamples('pandas').filter((text) => decode(text).includes('<'))],
  tokens: [
    ...'<table> </table> <tr> </tr> <td> </td> <th> </th> < > & ; &lt; &#65; &#x110000; &#999999; 1.5 -2 nan ... <td'.split(
      ' ',
    ),
    '<table class="dataframe">',
    '<!-- ',
    '\n',
    'label',
    '<tr><td>1.5</td><td>2.5</td></tr>',
  ],
  run: readEveryWay,
};
