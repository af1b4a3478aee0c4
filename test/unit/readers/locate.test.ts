import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/loss/work.ts';
import { readText } from '../../../src/readers/readText.ts';
import { offsetAt, TextPlaces } from '../../../src/readers/text/textPlaces.ts';

const encoder = new TextEncoder();

/** Reads around the "|" in a text; returns the text of what was read, or the reason it wasn't. */
function around(marked: string): string {
  const text = marked.replace('|', '');
  const bytes = encoder.encode(text);
  const cursor = encoder.encode(marked.slice(0, marked.indexOf('|'))).length;
  const read = finish(readText(bytes, { offset: cursor }));
  return read.ok
    ? new TextDecoder().decode(bytes.subarray(read.value.start, read.value.end))
    : read.problem.reason;
}

describe('around the cursor', () => {
  it.each([
    ['the whole document, if it is logits', '[[1, 2], [3, |4]]', '[[1, 2], [3, 4]]'],
    [
      'the outermost value that is, inside others',
      '{"a": {"logits": [1, 2]}, "b": [{"logits": [3, |4]}]}',
      '[{"logits": [3, 4]}]',
    ],
    [
      'a list in Python',
      'x = torch.tensor([[1.0, 2.0],\n  [3.0, |4.0]])  # it\'s a "test',
      'torch.tensor([[1.0, 2.0],\n  [3.0, 4.0]])',
    ],
    ['a list in Markdown', '# Logits 😀\n\n```\n[-1, |2]\n```\n', '[-1, 2]'],
    ['nothing without asking, whose name doesn’t say scores', '{"anchors": [[10.5, |13.2]]}', 'several'],
    ['nothing without asking, whose name says a setting', 'weights = torch.tensor([0.2, |0.8])', 'several'],
    [
      'nothing in a confusion matrix without asking',
      'array([[50,  2,  1],\n       [ 3, |45,  2],\n       [ 0,  4, 46]])',
      'several',
    ],
    [
      'nothing of a cell of a table',
      'label  probability\n-----  --------------------\n0      (3,[0,2],[0.9,|0.1])\n1      [0.1,0.8,0.1]\n',
      'no-logits',
    ],
    ['nothing of a shape', 'torch.Size([32, |10])', 'no-logits'],
    ['nothing outside of brackets', 'x = [1, 2]\n|y = 3', 'no-logits'],
    ['nothing in brackets in a string', '{"a": "[1, |2]"}', 'no-logits'],
    [
      'the problem of logits that are wrong',
      '{"a": {"logits": [[1, 2], [|3]]}, "b": {"logits": [1, 2]}}',
      'ragged',
    ],
  ])('%s', (_, marked, expected) => expect(around(marked)).toBe(expected));
});

describe('places in a text', () => {
  const text = 'a\r\nbé😀c\rd\n\n[1]';
  it.each([
    ['a', 0, 0],
    ['b', 1, 0],
    ['é', 1, 1],
    ['😀', 1, 2],
    ['c', 1, 4],
    ['d', 2, 0],
    ['[', 4, 0],
  ])('%s is on line %i, character %i', (character, line, column) => {
    const bytes = encoder.encode(text);
    const offset = encoder.encode(text.slice(0, text.indexOf(character))).length;
    expect(new TextPlaces(bytes).at(offset)).toEqual({ line, character: column });
    expect(offsetAt(bytes, { line, character: column })).toBe(offset);
  });

  it('come back from offsets, in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', '日') }),
        fc.nat(),
        (any, at) => {
          const bytes = encoder.encode(any);
          const units = [...any];
          const offset = encoder.encode(units.slice(0, at % (units.length + 1)).join('')).length;
          fc.pre(!(bytes[offset - 1] === 0x0d && bytes[offset] === 0x0a));
          expect(offsetAt(bytes, new TextPlaces(bytes).at(offset))).toBe(offset);
        },
      ),
    );
  });

  it('are the same wherever the bytes are in memory, in runs of ASCII and beside others', () => {
    const unit = fc.constantFrom(
      'abcdefg',
      '0.125, ',
      '\t',
      '\r',
      '\n',
      '\r\n',
      '\x0e',
      '\x7f',
      'é',
      '😀',
      '日',
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.nat(5), fc.nat(), (units, shift, at) => {
        const text = units.join('');
        const before = units.slice(0, at % (units.length + 1)).join('');
        fc.pre(!(before.endsWith('\r') && text[before.length] === '\n'));
        const bytes = new Uint8Array(shift + encoder.encode(text).length).subarray(shift);
        bytes.set(encoder.encode(text));
        const lines = before.split(/\r\n|\r|\n/);
        const expected = { line: lines.length - 1, character: lines.at(-1)!.length };
        expect(new TextPlaces(bytes).at(encoder.encode(before).length)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['half of a character', [0xf0, 0x9f, 0x98], 1],
    ['a byte that is none', [0xff], 1],
    ['what follows no character', [0x80, 0x80], 2],
    ['half of a pair', [0xed, 0xa0, 0x80], 3],
    ['a character that is too long', [0xc0, 0xaf], 2],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 4],
    ['a character cut by another', [0xe6, 0x97, 0x41], 2],
  ])('count %s as it’s shown', (_, wrong, characters) => {
    const bytes = Uint8Array.of(0x61, ...wrong, 0x62);
    expect(new TextDecoder().decode(bytes).length).toBe(2 + characters);
    expect(new TextPlaces(bytes).at(bytes.length)).toEqual({ line: 0, character: 2 + characters });
  });

  it('are found among many', () => {
    const bytes = encoder.encode('😀é\r\nab\r日'.repeat(1000));
    const places = new TextPlaces(bytes);
    for (let offset = bytes.length; offset >= 0; offset -= 7)
      expect(places.at(offset)).toEqual(new TextPlaces(bytes.subarray(0, offset + 1)).at(offset));
  });
});
