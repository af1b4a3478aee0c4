import { hasTensorHint, isDataFrame } from '../../../src/answers/notebook/tensorHint.ts';
import { printedName } from '../../../src/host/notebook/fullPrint.ts';
import { printedIn } from '../../../src/readers/readText.ts';
import { decode, encode, expectThat, type FuzzTarget } from '../target.ts';
import { htmlTarget, printedTarget } from './printed.ts';

/** More of an output than this isn't looked at. */
const LOOKED_AT = 64 * 1024;

/** What is asked of the output of a cell before anything is read: it may be wrong about what looks like a tensor, but overlooks none. */
export const notebookTarget: FuzzTarget = {
  name: 'notebook outputs',
  samples: [
    ...printedTarget.samples,
    ...htmlTarget.samples,
    ...['x = 1\nx', 'print(a, b)\ndisplay(c);', 'logits.softmax(-1)'].map(encode),
  ],
  tokens: [...printedTarget.tokens, ...htmlTarget.tokens, 'print(', 'display('],
  *run(bytes) {
    isDataFrame(bytes);
    const name = printedName(decode(bytes));
    expectThat(name === undefined || /^[\w.]+$/.test(name), () => `The name ${name}`);
    const hint = hasTensorHint(bytes);
    // Tables that aren't pandas' are left alone: notebooks are full of them.
    if (hint || bytes.length > LOOKED_AT || /<table/i.test(decode(bytes))) return 'a hint';
    // A number at the end of each line may be anything.
    const tensors = (yield* printedIn(bytes)).filter(
      ({ content, isColumn, printer, shape }) =>
        content.kind === 'numbers' &&
        shape.length > 0 &&
        !isColumn &&
        !(printer === 'pandas' && shape.length === 1),
    );
    expectThat(tensors.length === 0, () => `No hint of ${tensors.length} tensors`);
    return 'no hint';
  },
};
