import { type ArrayNode, parse } from '@humanwhocodes/momoa';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, problemOf } from './read.ts';

const inRow = (value: string) => `[${value}, -1]`;

describe('RFC 8259', () => {
  it.each([
    '0',
    '-0',
    '1',
    '-1',
    '0.5',
    '1e5',
    '1E+5',
    '1e-5',
    '-1.25e-3',
    '123456789012345678901234567890',
    '1e400',
  ])('a number is %s', (text) => expect(batchOf(inRow(text)).values[0]).toBe(Math.fround(JSON.parse(text))));

  it.each([
    '01',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '-',
    '--1',
    '0x10',
    '1_000',
    '1,,2',
    "'1'",
    'Nan',
    'infinity',
    '1 2',
    '[1',
    '1]',
  ])('a row is not [%s, -1]', (text) => expect(problemOf(inRow(text))).toBeDefined());

  it.each([
    ['"\\u00e9"', 'é'],
    ['"\\ud83d\\ude00"', '😀'],
    ['"a\\"b\\\\c\\/\\n"', 'a"b\\c/\n'],
    ['"日本"', '日本'],
  ])('a string is %s', (text, expected) => {
    expect(batchOf(`{"logits": [1, 2], "class_names": [${text}, "x"]}`).classNames).toEqual([expected, 'x']);
  });

  it.each(['"\\x"', '"a\nb"', '"\\u12"', '"open'])('a string is not %s', (text) => {
    expect(problemOf(`{"logits": [1, 2], "class_names": [${text}, "x"]}`)).toBeDefined();
  });

  it('other members may be anything', () => {
    const text = '{"meta": {"a": [1, "b", null, true, {"c": []}], "": {}}, "logits": [1, 2]}';
    expect([...batchOf(text).values]).toEqual([1, 2]);
  });
});

const rows = fc.integer({ min: 2, max: 6 }).chain((k) =>
  fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: k, maxLength: k }), {
    minLength: 1,
    maxLength: 8,
  }),
);

describe('the same as', () => {
  it('JSON.parse, for the values', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0, 1, 2, '\t'), (expected, indent) => {
        const text = JSON.stringify(expected, null, indent);
        const found = batchOf(text);
        expect(found.shape).toEqual([expected.length, expected[0]!.length]);
        expect([...found.values]).toEqual((JSON.parse(text) as number[][]).flat().map(Math.fround));
      }),
    );
  });

  it('momoa, for the places', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0, 1, 3), (expected, indent) => {
        const text = JSON.stringify({ é: '😀', logits: expected }, null, indent);
        const start =
          new TextEncoder().encode(text.slice(0, text.indexOf('"logits"'))).length - text.indexOf('"logits"');
        const document = parse(text, { ranges: true });
        const logits =
          document.body.type === 'Object' ? (document.body.members[1]!.value as ArrayNode) : undefined;
        const places = logits!.elements.flatMap(({ value }) => value.range!.map((offset) => offset + start));
        expect([...batchOf(text).spans]).toEqual(places);
      }),
    );
  });
});
