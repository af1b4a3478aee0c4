import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../../../../src/readers/roles/namedArray.ts';
import { chooseScores } from '../../../../src/readers/roles/scores/chooseScores.ts';
import { arraysOf, pickleBytes } from './pickleFiles.ts';

describe('a pickle of something else than arrays says what it is:', () => {
  it.each([
    [
      'training_args.bin',
      { reason: 'training-arguments', key: 'label_smoothing_factor', labelSmoothing: 0.1 },
    ],
  ])('%s', (name, problem) => {
    const read = arraysOf(pickleBytes(name));
    const own = read.ok
      ? read.value.map(({ content }) => (content.kind === 'flawed' ? content.problem : content))
      : [read.problem];
    expect(own).toEqual([expect.objectContaining(problem)]);
  });
});

it('truth values that are asked for as logits are refused for their type, not as if they weren’t there', () => {
  const read = arraysOf(pickleBytes('dtype-bool.pt'));
  if (!read.ok) return expect.unreachable(read.problem.reason);
  const [{ name }] = read.value as [NamedArray];
  expect(chooseScores(read.value, name)).toMatchObject({ problem: { reason: 'array-type', found: 'bool' } });
});
