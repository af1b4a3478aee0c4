import { describe, expect, it } from 'vitest';
import { BatchStore } from '../../../../src/engine/batches/batchStore.ts';
import { rowLogits, totalsUnder } from '../../../../src/engine/batches/measuredBatch.ts';
import { NeedsLogitsError } from '../../../../src/engine/batches/needsLogits.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../../src/engine/questions/calibrate.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { BatchView } from '../../../../src/protocol/engineChannel.ts';
import { statisticsOf } from '../../readers/statistics/written.ts';

const SHAPE = [3, 4];
const VALUES = Float64Array.of(1, 2, 0.5, -1, 0, 0, 3, 1, -2, 4, 4, 0);
const WEIGHT = [1, 2, 0.5, 1];
const ORIGIN = { line: 0, character: 0 };
const compute = new Compute(undefined);

const text = (value: object) => ({ input: { text: JSON.stringify(value) }, origin: ORIGIN });
const measured = (targets: readonly number[] | undefined, weight?: readonly number[]) =>
  text({
    row_statistics: {
      shape: SHAPE,
      ...statisticsOf(
        { values: VALUES, layout: layoutOf(SHAPE, 1) },
        targets && Int32Array.from(targets),
        weight && Float64Array.from(weight),
      ),
    },
    ...(weight && { weight }),
  });

function opened(request: ReturnType<typeof text>, view: BatchView = {}) {
  const store = new BatchStore(compute);
  const outcome = finish(store.open(1, { ...request, view }));
  if (!outcome.ok) throw new Error(outcome.problem.reason);
  return { store, ...outcome.value };
}

describe('a batch of row statistics', () => {
  it('says that it has no logits, and keeps to what was measured', () => {
    const view: BatchView = {
      temperature: 2,
      convention: 'BINARY_HALF',
      kind: 'probabilities',
      weight: [3, 3, 3, 3],
      chosenTargets: [[0, 3]],
    };
    const { summary, measuredWith, stats } = opened(measured([1, 0, 3]), view);
    const plain = opened(measured([1, 0, 3]));
    expect(summary).toMatchObject({ holds: 'row-statistics', kind: 'logits', targetsFrom: 'indices' });
    expect(measuredWith).toEqual({
      convention: 'UNIFORM_K',
      weight: null,
      ignoreIndex: -100,
      temperature: 1,
    });
    expect(stats).toEqual(plain.stats);
  });

  it('has each row’s prediction as its target where there are none', () => {
    const { summary, stats } = opened(measured(undefined));
    expect(summary.targetsFrom).toBe('argmax');
    expect([...stats.target]).toEqual([1, 2, 1]);
  });

  it('counts the weights that it was measured with, or none', () => {
    const request = measured([1, 0, 3], WEIGHT);
    const logits = opened(
      text({
        logits: [0, 4, 8].map((at) => [...VALUES.subarray(at, at + 4)]),
        targets: [1, 0, 3],
        weight: WEIGHT,
      }),
    );
    const weighted = opened(request);
    for (const column of ['hard', 'uniform'] as const)
      for (const [row, value] of logits.stats[column].entries())
        expect(weighted.stats[column][row]).toBeCloseTo(value, 12);
    expect(weighted.stats.share).toBe(logits.stats.share);
    const without = opened(request, { weight: null });
    expect(without.measuredWith.weight).toBeNull();
    expect(without.stats.share).toBe(3);
  });

  it('is calibrated at T = 1 only', () => {
    const { store } = opened(measured([1, 0, 3]));
    const { temperature, after, before } = finish(store.withBatch(1, (batch) => calibrate(compute, batch)));
    expect([temperature, after]).toEqual([null, null]);
    const logits = opened(
      text({ logits: [0, 4, 8].map((at) => [...VALUES.subarray(at, at + 4)]), targets: [1, 0, 3] }),
    );
    const expected = finish(logits.store.withBatch(1, (batch) => calibrate(compute, batch))).before;
    for (const [i, mean] of expected.means.entries()) expect(before.means[i]).toBeCloseTo(mean, 12);
    for (const [row, p] of expected.confidence.entries()) expect(before.confidence[row]).toBeCloseTo(p, 12);
  });

  it('refuses other targets, and to be read as logits', () => {
    const { store } = opened(measured([1, 0, 3]));
    const other = finish(store.attachTargets(1, text([0, 0, 0]), {}));
    expect(other.ok || other.problem).toMatchObject({ reason: 'needs-logits', of: 'targets' });
    const read = finish(store.read(measured([1, 0, 3])));
    expect(read.ok || read.problem).toMatchObject({ reason: 'needs-logits' });
  });

  it('has one place in its document for all rows', () => {
    const { store, range } = opened(measured([1, 0, 3]));
    expect(store.locate(1, 2)).toEqual(range);
    expect(range!.end.character).toBeGreaterThan(range!.start.character);
  });

  it('throws a NeedsLogitsError if someone asks what it can’t answer', () => {
    const { store } = opened(measured([1, 0, 3]));
    expect(() => rowLogits(store.held(1), 0)).toThrow(NeedsLogitsError);
    expect(() => finish(totalsUnder(compute, store.held(1), { temperature: 2 }))).toThrow(NeedsLogitsError);
  });
});
