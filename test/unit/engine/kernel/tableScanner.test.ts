import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readTable } from '../../../../src/readers/table/readTable.ts';
import { readTableFeatures } from '../../../../src/readers/table/readTableFeatures.ts';
import { allocateOwn } from '../../../../src/readers/text/growable.ts';
import { largeTable } from '../../../fixtures/largeLogits.ts';
import { scannerOf } from './scanner.ts';

const scanner = scannerOf(1400);

/** What is read of a table is the same with the kernel's scanner and without it. */
function expectSame(text: string): void {
  const bytes = new TextEncoder().encode(text);
  expect(finish(readTable(bytes, allocateOwn, scanner))).toEqual(finish(readTable(bytes)));
  expect(finish(readTableFeatures(bytes, scanner))).toEqual(finish(readTableFeatures(bytes)));
}

const CLASSES = [...'abcdefghi'];
const LOGITS = CLASSES.map((name) => `logit_${name}`);
const SHARES = CLASSES.map((name) => `label_${name}`);

/** Lines of a name, nine logits and what is right, which is in the last columns or before the logits. The first isn't scanned. */
function withTargets(names: readonly string[], rows: readonly string[], first: boolean): string {
  const line = (name: string, logits: string, own: string) =>
    `${(first ? [name, own, logits] : [name, logits, own]).join(',')}\n`;
  const lines = rows.map((own) => line('"a,b"', '1.125, -2,3,4,5,6,7,8,9', own));
  return [line('file', LOGITS.join(), names.join()), ...lines].join('');
}

describe('a table read by the kernel', () => {
  it('is what it is without it', () => {
    expectSame(largeTable(300, 12));
    expectSame(largeTable(20, 12).replaceAll('\n', '\r\n'));
    expectSame(largeTable(20, 12).replaceAll('\n', '\r'));
    expectSame(`${largeTable(3, 12)}\n\n${largeTable(3, 12)}`);
    // A line that ends with a comma, and a line break that isn't one to everybody.
    for (const end of [',\n', ',\r', ',\r\n'])
      expectSame(`${'1,2,3,4,5,6,7,8,9\n'.repeat(3)}1,2,3${end}4,5,6,7,8,9\n`);
  });

  it('has the targets in float64', () => {
    for (const first of [true, false]) {
      // In float32 these are infinite, 1, and another number.
      for (const target of ['1e51', '0.99999999999', '16777217', '2', ' 3 ', '-1'])
        expectSame(withTargets(['label'], ['0', '0', target], first));
      const shares = '0.1, 0.2,0.05,0.05,0.1,0.1,0.1,0.2,0.1';
      for (const names of [SHARES, SHARES.toReversed()])
        expectSame(withTargets(names, [shares, shares, shares], first));
    }
  });

  it('whatever is in its lines', () => {
    const cell = fc.oneof(
      { weight: 20, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }).map(String) },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', 'nan', '"1"', ' 2 ', '.5', 'x', '1.', '-inf', 'NaN', '[1]'),
      },
    );
    const line = fc.oneof(
      { weight: 9, arbitrary: fc.array(cell, { minLength: 9, maxLength: 9 }) },
      { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: 20 }) },
    );
    const end = fc.constantFrom('\n', '\n', '\r\n', ',\n', '\n\n', '\r');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, end), { minLength: 1, maxLength: 8 }), (lines) => {
        expectSame(lines.map(([cells, after]) => cells.join(',') + after).join(''));
      }),
      { numRuns: 2000 },
    );
  });
});
