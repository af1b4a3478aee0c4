import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonScanner } from '../../../../src/engine/kernel/jsonScanner.ts';
import { finish } from '../../../../src/loss/work.ts';
import { type ReadOptions, readJson } from '../../../../src/readers/json/readJson.ts';
import type { NumberScanner } from '../../../../src/readers/text/numberScanner.ts';
import { scannerOf } from './scanner.ts';

const encoder = new TextEncoder();

/** The sizes of scanners: a window of 64 bytes, one of 192, and the usual one. */
const TINY = 800;
const SMALL = 1400;
let scanners: JsonScanner[];
let usual: JsonScanner;

beforeAll(() => {
  usual = scannerOf();
  scanners = [scannerOf(TINY), scannerOf(SMALL), usual];
});

const read = (bytes: Uint8Array, options: ReadOptions = {}) => finish(readJson(bytes, options));

/** With each scanner what is read is what is read without one. */
function expectSame(text: string | Uint8Array, options: ReadOptions = {}): void {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const expected = bits(read(bytes, options));
  for (const scanner of scanners) expect(bits(read(bytes, { ...options, scanner }))).toEqual(expected);
}

/** The same with the bits of the logits, so that 0 isn't −0. */
function bits(outcome: ReturnType<typeof read>) {
  if (!outcome.ok) return outcome;
  const { values } = outcome.value;
  return {
    ...outcome.value,
    values: new Uint32Array(Float32Array.from(values, (x) => (Number.isNaN(x) ? Number.NaN : x)).buffer),
  };
}

/** Math.fround(Number(text)) of each, by the scanner. Padded to rows of two, of which the first is read without it. */
function expectExact(texts: readonly string[]): void {
  const rows = texts.map((text) => `[${text}, ${text}]`).join(',\n');
  const outcome = read(encoder.encode(`[[0, 0],\n${rows}]`), { scanner: usual });
  if (!outcome.ok) expect.unreachable(JSON.stringify(outcome.problem));
  const { values } = outcome.value;
  for (const [i, text] of texts.entries()) {
    const expected = Math.fround(Number(text));
    if (!Object.is(values[2 * i + 2], expected) || !Object.is(values[2 * i + 3], expected)) {
      expect.unreachable(
        `${text} was read as ${values[2 * i + 2]} and ${values[2 * i + 3]}, not ${expected}`,
      );
    }
  }
}

/** What a scanner read by itself, to see that it did read. */
function counting(scanner: NumberScanner): { readonly scanner: NumberScanner; count: number } {
  const counted = {
    count: 0,
    scanner: {
      open(bytes: Uint8Array, end: number) {
        const scan = scanner.open(bytes, end);
        const count = <T extends { readonly values: Float32Array }>(scanned: T) => {
          counted.count += scanned.values.length;
          return scanned;
        };
        return {
          numbers: (offset: number) => count(scan.numbers(offset)),
          rows: (offset: number, length: number, bare: boolean) => count(scan.rows(offset, length, bare)),
        };
      },
    },
  };
  return counted;
}

const bitsOf = new DataView(new ArrayBuffer(8));
function float32(pattern: number): number {
  bitsOf.setUint32(0, pattern);
  return bitsOf.getFloat32(0);
}
function float64(high: number, low: number): number {
  bitsOf.setUint32(0, high);
  bitsOf.setUint32(4, low);
  return bitsOf.getFloat64(0);
}

