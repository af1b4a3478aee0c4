import { describe, expect, it } from 'vitest';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../../src/engine/origins/arraysOrigin.ts';
import { lengthOf } from '../../../../src/loss/rows/shape.ts';
import { finish } from '../../../../src/loss/work.ts';
import { npyFile } from '../../../fixtures/npy.ts';
import { fileBytes, float32, read } from './files.ts';

function valuesOf(bytes: Uint8Array): number[] {
  const outcome = read(bytes, 'npy', undefined, float32);
  if (!outcome.ok) throw new Error(outcome.problem.reason);
  return [...outcome.value.values];
}

function problemOf(bytes: Uint8Array) {
  const outcome = read(bytes, 'npy', undefined, float32);
  return outcome.ok ? undefined : outcome.problem;
}

describe('a .npy file', () => {
  it('of a later version is read', () => {
    expect(valuesOf(npyFile([2], [1, 2], '<f4', { version: 2 }))).toEqual([1, 2]);
    expect(valuesOf(npyFile([2], [1, 2], '<f4', { version: 3 }))).toEqual([1, 2]);
  });

  it('of two raw bytes a number is refused, as it may not be bfloat16', () => {
    expect(problemOf(fileBytes('npy/raw.npy'))).toMatchObject({
      reason: 'array-type',
      kind: 'raw',
      found: '|V2',
    });
  });

  it('of Python objects is refused: nothing is unpickled', () => {
    expect(problemOf(fileBytes('npy/object.npy'))).toMatchObject({ reason: 'array-type', kind: 'object' });
  });

  it('of fields, or numbers that aren’t real, is refused', () => {
    expect(problemOf(fileBytes('npy/structured.npy'))).toMatchObject({ kind: 'structured' });
    expect(problemOf(fileBytes('npy/complex.npy'))).toMatchObject({ kind: 'other', found: '<c16' });
  });

  it('that says more than it has is refused before there is room made for it', () => {
    for (const shape of [[1e9, 1e9], [2 ** 53], [1e20, 1e20]]) {
      const outcome = read(npyFile(shape, [1, 2]), 'npy', undefined, () => expect.unreachable());
      expect(outcome).toMatchObject({ problem: { reason: 'file-size' } });
    }
  });

  it.each(['3 4', '3\f4', ', 3', '3, , 4'])('with the shape (%s) is refused', (axes) => {
    const bytes = npyFile([3, 4], new Float32Array(12));
    const text = new TextDecoder('latin1').decode(bytes).replace('(3, 4), ', `(${axes}),`.padEnd(8));
    const changed = Uint8Array.from(text, (character) => character.charCodeAt(0));
    // Above 0x7f this decoder has other characters, but only before the header.
    changed.set(bytes.subarray(0, 10));
    expect(problemOf(changed)).toMatchObject({ reason: 'not-format' });
  });

  it('longer than it says is refused', () => {
    const bytes = npyFile([2, 2], [1, 2, 3, 4]);
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(problemOf(longer)).toMatchObject({ found: bytes.length + 1, expected: bytes.length });
  });

  it('has its classes on the last axis, or on axis 1 of more than two', () => {
    const axisOf = (shape: number[], chosen?: number) => {
      const bytes = npyFile(shape, new Float32Array(lengthOf(shape)).fill(-0.5));
      const read = finish(new ArraysOrigin('npy', { bytes }, {}, new Compute(undefined)).read(chosen));
      return read.ok ? read.value.batch.classAxis : read.problem.reason;
    };
    expect(axisOf([5])).toBe(0);
    expect(axisOf([4, 5])).toBe(1);
    expect(axisOf([2, 3, 4])).toBe(1);
    expect(axisOf([2, 3, 4], 2)).toBe(2);
    expect(axisOf([4, 1])).toBe('one-class');
    expect(axisOf([0, 5])).toBe('no-classes');
    expect(axisOf([])).toBe('no-classes');
  });
});
