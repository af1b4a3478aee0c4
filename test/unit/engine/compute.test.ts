import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../src/engine/kernel/kernel.ts';
import { Compute, EXACT_LOGITS } from '../../../src/engine/measure/compute.ts';
import { computeLossInSteps } from '../../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../src/loss/work.ts';
import { kernelBuild } from './kernel/builds.ts';
import { threadedKernel } from './kernel/kernels.ts';

const CLASSES = 1 << 6;

function rowsOf(count: number, values = new Float32Array(count * CLASSES)) {
  return { values, layout: layoutOf([count, CLASSES], 1) };
}

describe('the choice of how to measure', () => {
  const few = rowsOf(EXACT_LOGITS / CLASSES);
  const many = rowsOf(EXACT_LOGITS / CLASSES + 1);

  it('is float64 as long as a person may look at every digit', () => {
    const compute = new Compute(threadedKernel(0));
    expect(finish(compute.measure(few, null, DEFAULT_SPEC)).hard).toBeInstanceOf(Float64Array);
    expect(finish(compute.measure(many, null, DEFAULT_SPEC)).hard).toBeInstanceOf(Float32Array);
  });

  it('is float64 for logits of float64, and for focal losses', () => {
    const compute = new Compute(threadedKernel(0));
    const precise = { ...many, values: Float64Array.from(many.values) };
    expect(finish(compute.measure(precise, null, DEFAULT_SPEC)).hard).toBeInstanceOf(Float64Array);
    const focal = { ...DEFAULT_SPEC, focal: { balance: 0.25, gamma: 2 } };
    expect(finish(compute.measure(many, null, focal)).hard).toBeInstanceOf(Float64Array);
  });

  it('is float64 for all rows without WASM SIMD', () => {
    const compute = new Compute(undefined);
    expect(finish(compute.measure(many, null, DEFAULT_SPEC)).hard).toBeInstanceOf(Float64Array);
    expect(compute.allocate(10)).toHaveLength(10);
  });

  it('leaves nothing in the kernel’s memory once a loss is computed', () => {
    const kernel = threadedKernel(0);
    const compute = new Compute(kernel);
    const input = {
      ...DEFAULT_SPEC,
      labelSmoothing: 0.1,
      logits: { data: many.values, shape: [many.layout.rows, CLASSES] },
      targets: { data: new Int32Array(many.layout.rows), shape: [many.layout.rows] },
    };
    const { loss } = finish(compute.inScope((measure) => computeLossInSteps(input, measure)));
    expect(loss).toBeCloseTo(Math.log(CLASSES), 6);
    expect(kernel.memory.used).toBe(0);
  });

  it('gives room that threads share for many logits, and takes it back', () => {
    const kernel = threadedKernel(0);
    const compute = new Compute(kernel);
    const values = compute.allocate(EXACT_LOGITS + 1);
    expect(values.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(kernel.memory.addressOf(values)).toBeGreaterThan(0);
    compute.release(values);
    compute.release(new Float32Array(1));
    expect(kernel.memory.used).toBe(0);
  });
});

describe('the choice of a build', () => {
  const builds = {
    relaxed: () => kernelBuild('private-relaxed'),
    plain: () => kernelBuild('private-plain'),
  };
  const never = () => {
    throw new Error('It was loaded');
  };
  /** A module that no engine accepts. */
  const unknown = () => new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 99]);

  it('prefers fused multiply-add, and loads no other', () => {
    expect(compileKernel({ ...builds, plain: never })).toBeInstanceOf(WebAssembly.Module);
  });

  it('takes the plain one where there is none', () => {
    expect(compileKernel({ ...builds, relaxed: unknown })).toBeInstanceOf(WebAssembly.Module);
  });

  it('has none where there is no SIMD', () => {
    expect(compileKernel({ relaxed: unknown, plain: unknown })).toBeUndefined();
  });

  it('leaves a file that is missing as the error it is', () => {
    expect(() => compileKernel({ ...builds, relaxed: never })).toThrow('It was loaded');
  });
});