/** Repeatable, 32 bits at a time (xorshift). */
function randomWords(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe('a number is exactly Math.fround(Number(text))', () => {
  it.each([
    ['float32, shortest as float64', (word: () => number) => String(float32(word()))],
    ['float64 of any size', (word: () => number) => String(float64(word(), word()))],
    ['logits, 17 digits', (word: () => number) => String(Math.fround((word() / 2 ** 32 - 0.5) * 20))],
    ['logits, 4 decimals', (word: () => number) => ((word() / 2 ** 32 - 0.5) * 20).toFixed(4)],
    ['logits, exponents', (word: () => number) => ((word() / 2 ** 32 - 0.5) * 20).toExponential(word() % 17)],
    [
      'small numbers without exponents',
      (word: () => number) => (word() / 2 ** (32 + (word() % 24))).toFixed(word() % 40),
    ],
    ['digits of any count', (word: () => number) => digitsOf(word)],
    ['middles of two float32', (word: () => number) => middleOf(word)],
  ])('%s', (_, textOf) => {
    const word = randomWords(12345);
    const texts: string[] = [];
    while (texts.length < 300_000) {
      const text = textOf(word);
      if (/^[-\d]/.test(text) && !text.includes('I')) texts.push(text);
    }
    expectExact(texts);
  });

  it('whatever the digits', () => {
    const digits = fc.stringMatching(/^(0|[1-9]\d{0,24})(\.\d{1,30})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('', '-'), digits), { minLength: 1 }), (numbers) =>
        expectExact(numbers.map((parts) => parts.join(''))),
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    '-0',
    '-0.0',
    '-0e5',
    '0.000000000000000000000000000000000000000000000',
    '1e-45',
    '7.006492321624085e-46',
    '7.006492321624086e-46',
    '1.1754943508222875e-38',
    '1.1754942807573643e-38',
    '3.4028234663852886e38',
    '3.4028235677973366e38',
    '3.4028235677973365e38',
    '340282356779733661637539395458142568447',
    '340282356779733661637539395458142568448',
    '1e400',
    '-1e400',
    '1e-400',
    '1e0000000000000000000000000000000000001',
    '1e99999999999999999999',
    '9223372036854775807',
    '9223372036854775808',
    '18446744073709551616',
    '99999999999999999999',
    '1.00000005960464477539062',
    '1.000000059604644775390625',
    '1.00000005960464477539062500000000000000000000000000000000001',
    '16777217',
    '16777217.0',
    '16777217.000000000000001',
    '16777219',
    `0.${'0'.repeat(200)}1`,
    `1${'0'.repeat(200)}`,
    `0.${'3'.repeat(300)}`,
  ])('%s', (text) => expectExact([text]));
});

function digitsOf(word: () => number): string {
  const digits = Array.from({ length: 1 + (word() % 26) }, () => word() % 10)
    .join('')
    .replace(/^0+(?=\d)/, '');
  const point = word() % (digits.length + 1);
  const sign = word() % 2 ? '-' : '';
  return `${sign}${digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0'}.${digits.slice(point) || '0'}`;
}

/** The middle of two float32, exact or a little off, written out. */
function middleOf(word: () => number): string {
  const x = float32((word() & 0x807fffff) | ((97 + (word() % 60)) << 23));
  const middle = x + Math.sign(x) * 2 ** (Math.floor(Math.log2(Math.abs(x))) - 24);
  const exact = Math.abs(middle).toFixed(60).replace(/0+$/, '0');
  const near = Math.abs(middle * (1 + ((word() % 7) - 3) * 2 ** -52)).toPrecision(21);
  const text = word() % 2 ? exact : near;
  return word() % 3 ? text : `${text.replace(/e.*/, '')}${word()}${/e.*/.exec(text)?.[0] ?? ''}`;
}

const zeros = `0.${'0'.repeat(30)}`;

