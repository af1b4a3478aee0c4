import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelMemory, OutOfKernelMemory } from '../../../../src/engine/kernel/kernelMemory.ts';

describe.each([true, false])('memory of the kernel, shared: %s', (shared) => {
  it('gives away ranges that don’t overlap, and takes them back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 200_000 }), free: fc.nat() })),
        (steps) => {
          const memory = new KernelMemory(shared, 100);
          const held: { at: number; bytes: number }[] = [];
          for (const { bytes, free } of steps) {
            const at = memory.allocate(bytes);
            expect(at).toBeGreaterThanOrEqual(100);
            for (const other of held)
              expect(at + bytes + 16 <= other.at || other.at + other.bytes + 16 <= at).toBe(true);
            expect(memory.floats(at, Math.floor(bytes / 4))).toHaveLength(Math.floor(bytes / 4));
            held.push({ at, bytes });
            if (free % 3 === 0) memory.free(held.splice(free % held.length, 1)[0]!.at);
          }
          for (const { at } of held) memory.free(at);
          expect(memory.used).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('uses a range again', () => {
    const memory = new KernelMemory(shared, 100);
    const first = memory.allocate(1000);
    memory.allocate(1000);
    memory.free(first);
    expect(memory.allocate(900)).toBe(first);
  });

  it('knows an array that lies in it', () => {
    const memory = new KernelMemory(shared, 100);
    const at = memory.allocate(1000);
    expect(memory.addressOf(memory.floats(at, 250))).toBe(at);
    expect(memory.addressOf(new Float32Array(4))).toBeUndefined();
  });

  it('shows no more of it than was given away', () => {
    const memory = new KernelMemory(shared, 100);
    const at = memory.allocate(1000);
    expect(memory.doubles(at, 125)).toHaveLength(125);
    expect(() => memory.floats(at, 251)).toThrow('1004 bytes at 128, where there are 1000');
    expect(() => memory.ints(at + 64, 1)).toThrow(RangeError);
    memory.free(at);
    expect(() => memory.floats(at, 1)).toThrow(RangeError);
  });

  it('says that there is no more room', () => {
    const memory = new KernelMemory(shared, 100);
    expect(() => memory.allocate(2 ** 32)).toThrow(OutOfKernelMemory);
    expect(memory.allocate(8)).toBeGreaterThan(0);
  });

  it('refuses to take back what it hasn’t given', () => {
    expect(() => new KernelMemory(shared, 100).free(128)).toThrow('Nothing is allocated at 128');
  });
});

it('shared memory knows arrays from before it has grown', () => {
  const memory = new KernelMemory(true, 100);
  const at = memory.allocate(1000);
  const before = memory.floats(at, 250);
  memory.allocate(1 << 20);
  expect(memory.addressOf(before)).toBe(at);
});
