import { describe, expect, it } from 'vitest';
import { clipped, clippedCode } from '../../../src/words/clipped.ts';
import { quoted, quotedList } from '../../../src/words/quoted.ts';
import { type Sentences, sentenceFrom } from '../../../src/words/sentences.ts';

describe('a long text', () => {
  it('is as long as there’s room for, with its ellipsis', () => {
    expect(clipped('smoothing', 9)).toBe('smoothing');
    expect(clipped('smoothing', 8)).toBe('smoothi…');
    expect(clipped('', 1)).toBe('');
  });

  it('ends with no half of a pair', () => {
    expect(clipped('ab😀cd', 4)).toBe('ab…');
    expect(clipped('ab😀cd', 5)).toBe('ab😀…');
    expect(clipped('ab😀', 4)).toBe('ab😀');
  });

  it('of code is on one line', () => {
    expect(clippedCode('f(\n  a,\n\tb\n)', 80)).toBe('f( a, b )');
    expect(clippedCode('f(\n  a,\n\tb\n)', 6)).toBe('f( a,…');
  });
});

it('texts of others are in quotes', () => {
  expect(quoted('train')).toBe('“train”');
  expect(quotedList(['train', 'test'])).toBe('“train”, “test”');
  expect(quotedList([])).toBe('');
});

describe('a table of sentences', () => {
  type Problem = { readonly reason: 'empty' } | { readonly reason: 'long'; readonly found: number };

  const table: Sentences<'reason', Problem, [line: number]> = {
    empty: (_, line) => `nothing on line ${line}`,
    long: ({ found }, line) => `${found} letters on line ${line}`,
  };

  it('has one for each reason, with what is known', () => {
    expect(sentenceFrom(table, 'reason', { reason: 'empty' }, 3)).toBe('nothing on line 3');
    const long: Problem = { reason: 'long', found: 90 };
    expect(sentenceFrom(table, 'reason', long, 4)).toBe('90 letters on line 4');
  });

  it('doesn’t compile without one of them', () => {
    // @ts-expect-error `long` has no sentence.
    const missing: Sentences<'reason', Problem> = { empty: () => '' };
    // @ts-expect-error `short` is no reason.
    const unknown: Partial<Sentences<'reason', Problem>> = { short: () => '' };
    expect([Object.keys(missing), Object.keys(unknown)]).toEqual([['empty'], ['short']]);
  });
});
