import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import {
  commentBlocks,
  maskComments,
  withoutLineMarks,
  withoutMarks,
} from '../../../../src/readers/printed/lineMarks.ts';
import { bytesOf } from './read.ts';

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const unmarked = (text: string) => decode(finish(withoutMarks(bytesOf(text), bytesOf(text).length)));

function uncommented(text: string): string {
  const bytes = bytesOf(text);
  for (const block of finish(commentBlocks(bytes, bytes.length))) maskComments(bytes, block);
  return decode(bytes);
}

describe('marks at the heads of lines', () => {
  it.each([
    ['>>> x = [1,\n...      2]', '    x = [1,\n         2]'],
    ['> a\n> b', '  a\n  b'],
    ['> > a\n> > b', '    a\n    b'],
    ['In [3]: x\n   ...: y', '        x\n        y'],
    ['E   a\nE   b', '    a\n    b'],
    ['/*\n * a\n * b\n */', '/*\n   a\n   b\n */'],
    [
      '2024-05-01 10:00:00,123 INFO a\n2024-05-01 10:00:01,123 INFO b',
      '                             a\n                             b',
    ],
  ])('become spaces, so that places stay: %j', (text, plain) => expect(unmarked(text)).toBe(plain));

  it.each([
    '> a\nb',
    '>>> a\nb\n>>> c',
    'x = [\n* 2\n]',
    '2024-05-01 10:00:00 a\nb',
    'a > b\nc > d',
    '*a\n',
    '> é',
  ])('stay on a line of their own: %j', (text) => expect(unmarked(text)).toBe(text));

  it.each([
    ['# a\n#  b', '  a\n   b'],
    ['#> a', '   a'],
    ['  // a\n  //  b', '     a\n      b'],
    ['x = 1  # a\n       # b\ny = 2', 'x = 1  # a\n         b\ny = 2'],
  ])('of comments become spaces: %j', (text, plain) => expect(uncommented(text)).toBe(plain));

  it('of a line, one within the other', () => {
    expect(withoutLineMarks('# > >>> logits')).toBe('logits');
    expect(withoutLineMarks('logits')).toBe('logits');
  });

  it('of code don’t make a comment of what stands before them', () => {
    const text = 'x = [1.5] # [2.5,\n# 3.5]\n';
    const [block] = finish(commentBlocks(bytesOf(text), text.length));
    expect(text.slice(block!.start, block!.end)).toBe(' [2.5,\n# 3.5]\n');
  });
});
