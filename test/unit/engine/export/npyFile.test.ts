import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesAsNpy, targetsAsNpy } from '../../../../src/engine/export/npyFile.ts';
import { GatheredBytes } from '../../../../src/engine/export/sink.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { smoothed, smoothingOf } from '../../../../src/loss/conventions/smoothing.ts';
import { layoutOf, rowOf } from '../../../../src/loss/rows/rowLayout.ts';
import { oneHot } from '../../../../src/loss/rows/targets.ts';
import { finish, type Work } from '../../../../src/loss/work.ts';
import { readNpyHeader } from '../../../../src/readers/arrays/npy/npyHeader.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = '/usr/bin/python3';
const hasNumpy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0;

/** What is written, all together. */
function gathered(work: (sink: GatheredBytes) => Work<void>): Uint8Array<ArrayBuffer> {
  const sink = new GatheredBytes();
  finish(work(sink));
  return sink.bytes;
}

/** As NumPy reads a file: its type, shape, and numbers. */
function numpy(file: Uint8Array): unknown {
  const read =
    'import io, json, sys, numpy as np; a = np.load(io.BytesIO(sys.stdin.buffer.read())); print(json.dumps([str(a.dtype), a.shape, a.tolist()]))';
  return JSON.parse(spawnSync(PYTHON, ['-c', read], { input: file, encoding: 'utf8' }).stdout);
}

/** A batch of any shape with its classes on any axis; some rows have the ignore index. */
const batches = fc
  .record({
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    classes: fc.integer({ min: 3, max: 5 }),
    axis: fc.nat(2),
    convention: fc.constantFrom(...CONVENTION_NAMES),
    seed: fc.nat(),
  })
  .map(({ shape: others, classes, axis, convention, seed }) => {
    const classAxis = Math.min(axis, others.length);
    const shape = others.toSpliced(classAxis, 0, classes);
    const { rows } = layoutOf(shape, classAxis);
    const ignoreIndex = CONVENTIONS[convention].padded ? 2 : -100;
    const indices = Int32Array.from({ length: rows }, (_, row) => (seed + 7 * row) % (classes + 1));
    const values = indices.map((index) => (index === classes ? ignoreIndex : index));
    return { shape, classAxis, classes, values, spec: { ...PLAIN, convention, ignoreIndex } };
  });

describe('arrays as .npy', () => {
  it('have the smoothed target of each row where its logits are, and zeros where it’s ignored', () =>
    fc.assert(
      fc.property(batches, ({ shape, classAxis, classes, values, spec }) => {
        const logits = new Float32Array(shape.reduce((a, b) => a * b, 1));
        const batch = held(logits, shape, { kind: 'indices', values }, spec, classAxis);
        const file = gathered((sink) => targetsAsNpy(batch, spec, sink));
        const { content } = readNpyHeader(file, file.length);
        if (!content.ok) throw new Error(content.problem.reason);
        expect(content.value).toMatchObject({ type: { name: 'float32', little: true }, shape });
        expect(content.value.offset % 64).toBe(0);
        const read = new Float32Array(file.buffer, content.value.offset);
        const smoothing = smoothingOf(spec, classes);
        values.forEach((target, row) => {
          const ignored = target === spec.ignoreIndex;
          const expected = ignored ? new Float64Array(classes) : smoothed(oneHot(classes, target), smoothing);
          const layout = layoutOf(shape, classAxis);
          expect(rowOf({ values: read, layout }, row)).toEqual(
            Float64Array.from(Float32Array.from(expected)),
          );
        });
      }),
    ));

  it.runIf(hasNumpy)('are what NumPy reads', () => {
    const targets = { kind: 'indices', values: Int32Array.from([1, -100]) } as const;
    const batch = held(new Float32Array(10), [2, 5], targets, PLAIN);
    const off = Math.fround(0.02);
    expect(numpy(gathered((sink) => targetsAsNpy(batch, PLAIN, sink)))).toEqual([
      'float32',
      [2, 5],
      [
        [off, Math.fround(0.92), off, off, off],
        [0, 0, 0, 0, 0],
      ],
    ]);
    expect(numpy(gathered((sink) => classesAsNpy(batch, sink)))).toEqual(['int64', [2], [1, -100]]);
  });

  it.runIf(hasNumpy)('have the classes in the shape of the rows; of one row a number', () => {
    const deep = held(
      new Float32Array(12),
      [2, 3, 2],
      { kind: 'indices', values: Int32Array.from([0, 1, 2, 0]) },
      PLAIN,
    );
    expect(numpy(gathered((sink) => classesAsNpy(deep, sink)))).toEqual([
      'int64',
      [2, 2],
      [
        [0, 1],
        [2, 0],
      ],
    ]);
    const one = held(new Float32Array(3), [3], { kind: 'indices', values: Int32Array.from([2]) }, PLAIN);
    expect(numpy(gathered((sink) => classesAsNpy(one, sink)))).toEqual(['int64', [], 2]);
  });
});
