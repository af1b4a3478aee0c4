import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { FLOAT_TYPES } from '../../../../src/readers/npy/floats.ts';
import { HEADER_BYTES, readNpyHeader } from '../../../../src/readers/npy/header.ts';
import { describeNpy, npyValuesWork } from '../../../../src/readers/npy/readNpy.ts';
import { npyFile } from '../../../fixtures/npy.ts';

const PYTHON = '/usr/bin/python3';
const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0;

function headerOf(bytes: Uint8Array) {
  return readNpyHeader(bytes.subarray(0, HEADER_BYTES), bytes.length);
}

function valuesOf(bytes: Uint8Array): Float32Array {
  const header = headerOf(bytes);
  if (!header.ok) throw new Error(header.problem.reason);
  return finish(npyValuesWork(bytes, header.value, (length) => new Float32Array(length)));
}

describe('a .npy file', () => {
  it.each(FLOAT_TYPES)('of %s is read, NaN and infinities included', (type) => {
    const values = [1.5, -2, Number.NaN, Number.POSITIVE_INFINITY, 0, 3.25];
    const bytes = npyFile([2, 3], values, type);
    expect(headerOf(bytes)).toMatchObject({ ok: true, value: { type, shape: [2, 3], fortran: false } });
    expect([...valuesOf(bytes)]).toEqual(values);
  });

  it('of a later version is read', () => {
    expect([...valuesOf(npyFile([2], [1, 2], '<f4', { version: 2 }))]).toEqual([1, 2]);
    expect([...valuesOf(npyFile([2], [1, 2], '<f4', { version: 3 }))]).toEqual([1, 2]);
  });

  it('in Fortran order is turned', () => {
    expect([...valuesOf(npyFile([2, 3], [1, 4, 2, 5, 3, 6], '<f4', { fortran: true }))]).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
  });

  it('has its classes on the last axis, or on axis 1 of more than two', () => {
    const axisOf = (shape: number[], chosen?: number) => {
      const header = headerOf(npyFile(shape, new Float32Array(shape.reduce((a, b) => a * b, 1))));
      if (!header.ok) throw new Error(header.problem.reason);
      const described = describeNpy(header.value, chosen, 'logits');
      return described.ok ? described.value.classAxis : described.problem.reason;
    };
    expect(axisOf([5])).toBe(0);
    expect(axisOf([4, 5])).toBe(1);
    expect(axisOf([2, 3, 4])).toBe(1);
    expect(axisOf([2, 3, 4], 2)).toBe(2);
    expect(axisOf([4, 1])).toBe('one-class');
    expect(axisOf([0, 5])).toBe('no-classes');
    expect(axisOf([])).toBe('no-classes');
  });

  it('of other things than floats is refused by their name', () => {
    const refused = (descr: string) => headerOf(npyFile([2], [1, 2], '<f4', { descr }));
    expect(refused("'|O'")).toMatchObject({ problem: { reason: 'npy-type', found: '|O' } });
    expect(refused("'<i8'")).toMatchObject({ problem: { reason: 'npy-type', found: '<i8' } });
    expect(refused("[('a', '<f4')]")).toMatchObject({ problem: { reason: 'npy-type' } });
  });

  it('cut at any byte, or longer than it says, is refused', () => {
    const bytes = npyFile([2, 2], [1, 2, 3, 4]);
    for (let length = 0; length < bytes.length; length++)
      expect(headerOf(bytes.slice(0, length)).ok).toBe(false);
    expect(headerOf(bytes.slice(0, -1))).toMatchObject({
      problem: { reason: 'npy-size', found: bytes.length - 1, expected: bytes.length },
    });
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(headerOf(longer)).toMatchObject({ problem: { reason: 'npy-size' } });
  });

  it('with any byte changed is read or refused, and takes no more memory than it has bytes', () => {
    const bytes = npyFile([2, 3], [1, 2, 3, 4, 5, 6]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const changed = bytes.slice();
        changed[at] = byte;
        const header = headerOf(changed);
        if (!header.ok) return;
        const count = header.value.shape.reduce((a, b) => a * b, 1);
        expect(count * 4).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.runIf(hasNumPy)('that NumPy wrote is read', () => {
    const write =
      'import numpy, sys; numpy.save(sys.stdout.buffer, numpy.array([[1.5, -2.25], [3, 4e-9]], dtype=sys.argv[1]))';
    for (const type of FLOAT_TYPES) {
      const { stdout } = spawnSync(PYTHON, ['-c', write, type]);
      expect([...valuesOf(new Uint8Array(stdout))]).toEqual([1.5, -2.25, 3, Math.fround(4e-9)]);
    }
  });
});
