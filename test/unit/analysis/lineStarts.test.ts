import { expect, it } from 'vitest';
import { lineAt, lineStartsOf } from '../../../src/analysis/lineStarts.ts';

const starts = (text: string) => Array.from(lineStartsOf(text));

it('lines begin where VS Code’s do', () => {
  expect(starts('')).toEqual([0]);
  expect(starts('a\nb\r\nc\rd\n\n')).toEqual([0, 2, 5, 7, 9, 10]);
  expect(starts('\r\r\n\r')).toEqual([0, 1, 3, 4]);
  // Python and YAML count more of these than VS Code.
  expect(starts('a\u2028b\u0085c\vd\fe')).toEqual([0]);
});

it('an offset is on the line that begins last before it', () => {
  const starts = lineStartsOf('ab\ncd\r\n\nef');
  expect(Array.from({ length: 11 }, (_, offset) => lineAt(starts, offset))).toEqual([
    0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 3,
  ]);
});
