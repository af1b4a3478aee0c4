import { describe, expect, it } from 'vitest';
import { fromSnappy } from '../../../../src/readers/columnar/compression/snappyBlock.ts';

const ascii = (text: string) => Array.from(text, (each) => each.charCodeAt(0));
const read = (bytes: readonly number[], size: number) =>
  new TextDecoder().decode(fromSnappy(Uint8Array.from(bytes), size));
const [WIKI, LONG] = ['Wikipedia', 'x'.repeat(70)];

describe('Snappy, as its format says:', () => {
  it.each([
    ['a literal', [9, 8 << 2, ...ascii(WIKI)], WIKI],
    ['a literal whose length is behind the tag', [70, 60 << 2, 69, ...ascii(LONG)], LONG],
    ['the same in four bytes', [70, 63 << 2, 69, 0, 0, 0, ...ascii(LONG)], LONG],
    ['a copy from near', [8, 3 << 2, ...ascii('abcd'), 1, 4], 'abcdabcd'],
    ['a copy of what is being copied', [12, 1 << 2, ...ascii('ab'), (9 << 2) | 2, 2, 0], 'abababababab'],
    ['a copy from afar', [8, 3 << 2, ...ascii('abcd'), (3 << 2) | 3, 4, 0, 0, 0], 'abcdabcd'],
    ['nothing', [0], ''],
  ])('%s', (_, bytes, text) => {
    expect(read(bytes, text.length)).toBe(text);
  });

  it.each([
    // Read as a signed number, this literal would end before it begins, again and again.
    ['a literal of 2³² − 4 bytes', [9, 63 << 2, 0xfb, 0xff, 0xff, 0xff, ...ascii(WIKI)], 9],
    ['a literal beyond the end', [9, 9 << 2, ...ascii(WIKI)], 9],
    ['a copy of nothing', [8, 3 << 2, ...ascii('abcd'), 1, 0], 8],
    ['a copy from before the start', [8, 3 << 2, ...ascii('abcd'), 1, 5], 8],
    ['more than it says', [8, 3 << 2, ...ascii('abcd'), 1, 4, 1, 4], 8],
    ['less than it says', [9, 3 << 2, ...ascii('abcd'), 1, 4], 9],
    ['another size', [9, 8 << 2, ...ascii(WIKI)], 10],
    ['a size without an end', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 9],
    ['nothing at all', [], 0],
  ])('%s is damaged', (_, bytes, size) => {
    expect(() => read(bytes, size)).toThrow(
      expect.objectContaining({ problem: { reason: 'damaged', offset: 0 } }),
    );
  });
});
