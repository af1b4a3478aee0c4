import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { batchOf, bytesOf } from '../printed/read.ts';

const MATRIX = 'logits =\n\n   2.1  -0.3   0.5\n   0.1   1.2  -0.7\n\n';
const TWO = 'logits =\n\n   2.1  -0.3\n   0.1   1.2\n\n';
const R = '> logits\n     [,1] [,2] [,3]\n[1,]  0.1  2.2  0.7\n[2,]  0.3  1.2  0.1\n> labels\n';

const problemIn = (text: string) => {
  const read = finish(readText(bytesOf(text)));
  return read.ok ? undefined : read.problem;
};

describe('what class indices count from', () => {
  it.each([
    ['1 in MATLAB', `${MATRIX}labels =\n\n     2\n     1\n`, [1, 0]],
    ['0, of truth values', `${TWO}labels =\n\n  2×1 logical array\n\n   1\n   1\n`, [1, 1]],
    [
      '0, of Julia’s bits',
      `${TWO}labels = 2-element BitVector:\n 1\n 1\n`.replace('labels = 2', 'julia> labels\n2'),
      [1, 1],
    ],
    ['0, if a category is 0', `${MATRIX}labels =\n\n  2×1 categorical array\n\n     2 \n     0 \n`, [2, 0]],
    ['1 in R', `${R}[1] 2 1\n`, [1, 0]],
    ['what the levels of a factor do', `${R}[1] 2 1\nLevels: 0 1 2\n`, [2, 1]],
    ['what ordered levels do', `${R}[1] 2 1\nLevels: 1 < 2 < 3\n`, [1, 0]],
    ['what names from 1 do', `${R.replace('[,1] [,2] [,3]', '   1    2    3')}[1] 2 1\n`, [1, 0]],
  ])('is %s', (_, text, indices) => {
    expect(batchOf(text).targets).toEqual({ kind: 'indices', values: Int32Array.from(indices) });
  });

  it.each([
    ['categories without a 0', `${MATRIX}labels =\n\n  2×1 categorical array\n\n     2 \n     1 \n`],
    ['other levels', `${R}[1] 2 3\nLevels: 2 3 5\n`],
  ])('isn’t known of %s', (_, text) => {
    expect(problemIn(text)).toMatchObject({ reason: 'target-name' });
  });
});

describe('a matrix of MATLAB', () => {
  it('is in percent if its rows sum to 100, as exactly as its factor lets them', () => {
    const { kind, values } = batchOf('p =\n\n   1.0e+02 *\n\n   0.3333  0.3333  0.3333\n   1.0000  0  0\n');
    expect(kind).toBe('probabilities');
    expect([...values].slice(0, 1)).toEqual([Math.fround(Math.fround(0.3333 * 100) / 100)]);
  });

  it('is truncated if columns in the middle are missing', () => {
    const text =
      'logits =\n\n  Columns 1 through 2\n\n  1.5 2.5\n  0.5 3\n\n  Columns 5 through 6\n\n  1 2\n  3 4\n';
    expect(problemIn(text)).toMatchObject({ reason: 'truncated' });
  });
});
