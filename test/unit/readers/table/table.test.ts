import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import type { TargetContext } from '../../../../src/readers/json/fitTargets.ts';
import { listTable, readTable } from '../../../../src/readers/table/readTable.ts';
import { readTableTargets } from '../../../../src/readers/table/readTableTargets.ts';
import { TextPlaces } from '../../../../src/readers/text/textPlaces.ts';
import { EXPECTED, fileBytes, numbersOf } from '../arrays/files.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const TABLES = Object.keys(EXPECTED).filter((name) => name.startsWith('tables/'));
const CLASSES = ['ant', 'bee', 'cat', 'dog', 'emu'];

function batchOf(input: string | Uint8Array) {
  const read = finish(readTable(typeof input === 'string' ? encode(input) : input));
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function problemOf(text: string) {
  const read = finish(readTable(encode(text)));
  return read.ok ? undefined : { ...read.problem, ...new TextPlaces(encode(text)).at(read.problem.offset) };
}

describe('a table', () => {
  it.each(TABLES)('%s, as pandas or NumPy wrote it, has the logits', (name) => {
    const { shape, values } = batchOf(fileBytes(name));
    expect(shape).toEqual([6, 5]);
    expect([...values]).toEqual(numbersOf(EXPECTED[name]!.float32));
  });

  it('has the names of its classes in the header, unless that only counts', () => {
    for (const name of [
      'plain.csv',
      'index.csv',
      'labels.csv',
      'names.tsv',
      'prefixed.csv',
      'savetxt.csv',
      'bom.csv',
    ])
      expect(batchOf(fileBytes(`tables/${name}`)).classNames, name).toEqual(CLASSES);
    expect(batchOf(fileBytes('tables/numbered.csv')).classNames).toBeNull();
    expect(batchOf(fileBytes('tables/headless.csv')).classNames).toBeNull();
  });

  it.each([
    ['1\u00a0000,5;2;3\n1;2;3\n', '1\u00a0000,5', 0],
    ['a,b,c\n\u22121.5,2.5,1.5\n3,4,5\n', '\u22121.5', 1],
    ['a,b,c\n1.5,1_000,1.5\n3.5,4.5,5.5\n', '1_000', 1],
    ['a,b,c\nn/a,2.5,1.5\n3,4,5\n6,7,8', 'n/a', 1],
    ['n/a,n/a,2.5,1.5\n3,4,5,6\n7,8,9,1\n', 'n/a', 0],
    ['a,b\n1.5,2.5\n"3"5,4.5\n', '3"5', 2],
  ])('doesn’t leave out what was meant to be a number: %j', (text, found, line) => {
    expect(problemOf(text)).toMatchObject({ reason: 'not-a-number', found, line });
  });

  it.each([
    ['1,5;2,5;3,5\n4,5;5,5;6,5\n', [1.5, 2.5, 3.5, 4.5, 5.5, 6.5]],
    ['a;b\n0,125;-2,5e-1\n4;1234,5\n', [0.125, -0.25, 4, 1234.5]],
    ['1,5\t2\t3,5\n4,5\t5,5\t6,5\n', [1.5, 2, 3.5, 4.5, 5.5, 6.5]],
    ['-0,5 2,5 3,5\n4,5 5,5 6,5\n', [-0.5, 2.5, 3.5, 4.5, 5.5, 6.5]],
    ['"1,5","2,5"\n"3,5","4,5"\n', [1.5, 2.5, 3.5, 4.5]],
    ['a;b;note\n1,234;2,5;v1.5\n3,456;4,5;"1,5 of 2"\n', [1.234, 2.5, 3.456, 4.5]],
  ])('may have decimal commas: %j', (text, values) => {
    expect([...batchOf(text).values]).toEqual([...Float32Array.from(values)]);
  });

  it.each([
    ['may be thousands', 'a;b\n1,234;2,345\n3,456;4,567\n', '1,234', 1],
    ['have points among them', 'a;b\n1,5;2,5\n3,5;1.234\n', '1,5', 1],
    ['have points among them, further on', `a;b\n${'1,5;2,5\n'.repeat(20)}3,5;1.234\n`, '1.234', 21],
    ['have both', 'a;b\n1,5;2,5\n3,5;1.234,5\n', '1,5', 1],
  ])('has no commas that %s', (_, text, found, line) => {
    expect(problemOf(text)).toMatchObject({ reason: 'decimal-comma', found, line });
  });

  it('has decimal commas only in numbers: not in names, labels and lists', () => {
    const named = batchOf('ant 1,5;bee;label\n1,5;2,5;bee\n0,5;2;ant 1,5\n');
    expect(named.classNames).toEqual(['ant 1,5', 'bee']);
    expect(named.targets).toEqual({ kind: 'indices', values: Int32Array.of(1, 0) });
    const listed = batchOf('logits;weight;y\n[1,2];0,5;0\n[3,1.5];0,5;1\n');
    expect([...listed.values]).toEqual([1, 2, 3, 1.5]);
  });

  it.each(['[1,2, 3,4]', '[0,5 1,5]'])(
    'has no list of which nobody knows what its commas are: %s',
    (list) => {
      const found = { reason: 'decimal-comma', found: list, line: 1 };
      expect(problemOf(`logits;y\n${list};0\n${list};1\n`)).toMatchObject(found);
    },
  );

  it('has no names for classes in a first row that isn’t all numbers', () => {
    expect(problemOf('n/a,2.5,1.5\n3,4,5\n6,7,8\n')).toMatchObject({ reason: 'not-a-number', line: 0 });
    expect(problemOf(',2.5,1.5\n3,4,5\n6,7,8\n')).toMatchObject({ reason: 'empty-field', line: 0 });
    expect(problemOf('a,b,c\n,2.5,1.5\n3,4,5\n6,7,8\n')).toMatchObject({ reason: 'empty-field', line: 1 });
  });

  it('may have a column of text that is a number here and there', () => {
    const { keys, shape } = batchOf('a,b,note\n1.5,2.5,\n3,4,ok\n5,6,7\n');
    expect([keys.leftOut, shape]).toEqual([['note'], [3, 2]]);
  });

  it('may have tabs before its numbers', () => {
    expect([...batchOf('a,b\n1,\t2\n \t3,4\n').values]).toEqual([1, 2, 3, 4]);
  });

  it('has targets in a column named like them, as indices or names', () => {
    const targets = { kind: 'indices', values: Int32Array.of(0, 1, 2, 3, 4, 2) };
    expect(batchOf(fileBytes('tables/labels.csv'))).toMatchObject({ targets, keys: { targets: 'label' } });
    expect(batchOf(fileBytes('tables/names.tsv'))).toMatchObject({ targets, keys: { targets: 'target' } });
    expect(batchOf('cat,dog,y\n1,2,-100\n')).toMatchObject({ targets: { values: Int32Array.of(-100) } });
    expect(batchOf('10,20,y\n1,2,20\n1,2,10\n')).toMatchObject({ targets: { values: Int32Array.of(1, 0) } });
  });

  it('leaves out what numbers the rows or comes of the logits, and says so', () => {
    const { keys } = batchOf(fileBytes('tables/prefixed.csv'));
    expect(keys).toMatchObject({ targets: 'y', leftOut: ['id', 'pred', 'loss'] });
    expect(batchOf(fileBytes('tables/quoted.csv')).keys.leftOut).toEqual(['image']);
    expect(batchOf(fileBytes('tables/index.csv')).keys.leftOut).toEqual(['column 1']);
  });

  it('has the place of each row', () => {
    const text = 'a,b\r\n1,2\r\n\r\n 3 , 4\r\n';
    const { spans } = batchOf(text);
    const row = (i: number) => text.slice(spans[2 * i], spans[2 * i + 1]);
    expect([row(0), row(1)]).toEqual(['1,2', '3 , 4']);
  });

  it('reads numbers as Python writes them', () => {
    const { values, decimals } = batchOf('1.,.5,+2\n-inf,nan,1e-3\nInfinity,"1.25",007\n');
    expect([...values]).toEqual(
      [1, 0.5, 2, Number.NEGATIVE_INFINITY, Number.NaN, 1e-3, Number.POSITIVE_INFINITY, 1.25, 7].map(
        Math.fround,
      ),
    );
    expect(decimals).toBe(2);
  });

  it('names the line of what it can’t read', () => {
    expect(problemOf('a,b\n1,2\n1,x\n')).toMatchObject({
      reason: 'not-a-number',
      found: 'x',
      line: 2,
      character: 2,
    });
    expect(problemOf('a,b\n1,2\n1,\n')).toMatchObject({ reason: 'empty-field', column: 'b', line: 2 });
    expect(problemOf('a,b\n1,2\n1,2,3\n')).toMatchObject({
      reason: 'fields',
      found: 3,
      expected: 2,
      line: 2,
    });
    expect(problemOf('a,b\n1,"2\n1,3\n')).toMatchObject({ reason: 'syntax', expected: 'end-quote', line: 1 });
    expect(problemOf('a,b,y\n1,2,0\n1,2,\n')).toMatchObject({ reason: 'target-missing', row: 1, line: 2 });
    expect(problemOf('a,b,y\n1,2,0\n1,2,5\n')).toMatchObject({ reason: 'target-range', row: 1, line: 2 });
    expect(problemOf('a,b,y\n1,2,a\n1,2,x\n')).toMatchObject({
      reason: 'target-name',
      found: 'x',
      named: true,
      line: 2,
    });
    expect(problemOf('a,y\n1,0\n')).toMatchObject({ reason: 'one-class' });
    expect(problemOf('name,image\nx,y\n')).toMatchObject({ reason: 'no-logits', keys: ['name', 'image'] });
    expect(problemOf('')).toMatchObject({ reason: 'empty' });
    expect(problemOf('\n \r\n')).toMatchObject({ reason: 'empty' });
  });

  it('of anything is read or refused', () => {
    const cell = fc.oneof(
      fc.double().map(String),
      fc.constantFrom('', 'a', '"', '""', '"x,y"', 'nan', ' 1 ', '\u{1f600}'),
    );
    const line = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join(','));
    const text = fc.oneof(
      fc.array(line).map((lines) => lines.join('\r\n')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (content) => {
        const read = finish(readTable(encode(content)));
        if (read.ok) expect(read.value.values.length).toBe(read.value.shape.reduce((a, b) => a * b, 1));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives back every float32 it is given', () => {
    const row = fc.array(fc.float({ noNaN: true }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const written = rows.map((values) => values.join(',')).join('\n');
        expect([...batchOf(`logit_a,logit_b,logit_c\n${written}`).values]).toEqual(
          rows.flat().map((value) => value + 0),
        );
      }),
    );
  });

  it('cut anywhere is read or refused', () => {
    const bytes = fileBytes('tables/quoted.csv');
    for (let length = 0; length < bytes.length; length++) finish(readTable(bytes.slice(0, length)));
  });
});

describe('targets in a table of their own', () => {
  const context: TargetContext = {
    shape: [3, 2],
    classAxis: 1,
    classNames: ['no', 'yes'],
    ignoreIndex: null,
  };
  const targetsOf = (text: string, member?: string) => {
    const read = finish(readTableTargets(encode(text), context, member));
    return read.ok ? [read.value.key, ...read.value.targets.values] : read.problem.reason;
  };

  it('are the column named like them, the one asked for, or the only one', () => {
    expect(targetsOf('id,label\n7,0\n8,1\n9,1\n')).toEqual(['label', 0, 1, 1]);
    expect(targetsOf('id,mine\n7,0\n8,1\n9,1\n', 'mine')).toEqual(['mine', 0, 1, 1]);
    expect(targetsOf('id,answer\n7,0\n8,1\n9,1\n')).toEqual(['answer', 0, 1, 1]);
    expect(targetsOf('0\n1\n1\n')).toEqual(['column 1', 0, 1, 1]);
    expect(targetsOf('yes\nno\nyes\n')).toEqual(['column 1', 1, 0, 1]);
  });

  it('may be probabilities', () => {
    expect(targetsOf('a,b\n0.5,0.5\n0,1\n1,0\n')).toEqual([null, 0.5, 0.5, 0, 1, 1, 0]);
  });

  it('fit the logits, or it’s said why not', () => {
    expect(targetsOf('0\n1\n')).toBe('target-count');
    expect(targetsOf('0\n1\n2\n')).toBe('target-range');
    expect(targetsOf('0\n1\n0.5\n')).toBe('target-fraction');
    expect(targetsOf('a,b\nx,y\n')).toBe('no-targets');
  });

  it('are listed with the rows there are', () => {
    const listed = finish(listTable(fileBytes('tables/labels.csv')));
    expect(listed).toEqual({
      ok: true,
      value: [
        { name: 'ant … emu (5)', shape: [6, 5], isColumn: false },
        { name: 'label', shape: [6], isColumn: true },
      ],
    });
  });
});
