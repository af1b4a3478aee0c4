import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArrayFormat } from '../../../../src/readers/arrays/listArrays.ts';
import { EXPECTED, fileBytes, float32, float64, list, numbersOf, read } from './files.ts';

/** Every array that NumPy has read: file, member, format. */
const ARRAYS = Object.keys(EXPECTED)
  .filter((name) => !name.startsWith('tables/'))
  .map((name) => {
    const [, file, member] = /^(.*?\.(?:npy|npz|safetensors))(?:\/(.*))?$/.exec(name)!;
    return { name, file: file!, member, format: file!.split('.').at(-1) as ArrayFormat };
  });

/** One small file of each format for changing every byte of it. */
const SMALL = [
  ['npy/f4-little.npy', 'npy', undefined],
  ['npy/i8-big-fortran.npy', 'npy', undefined],
  ['stored.npz', 'npz', 'half'],
  ['deflated.npz', 'npz', 'logits'],
  ['zip64.npz', 'npz', 'labels'],
  ['pair.safetensors', 'safetensors', 'logits'],
] as const;

describe('arrays of files are what NumPy reads of them:', () => {
  it.each(ARRAYS)('$name', ({ name, file, member, format }) => {
    const bytes = fileBytes(file);
    const expected = EXPECTED[name]!;
    const single = read(bytes, format, member, float32);
    const double = read(bytes, format, member, float64);
    if (!single.ok || !double.ok) return expect.unreachable(JSON.stringify([single, double]));
    expect(single.value.shape).toEqual(expected.shape);
    expect([...single.value.values]).toEqual(numbersOf(expected.float32));
    expect([...double.value.values]).toEqual(numbersOf(expected.float64));
  });

  it('all of them: every type, both byte orders, Fortran order, three formats', () => {
    expect(ARRAYS.length).toBeGreaterThan(60);
  });
});

describe('a file that is damaged', () => {
  it.each(SMALL)('%s, cut anywhere, is refused', (file, format, member) => {
    const bytes = fileBytes(file);
    for (let length = 0; length < bytes.length; length++)
      expect(read(bytes.slice(0, length), format, member, float32).ok, `${length} bytes`).toBe(false);
  });

  it.each(SMALL)(
    '%s, with bytes changed, is read or refused, in no more memory than it can fill',
    (file, format, member) => {
      const bytes = fileBytes(file);
      // Deflate makes 1032 bytes of one at most.
      const most = format === 'npz' ? 1033 * bytes.length : bytes.length;
      const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 4,
      });
      fc.assert(
        fc.property(changes, (changed) => {
          const damaged = bytes.slice();
          for (const [at, byte] of changed) damaged[at] = byte;
          read(damaged, format, member, (length) => {
            expect(length).toBeLessThanOrEqual(most);
            return new Float32Array(length);
          });
        }),
        { numRuns: 3000 },
      );
    },
  );

  it.each(['npy', 'npz', 'safetensors'] as const)('of anything is no %s file', (format) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !read(bytes, format, undefined, float32).ok),
    );
    expect(list(new Uint8Array(), format).ok && read(new Uint8Array(), format, undefined, float32).ok).toBe(
      false,
    );
  });

  it('whose checksum is wrong is refused, deflated or not', () => {
    for (const file of ['stored.npz', 'deflated.npz']) {
      const bytes = fileBytes(file);
      const listed = list(bytes, 'npz');
      if (!listed.ok) return expect.unreachable();
      const { content } = listed.value[0]!;
      if (!content.ok) return expect.unreachable();
      const { stored } = content.value;
      if ('fill' in stored) return expect.unreachable();
      const at = 'offset' in stored ? stored.offset : stored.deflated.offset + stored.deflated.length - 20;
      bytes[at]! ^= 1;
      const outcome = read(bytes, 'npz', 'logits', float32);
      expect(outcome.ok ? 'read' : outcome.problem.reason).toMatch(/^(checksum|bad-deflate|inflated-size)$/);
    }
  });
});