describe('with a scanner the same is read as without', () => {
  it.each([
    '[[1, 2], [3, 4]]',
    '[1.5, -2, 3e2]',
    '1.5, -2, 3e2',
    '[[1, 2],\n [3, 4],\n [5, 6]]\n',
    '[1, 2]\n[3, 4]\n[5, 6]',
    '[1, 2],[3, 4],,[5, 6]',
    '[1, 2] [3, 4] [5, 6, 7]',
    '[[1, 2], [3, 4] [5, 6]]',
    '[[1, 2], [3, 4], [5, 6, 7], [8, 9]]',
    '[[1, 2], [3, 4], [5], [8, 9]]',
    '[[1, 2], [3, 4], [], [8, 9]]',
    '[[], [3, 4]]',
    '[[1, 2], [3, 4], 5]',
    '[[], [8]][[9 x]',
    '[[1, 2], [3, 4], [[5, 6]]]',
    '[[1, 2], [3, [4]]]',
    '[[1, 2], [3, 4], [null, 5], [6, 7]]',
    '[[1, 2,], [3, 4,],]',
    '[[1, 2], /* a */ [3, /* b */ 4], // c\n [5, 6]]',
    '[[1, 2], [NaN, Infinity], [-Infinity, nan], [-inf, -NaN]]',
    '[[1, 2], [NaNs, 1]]',
    '[[1, 2], [Infinity1, 1]]',
    '[[1, 2], [+Infinity, 1]]',
    '[[1, 2], [3 4]]',
    '[[1, 2], [3, 4',
    '[[1, 2], [3, 4]',
    '[[1, 2], [3, 4]]]',
    '[[[1, 2], [3, 4]], [[5, 6], [7, 8]]]',
    '{"logits": [[1, 2], [3, 4]], "targets": [0, 1]}',
    '{"logits": [[1, 2], [3, 4]], "targets": [[0.25, 0.75], [0.125, 0.875]]}',
    '{"logits": [1, 2]}\n{"logits": [3, 4]}',
    '[[1\t,\r\n2 ] , [ 3,4 ]\n,[5 , 6]]',
    '[[1, 2], [3, 4], ["é", 6]]',
    '[[1, 2], [3,\u00014], [5, 6]]',
    '[[1, 2], [3\u0001,4], [5, 6]]',
    '[[1, 2],\u0001[3, 4], [5, 6]]',
    '[[1, 2], [3, 4],\u00a0[5, 6]]',
    ...[
      '+1',
      '.5',
      '1.',
      '01',
      '-01',
      '-',
      '--1',
      '1e',
      '1e+',
      '1.e5',
      '0x10',
      '1_0',
      '1.5.2',
      `${zeros}.0`,
      `${zeros}e1.0`,
      `-${zeros}-`,
      `${zeros}${zeros}`,
      '1'.repeat(70),
      '1f',
      '\u0000',
      '1\u0000',
    ].map((wrong) => `[[1, 2], [3, 4], [${wrong}, 5], [6, 7]]`),
  ])('%s', (text) => {
    expectSame(text);
    for (let length = 0; length < text.length; length++) expectSame(text.slice(0, length));
  });

  it('for zeros without an end', () =>
    expectSame(`[[1, 2], [3, 4], [5, ${zeros}.${'0'.repeat(5000)}], [6, 7]]`));

  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.integer().map(String),
    fc.constantFrom('NaN', '-Infinity', 'Infinity', '-inf', '-0', '1e400'),
    fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,30})?([eE][+-]?\d{1,3})?$/),
  );
  const space = fc.constantFrom('', '', ' ', ' ', '\n', '\r\n  ', '\t', ' '.repeat(70), '/**/', ' // x\n');
  const separator = fc.tuple(space, space).map((parts) => parts.join(','));
  const list = (items: fc.Arbitrary<string[]>) =>
    fc.tuple(items, separator).map(([texts, between]) => `[${texts.join(between)}]`);
  const tensor = fc
    .integer({ min: 2, max: 40 })
    .chain((k) => list(fc.array(list(fc.array(number, { minLength: k, maxLength: k })), { maxLength: 12 })));

  it('for any rows', () => {
    fc.assert(
      fc.property(tensor, fc.nat(), (text, cut) => {
        expectSame(text);
        expectSame(`{"logits": ${text}, "targets": ${text}}`);
        expectSame(text.slice(1, -1));
        const bytes = encoder.encode(text);
        expectSame(bytes, { start: 1, end: cut % (bytes.length + 1) });
      }),
      { numRuns: 300 },
    );
  });

  it('for rows with anything in them', () => {
    const piece = fc.constantFrom(
      ...'[]{},:"-+.eE0123456789 \n/*',
      'NaN',
      'Infinity',
      '\u0000',
      'é',
      '"a"',
      'null',
    );
    fc.assert(
      fc.property(tensor, fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 3 }), (text, edits) => {
        for (const [at, removed, inserted] of edits) {
          const i = at % (text.length + 1);
          text = text.slice(0, i) + inserted + text.slice(i + removed);
        }
        expectSame(text);
      }),
      { numRuns: 1500 },
    );
  });

  it('for rows that are as long as the others up to something that is no number, or can’t be rounded here', () => {
    for (const last of ['', '01', '-', '1e', '.5', '[]', '1e400', '-100E040'])
      for (const space of ['', ' ', '\t'])
        for (const after of [']]', '],[5,6]]', ']'])
          for (const before of ['[[1,2],', `[[1,2],${'[1e39,1e39],'.repeat(9)}`])
            expectSame(`${before}[3,4${space},${space}${last}${after}`);
  });

  it('for rows that are cut anywhere', () => {
    const rows = fc
      .sample(tensor, { numRuns: 4, seed: 1 })
      .map((text) => encoder.encode(text).subarray(0, 1500));
    for (const bytes of rows) {
      for (let length = 0; length <= bytes.length; length++) expectSame(bytes.subarray(0, length));
    }
  });

  it('for texts that are read by turns', () => {
    const [scanner] = scanners;
    const texts = ['[[1, 2], [3, 4], [5, 6]]', '[[7.5, 8.5], [9.5, 1.5], [2.5, 3.5]]'].map((rows) =>
      encoder.encode(`[${Array.from({ length: 20_000 }, () => rows.slice(1, -1)).join(', ')}]`),
    );
    const works = texts.map((bytes) => readJson(bytes, { scanner: scanner! }));
    const outcomes = works.map((work) => work.next());
    while (outcomes.some(({ done }) => !done)) {
      for (const [i, outcome] of outcomes.entries()) if (!outcome.done) outcomes[i] = works[i]!.next();
    }
    expect(outcomes.map(({ value }) => value)).toEqual(texts.map((bytes) => read(bytes)));
  });
});

