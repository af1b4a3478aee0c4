import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { KernelMemory } from '../../../../src/engine/kernel/kernelMemory.ts';
import type { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { BLOCK } from '../../../../src/engine/measure/passes/passBlocks.ts';
import type { LogitsSource } from '../../../../src/engine/measure/rowsFile.ts';
import { lossTotals } from '../../../../src/loss/batch/reduction.ts';
import type { Floats } from '../../../../src/loss/rows/rowLayout.ts';
import { copied, measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { stampOf } from '../files.ts';
import type { BuildName } from './builds.ts';
import { expectSame } from './same.ts';
import { anyPass, inputsOf, type PassCase } from './watched/anyPass.ts';
import { readBack, storedBytes } from './watched/stored.ts';
import { WatchedMeasure } from './watched/watchedMeasure.ts';

const BUILDS: readonly BuildName[] = ['shared-relaxed', 'shared-plain', 'private-relaxed', 'private-plain'];
const CASES = 10_000;
const path = join(mkdtempSync(join(tmpdir(), 'smooth-labels-')), 'logits.bin');

afterAll(() => rmSync(path, { force: true }));

/** Passes in one memory beside batches that are held there, with holes between them that rooms and results fit in. */
class Bench {
  readonly watched: WatchedMeasure;
  readonly #held: readonly Float32Array[];
  readonly #used: number;

  constructor(build: BuildName) {
    this.watched = new WatchedMeasure(build);
    const { memory } = this.watched;
    const holes = [500, 3000, 20_000, 70_000].map((bytes) => {
      const hole = memory.allocate(bytes);
      return [hole, memory.allocate(400)] as const;
    });
    for (const [hole] of holes) memory.free(hole);
    this.#held = holes.map(([, at]) => memory.floats(at, 100).fill(-77));
    this.#used = memory.used;
  }

  /** Measures as `pass` says, and fails if that isn't what float64 gives, or anything else was touched. */
  try(pass: PassCase): void {
    const { memory, threads } = this.watched;
    const { layout, logits, targets, spec } = inputsOf(pass);
    const { source, read } = this.#placed(pass, logits);
    const kernel = this.watched.measure(layout.rows, pass.blockLogits);
    threads.turns = pass.helpers;
    const stats = finish(kernel.passOverSource(source, layout, targets, spec));
    expectSame(stats, finish(measureRowStats({ values: read, layout }, targets, spec)));
    expect(kernel.totals(stats)).toEqual(lossTotals(copied(stats)));
    kernel.release(stats);
    this.#score(pass, kernel, source, read);
    if (pass.where.place === 'inside') {
      const { values } = source as { values: Float32Array };
      expect(new Uint8Array(values.slice().buffer)).toEqual(new Uint8Array(read.buffer));
      memory.free(memory.addressOf(values)!);
    }
    memory.check();
    if (memory.shared) for (const batch of this.#held) expect(batch.every((x) => x === -77)).toBe(true);
    expect(memory.used).toBe(this.#used);
  }

  /** RowScores the same rows, and measures them divided by a temperature. */
  #score(pass: PassCase, kernel: KernelMeasure, source: LogitsSource, read: Float32Array): void {
    if (pass.seed % 6 !== 0) return;
    const { layout, targets, spec } = inputsOf(pass);
    const { ignoreIndex } = spec;
    for (const what of ['scores', 'moments', 'entropy'] as const) {
      const rows = { source, layout, targets: what === 'entropy' ? null : targets, ignoreIndex };
      finish(kernel.scores(rows, { beta: 0.7, what }));
    }
    if ('file' in source) return;
    if (!(source.values instanceof Float32Array) || pass.family === 'odd') return;
    const stats = finish(kernel.passOverSource({ ...source, temperature: 2 }, layout, targets, spec));
    const logits = Float64Array.from(read, (z) => z / 2);
    expectSame(stats, finish(measureRowStats({ values: logits, layout }, targets, spec)));
    kernel.release(stats);
  }

  /** The logits where the pass finds them, and what there is to find. */
  #placed({ where }: PassCase, logits: Floats): { source: LogitsSource; read: Float32Array } {
    const read = Float32Array.from(logits);
    if (where.place === 'outside') return { source: { values: logits }, read };
    if (where.place === 'inside') {
      const { memory } = this.watched;
      const values = memory.floats(memory.allocate(4 * read.length), read.length);
      values.set(read);
      return { source: { values }, read };
    }
    const type = { name: where.type, little: where.little };
    const bytes = storedBytes(logits, type, where.offset);
    writeFileSync(path, bytes);
    const file = {
      path,
      stamp: stampOf(path),
      offset: where.offset,
      type,
      probabilities: false,
      temperature: 1,
    };
    return { source: { file }, read: readBack(bytes, type, where.offset, logits.length) };
  }
}

describe.each(BUILDS)('a pass of the %s kernel', (build) => {
  it(`touches only what it was given, in ${CASES / BUILDS.length} cases`, () => {
    let bench = new Bench(build);
    fc.assert(
      fc.property(passIn(bench.watched.memory), (pass) => {
        try {
          bench.try(pass);
        } catch (error) {
          // What a failure leaves behind would fail every pass after it.
          bench = new Bench(build);
          throw error;
        }
      }),
      { numRuns: CASES / BUILDS.length },
    );
  });
});

describe.each(['shared-relaxed', 'private-plain'] as const)(
  'in blocks of their usual size a pass of the %s kernel',
  (build) => {
    it.each([
      { outer: 3, classes: 1000, inner: 100 },
      { outer: 2, classes: 10, inner: 10_000 },
      { outer: 1, classes: 60_000, inner: 7 },
      { outer: 1, classes: 32_000, inner: 5 },
      { outer: 15_000, classes: 10, inner: 1 },
      { outer: 3, classes: 70_001, inner: 1 },
    ])('touches only what it was given, shape ($outer, $classes, $inner)', (shape) => {
      const bench = new Bench(build);
      const tried = { ...LARGE, ...shape };
      bench.try({ ...tried, where: OUTSIDE, targets: 'indices' });
      bench.try({ ...tried, where: OUTSIDE, targets: 'soft' });
      if (bench.watched.memory.shared)
        bench.try({ ...tried, where: { place: 'inside' }, targets: 'indices' });
    });
  },
);

const OUTSIDE = { place: 'outside', type: 'float32' } as const;
const LARGE = {
  family: 'normal',
  convention: 'UNIFORM_K',
  weighted: false,
  ignoring: true,
  blockLogits: BLOCK,
  helpers: [1, 1],
  seed: 6,
} as const;

/** Logits stay in memory only where growing doesn't move it. */
function passIn({ shared }: KernelMemory): fc.Arbitrary<PassCase> {
  return shared ? anyPass : anyPass.filter(({ where }) => where.place !== 'inside');
}
