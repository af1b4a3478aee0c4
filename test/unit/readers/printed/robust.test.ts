import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { printedIn, readText } from '../../../../src/readers/readText.ts';
import { bytesOf, reference } from './read.ts';

const TEXTS = ['torch', 'numpy', 'pandas', 'summarised'].flatMap((name) =>
  reference<{ text: string }>(name).map(({ text }) => text),
);
const SHORT = TEXTS.filter(({ length }) => length < 700);

/** Finds and reads; places must be inside of the text, and what was read no larger than it. */
function check(bytes: Uint8Array): void {
  for (const { start, end, content } of finish(printedIn(bytes))) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(bytes.length);
    if (content.kind === 'flawed') expect(content.problem.offset).toBeLessThanOrEqual(bytes.length);
    else if (content.kind === 'numbers')
      expect(2 * content.values.length).toBeLessThanOrEqual(bytes.length + 1);
  }
  const read = finish(readText(bytes));
  if (!read.ok) expect(read.problem.offset).toBeLessThanOrEqual(bytes.length);
  else expect(2 * read.value.values.length).toBeLessThanOrEqual(bytes.length + 1);
}

describe('nothing throws or hangs', () => {
  it('for a text that ends too early, at any place', () => {
    for (const text of SHORT.map(bytesOf))
      for (let length = 0; length < text.length; length++) check(text.subarray(0, length));
  });

  it('for a text with some bytes changed', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.constantFrom(...SHORT), changes, (text, list) => {
        const bytes = bytesOf(text);
        for (const [at, byte] of list) bytes[at % bytes.length] = byte;
        check(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('for a text made of parts of others', () => {
    const part = fc
      .tuple(fc.constantFrom(...TEXTS), fc.nat(), fc.nat({ max: 400 }))
      .map(([text, from, length]) => text.slice(from % text.length, (from % text.length) + length));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => check(bytesOf(parts.join('')))),
      { numRuns: 500 },
    );
  });

  it('for any bytes, and any words of the language', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), check));
    const token = fc.constantFrom(
      ...'[ ] ( ) , . - ... 1 1. .5 nan inf e \n tensor( array( dtype=float32 shape= <table> <tr> <td> <th> </table> \u001b[1m \u001b]8;; 😀 \\ # * 1e+03 x=x Name: dtype:'.split(
        ' ',
      ),
      ' ',
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 60 }), (tokens) => check(bytesOf(tokens.join('')))),
      { numRuns: 1000 },
    );
  });
});
