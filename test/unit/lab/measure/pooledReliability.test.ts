import { expect, it } from 'vitest';
import { pooledReliability, RELIABILITY_BINS } from '../../../../src/lab/measure/pooledReliability.ts';

it('networks of several seeds are binned together, each by its own temperature', () => {
  // Two classes, logits (z, 0): confidence 1/(1 + e^−z/T).
  const network = (z: number, temperature: number, right: boolean) => ({
    logits: Float32Array.of(z, 0),
    outputs: 2,
    labels: Int32Array.of(right ? 0 : 1),
    temperature,
  });
  const bins = pooledReliability([network(4, 2, true), network(2, 1, false), network(6, 1, true)]);
  expect(bins).toHaveLength(RELIABILITY_BINS);
  const confidence = 1 / (1 + Math.exp(-2));
  const [shared, sure] = bins.filter(({ rows }) => rows > 0);
  expect(shared).toMatchObject({ rows: 2, accuracy: 0.5 });
  expect(shared!.confidence).toBeCloseTo(confidence, 6);
  expect(sure).toMatchObject({ rows: 1, accuracy: 1 });
});
