import { describe, expect, it } from 'vitest';
import { readValues } from '../../../../src/engine/batches/readValues.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../../src/engine/origins/arraysOrigin.ts';
import { finish } from '../../../../src/loss/work.ts';
import { HOSTILE_FILES, pickleBytes } from './pickleFiles.ts';

const compute = new Compute(undefined);

/** What is said of a file when it's opened, and how long that takes in milliseconds. */
function refusalOf(bytes: Uint8Array) {
  const start = performance.now();
  const read = finish(readValues(new ArraysOrigin('pickle', { bytes }, {}, compute), compute));
  const time = performance.now() - start;
  return {
    reason: read.ok ? 'read' : read.problem.reason,
    problem: read.ok ? undefined : read.problem,
    time,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  '01': 'no-arrays',
  '02': 'no-arrays',
  '03': 'no-arrays',
  '04': 'no-arrays',
  '05': 'pickle-feature',
  '06': 'pickle-feature',
  '07': 'pickle-feature',
  '08': 'pickle-damaged',
  '09': 'pickle-damaged',
  '12': 'no-arrays',
  '15': 'pickle-deep',
  '16': 'pickle-deep',
  '18': 'empty',
  '19': 'pickle-damaged',
  '20': 'pickle-damaged',
  '21': 'no-arrays',
  '22': 'tensor-place',
  '23': 'tensor-place',
  '24': 'tensor-place',
  '25': 'pickle-damaged',
  '26': 'pickle-damaged',
  '27': 'pickle-damaged',
  '28': 'axes',
  '29': 'tensor-place',
  '30': 'pickle-damaged',
  '31': 'inflated-size',
  '33': 'twice',
  '34': 'zip-entry',
  '35': 'other-file',
  '36': 'not-format',
  '37': 'no-arrays',
  '38': 'tensor-place',
};

describe('a hostile file is refused with the reason, at once:', () => {
  it.each(HOSTILE_FILES)('%s', (file) => {
    const { reason, time } = refusalOf(pickleBytes(`hostile/${file}`));
    expect(reason).toBe(REASONS[file.slice(0, 2)]);
    expect(time).toBeLessThan(2000);
  });

  it('what it would have called is named', () => {
    const { problem } = refusalOf(pickleBytes('hostile/01-os-system-by-REDUCE.pkl'));
    expect(problem).toMatchObject({ members: ['posix.system'] });
  });
});

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : Array.from(part, (each) => each.charCodeAt(0)),
    ),
  );

describe('a few bytes that ask for very much are refused at once:', () => {
  it('a pickle of two million empty lists', () => {
    const { reason } = refusalOf(new Uint8Array(2_200_000).fill(']'.charCodeAt(0)));
    expect(reason).toBe('pickle-size');
  });

  it('one list remembered in a list, again and again', () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `](${`h${String.fromCharCode(i)}`.repeat(9)}eq${String.fromCharCode(i + 1)}`,
    );
    const { reason, time } = refusalOf(bytes(0x80, 2, '](K\x01K\x02K\x03eq\x00', ...levels, '.'));
    expect(reason).toBe('pickle-size');
    expect(time).toBeLessThan(2000);
  });

  it('a thousand views of the same few numbers', () => {
    // An array of 1000 float64, and a list of it, a hundred thousand times.
    const array = [
      0x80,
      3,
      'cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tC\x01btR',
    ] as const;
    const state = [
      '(K\x01(M\xe8\x03tcnumpy\ndtype\nX\x02\x00\x00\x00f8\x89\x88\x87R(K\x03X\x01\x00\x00\x00<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89B\x40\x1f\x00\x00',
    ] as const;
    const numbers = '\x00'.repeat(8000);
    const { reason, time } = refusalOf(
      bytes(...array, ...state, numbers, 'tbq\x00](', 'h\x00'.repeat(100_000), 'e.'),
    );
    expect(['pickle-size', 'no-logits', 'several']).toContain(reason);
    expect(time).toBeLessThan(2000);
  });
});
