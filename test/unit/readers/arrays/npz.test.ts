import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { deflateSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../../src/engine/origins/arraysOrigin.ts';
import { finish } from '../../../../src/loss/work.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { Crc32 } from '../../../../src/readers/arrays/npz/crc32.ts';
import { inflate } from '../../../../src/readers/arrays/npz/inflate.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { fileBytes, float32, list, read } from './files.ts';

const compute = new Compute(undefined);

describe('a .npz file', () => {
  it('has its arrays by their names, with shape and type', () => {
    const listed = list(fileBytes('stored.npz'), 'npz');
    if (!listed.ok) return expect.unreachable();
    expect(listed.value.map(({ name, shape, typeName }) => [name, shape, typeName])).toEqual([
      ['logits', [6, 5], 'float32'],
      ['labels', [6], 'int64'],
      ['half', [6, 5], 'float16'],
    ]);
  });

  it('may have other files in it, and arrays without “.npy”', () => {
    const listed = list(fileBytes('others.npz'), 'npz');
    expect(listed.ok && listed.value.map(({ name }) => name)).toEqual(['logits']);
    expect(list(fileBytes('no-arrays.npz'), 'npz')).toMatchObject({
      problem: { reason: 'no-arrays', members: ['readme.txt'] },
    });
  });

  it('of several arrays has the logits with their labels, or those that are asked for by their name', () => {
    const bytes = fileBytes('stored.npz');
    const open = (member?: string) =>
      finish(
        new ArraysOrigin('npz', { bytes }, member === undefined ? {} : { member }, compute).read(undefined),
      );
    expect(open()).toMatchObject({
      value: { batch: { keys: { logits: 'logits', targets: 'labels', leftOut: ['half'] } } },
    });
    expect(open('half')).toMatchObject({ value: { batch: { keys: { logits: 'half', targets: 'labels' } } } });
    expect(open('x')).toMatchObject({
      problem: { reason: 'no-member', name: 'x', members: ['logits', 'half'] },
    });
  });

  it('that is encrypted, or compressed otherwise, is refused by the name of that', () => {
    expect(read(fileBytes('bzip2.npz'), 'npz', 'logits', float32)).toMatchObject({
      problem: { reason: 'zip-method', found: 'bzip2' },
    });
    expect(read(fileBytes('encrypted.npz'), 'npz', 'logits', float32)).toMatchObject({
      problem: { reason: 'zip-method', found: 'encrypted' },
    });
  });

  it('that can’t inflate to what it promises is refused before there is room made for it', () => {
    // A gigabyte in a few hundred bytes.
    const bomb = zipSync({ 'x.npy': npyFile([2, 2], [1, 2, 3, 4]) });
    const view = new DataView(bomb.buffer);
    const directory = view.getUint32(bomb.length - 6, true);
    view.setUint32(directory + 24, 1e9, true);
    const outcome = read(bomb, 'npz', undefined, () => expect.unreachable());
    expect(outcome).toMatchObject({ problem: { reason: 'inflated-size', expected: 1e9 } });
  });

  it('that inflates to more than it promises is left at the first byte too many', () => {
    const zeros = deflateSync(new Uint8Array(100e6), { level: 9 });
    const source = inMemory(zeros);
    let [taken, readUpTo] = [0, 0];
    const counted = {
      size: source.size,
      read: (at: number, length: number) => {
        readUpTo = at + length;
        return source.read(at, length);
      },
    };
    const deflated = { offset: 0, length: zeros.length, size: 1000, crc: 0 };
    const outcome = finish(
      inflate(counted, deflated, (bytes) => {
        taken += bytes.length;
      }),
    );
    expect(outcome).toMatchObject({ problem: { reason: 'inflated-size', expected: 1000 } });
    expect(taken).toBeLessThanOrEqual(1000);
    expect(readUpTo).toBeLessThan(zeros.length / 10);
  });

  it('has the checksum that zlib has', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (pieces) => {
        const checksum = new Crc32();
        for (const piece of pieces) checksum.push(piece);
        expect(checksum.value).toBe(crc32(Buffer.concat(pieces)));
      }),
    );
  });
});
