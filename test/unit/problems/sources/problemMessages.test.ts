import { describe, expect, it } from 'vitest';
import { describeArgument } from '../../../../src/answers/argumentMessages.ts';
import { describeLossProblem } from '../../../../src/problems/losses/lossMessages.ts';
import { shortenedText } from '../../../../src/problems/losses/shortened.ts';
import { describeProblem } from '../../../../src/problems/sources/problemMessages.ts';
import type { SourceProblem } from '../../../../src/problems/sources/sourceProblem.ts';
import type { ReadProblem } from '../../../../src/readers/readProblem.ts';

type Facts<P> = P extends unknown ? Omit<P, 'offset'> : never;

const at = (line: number | null, facts: Facts<ReadProblem>): SourceProblem =>
  ({ offset: 0, place: line === null ? null : { line, character: 0 }, ...facts }) as SourceProblem;

describe('why a source can’t be read', () => {
  it.each<[Facts<ReadProblem>, string]>([
    [{ reason: 'syntax', expected: 'colon', found: '=' }, 'Line 3: expected a colon, found “=”.'],
    [
      { reason: 'columns', limit: 100_000 },
      'Line 3 has more than 100,000 fields, the most a table can have. Save the logits as a .npy file instead.',
    ],
    [
      { reason: 'bad-setting', key: 'reduction', found: '"max"', expected: 'reduction' },
      'Line 3: “reduction” is "max"; expected “mean”, “sum” or “none”.',
    ],
    [
      { reason: 'ragged', row: 1, found: 50_257, expected: 50_000 },
      'Line 3: row 1 has 50,257 logits, but row 0 has 50,000.',
    ],
    [
      { reason: 'ragged', row: 1000, found: 9, expected: 10 },
      'Line 3: row 1000 has 9 logits, but rows 0–999 have 10.',
    ],
    [
      { reason: 'target-count', found: 9_999, expected: 10_000 },
      'There are 9,999 targets for 10,000 rows (line 3).',
    ],
    [
      { reason: 'target-shape', found: [10_000], shape: [60_000, 10] },
      'The targets have shape (10000), which doesn’t match logits of shape (60000, 10) (line 3).',
    ],
    [
      {
        reason: 'several',
        candidates: [
          { name: 'train', shape: [2, 3], role: 'logits' },
          { name: 'test', shape: [2, 3], role: 'logits' },
        ],
      },
      'There are several arrays: “train”, “test”. Choose one.',
    ],
  ])('%o: %s', (facts, sentence) => expect(describeProblem(at(2, facts))).toBe(sentence));

  it.each<[Facts<ReadProblem>, string]>([
    [{ reason: 'no-classes' }, 'The rows are empty: there are no classes.'],
    [
      { reason: 'file-size', found: 1_000_000, expected: 24_000_128 },
      'The file has 1,000,000 bytes, but its header declares 24,000,128: it’s truncated or damaged. Save it again.',
    ],
    [
      { reason: 'inflates', name: 'logits', bytes: 1_200_000, expected: 4_800_000_000 },
      'The array “logits” takes 1.2 MB in the file and 4,800 MB decompressed. It’s read only if you agree.',
    ],
    [
      { reason: 'array-type', kind: 'other', found: '<U3' },
      'The array’s type is “<U3”, but logits are real numbers. Save them as float32.',
    ],
    [{ reason: 'not-a-file', found: 'folder' }, 'This is a folder, not a file.'],
  ])('without lines, %o: %s', (facts, sentence) => expect(describeProblem(at(null, facts))).toBe(sentence));

  it('in the source of the targets', () =>
    expect(describeProblem({ reason: 'gone', message: 'Its cell is gone.', of: 'targets' })).toBe(
      'Targets: Its cell is gone.',
    ));
});

describe('why a loss can’t be computed', () => {
  it('says how many there are', () => {
    expect(
      describeLossProblem({ reason: 'size', argument: 'logits', found: 50_000, shape: [60_000, 10] }),
    ).toBe('logits: expected as many values as shape (60000, 10) holds, found 50,000');
    const problem = { reason: 'length', path: [3, 0], found: 1, expected: 60_000 } as const;
    expect(describeArgument({ argument: 'logits', problem })).toBe(
      'logits: at [3][0]: expected 60,000 values, found 1',
    );
  });

  it.each([
    [undefined, '2 isn’t between 0 and 1'],
    ['to', '2 is outside [0, 1)'],
    ['both', '2 is outside (0, 1)'],
  ] as const)('says what α may be, %s open', (open, words) =>
    expect(
      describeLossProblem({
        reason: 'range',
        argument: 'labelSmoothing',
        found: 2,
        range: { from: 0, to: 1, ...(open && { open }) },
        elsewhere: [{ framework: 'Keras', does: 'raises', error: 'ValueError: X', at: 'construction' }],
      }),
    ).toBe(`labelSmoothing: ${words}; Keras raises ValueError when it’s constructed`),
  );

  it('repeats the start of what it was given', () => {
    expect(shortenedText('x'.repeat(61))).toBe('x'.repeat(61));
    expect(shortenedText('x'.repeat(62))).toBe(`${'x'.repeat(60)}…`);
  });
});