describe('the scanner reads', () => {
  const row = (k: number) =>
    `[${Array.from({ length: k }, (_, i) => `${i % 2 ? '-' : ''}${i}.25`).join(', ')}]`;
  it.each([
    ['rows', `[${Array.from({ length: 1000 }, () => row(10)).join(', ')}]`, 10],
    ['JSON Lines', Array.from({ length: 1000 }, () => row(10)).join('\n'), 10],
    ['rows longer than the window', `[${Array.from({ length: 3 }, () => row(50_000)).join(',\n')}]`, 30],
    ['numbers in one list', row(50_000), 10],
    ['masks', `[${Array.from({ length: 1000 }, () => '[-Infinity, NaN]').join(', ')}]`, 2],
  ])('all of %s but a few', (_, text, missed) => {
    const counted = counting(usual);
    const outcome = read(encoder.encode(text), { scanner: counted.scanner });
    if (!outcome.ok) expect.unreachable(outcome.problem.reason);
    expect(outcome.value.values.length - counted.count).toBeLessThanOrEqual(missed);
  });
});

describe('memory', () => {
  it('is where the caller wants it', () => {
    const rooms: Float32Array[] = [];
    const room = (length: number) => {
      rooms.push(new Float32Array(length));
      return rooms.at(-1)!;
    };
    const bytes = encoder.encode(`[${Array.from({ length: 1 << 18 }, () => '[1,2]').join()}]`);
    const outcome = read(bytes, { scanner: usual, room });
    if (!outcome.ok) expect.unreachable(outcome.problem.reason);
    expect(rooms.map(({ buffer }) => buffer)).toContain(outcome.value.values.buffer);
    expect(rooms.length).toBeLessThan(20);
  });

  it('is about as much as the numbers need', () => {
    const text = `{"logits": [${Array.from({ length: 1 << 18 }, () => '[1,2,3,4,5,6,7,8]').join()}], "step": "${'x'.repeat(1e6)}"}`;
    const outcome = read(encoder.encode(text), { scanner: usual });
    if (!outcome.ok) expect.unreachable(outcome.problem.reason);
    const { values } = outcome.value;
    expect(values.length).toBe(1 << 21);
    expect(values.buffer.byteLength / values.byteLength).toBeLessThan(1.25);
  });

  it('must hold a window', () => {
    expect(() => scannerOf(100)).toThrow(RangeError);
  });
});
