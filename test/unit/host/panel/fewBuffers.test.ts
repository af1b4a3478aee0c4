import { expect, it } from 'vitest';
import { withFewBuffers } from '../../../../src/host/panel/page/fewBuffers.ts';

function buffersIn(message: unknown): number {
  const buffers = new Set<ArrayBufferLike>();
  JSON.stringify(message, (_, value) => {
    if (!ArrayBuffer.isView(value)) return value;
    buffers.add(value.buffer);
    return null;
  });
  return buffers.size;
}

/** As a run reports it: figures, and points for each network. */
function snapshot(epoch: number, networks: number) {
  const part = (length: number) => ({
    points: Float32Array.from({ length }, (_, i) => epoch + i / 7),
    labels: Uint8Array.from({ length: 3 }, (_, i) => i + networks),
    none: new Int32Array(0),
  });
  return {
    epoch,
    figures: Float64Array.of(epoch, Number.NaN, 1 / 3),
    probe: null,
    planes: Array.from({ length: networks }, (_, i) => ({ train: part(5 + i), test: part(2) })),
  };
}

it('a message with more arrays than VS Code counts has them in one buffer, all as they were', () => {
  const message = { t: 'q', m: 'snapshots', a: [7, Array.from({ length: 25 }, (_, i) => snapshot(i, 24))] };
  expect(buffersIn(message)).toBeGreaterThan(255);
  const packed = withFewBuffers(message);
  expect(buffersIn(packed)).toBe(1);
  expect(packed).toEqual(message);
  // It's sent as it is, and not looked at again.
  expect(structuredClone(packed)).toEqual(message);
});

it('another message is sent as it is', () => {
  const message = { t: 's', r: [snapshot(0, 4), Float32Array.of(1)] };
  expect(withFewBuffers(message)).toBe(message);
  expect(withFewBuffers('text')).toBe('text');
  expect(withFewBuffers(undefined)).toBe(undefined);
});

it('arrays in a part of a buffer stay what they are', () => {
  const large = Float64Array.from({ length: 40 }, (_, i) => i);
  const message = Array.from({ length: 300 }, (_, i) => [new Float32Array([i]), large.subarray(i % 7, 20)]);
  const packed = withFewBuffers(message) as typeof message;
  expect(buffersIn(packed)).toBe(1);
  expect(packed).toEqual(message);
});
