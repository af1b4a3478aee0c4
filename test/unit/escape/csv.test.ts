import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../src/escape/csv.ts';
import { anyName } from '../../fixtures/anyName.ts';
import { HOSTILE_NAMES } from '../../fixtures/hostileNames.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['-c', '']).status === 0;

/** The rows that Python's csv module reads. */
const READ = `import csv, io, json, sys
text, delimiter = json.load(sys.stdin)
print(json.dumps(list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))))`;

function read(text: string, delimiter: string): readonly (readonly string[])[] {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', READ], {
    input: JSON.stringify([text, delimiter]),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const NAMES = [...HOSTILE_NAMES, ...fc.sample(anyName, 3000)];
const NUMBER = /^[+-]?[\d.]+(?:e[+-]?\d+)?$/i;
const isFormula = (cell: string) => /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(cell) && !NUMBER.test(cell);

describe('a text as a cell of CSV', () => {
  it.runIf(hasPython)('is one cell, and no formula', () => {
    const rows = read(NAMES.map((name) => `x,${csvCell(name)},1\n`).join(''), ',');
    expect(rows).toHaveLength(NAMES.length);
    for (const row of rows) {
      expect(row).toHaveLength(3);
      expect(isFormula(row[1]!) || /^[\t\r\n]/.test(row[1]!), JSON.stringify(row)).toBe(false);
    }
  });

  it.runIf(hasPython)('has no formula where semicolons or tabs separate cells', () => {
    for (const delimiter of [';', '\t']) {
      const rows = read(NAMES.map((name) => `x,${csvCell(name)},1\n`).join(''), delimiter);
      for (const cell of rows.flat()) expect(isFormula(cell), JSON.stringify(cell)).toBe(false);
    }
  });

  it.runIf(hasPython)('comes back as it was, if it isn’t a formula and hides nothing', () => {
    const plain = NAMES.filter((name) => csvCell(name).replace(/[^']/g, '') === name.replace(/[^']/g, ''));
    const shown = plain.filter((name) => !/[^\P{C}\r\n\t\u200b-\u200d]|[\u2028\u2029]/u.test(name));
    expect(shown.length).toBeGreaterThan(100);
    const rows = read(shown.map((name) => `${csvCell(name)},1\n`).join(''), ',');
    expect(rows.map(([cell]) => cell)).toEqual(shown);
  });

  it.each(['-1', '+2.5', '-1e-7', '.5', '12', '-0'])('leaves the number %s alone', (number) =>
    expect(csvCell(number)).toBe(number),
  );

  it.each([
    ['=1+1', "'=1+1"],
    ['+a', "'+a"],
    ['-1+2', "'-1+2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', '"\'\tx"'],
    ['\rx', '"\'\rx"'],
    [' =1', '" \'=1"'],
    ['a;=1', '"a;\'=1"'],
    ['a,b', '"a,b"'],
    ['a "b"', '"a ""b"""'],
    ['a\0b\u202e', 'a\ufffdb\ufffd'],
    ['a\u2028b', 'a b'],
  ])('%j is %j', (text, cell) => expect(csvCell(text)).toBe(cell));

  it('takes time in proportion to its length', () => {
    for (const part of ['\t', ' ', ';', '1', '-', '"', '\u200b'])
      expect(csvCell(part.repeat(1e6)).length).toBeGreaterThan(1e6 - 1);
  });
});
