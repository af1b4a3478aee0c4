import { expect, it } from 'vitest';
import { sampledRows } from '../../../../src/host/lab/sampledRows.ts';

const features = Float32Array.from({ length: 40 }, (_, i) => i);
const labels = Float32Array.from({ length: 20 }, (_, row) => row);

it('all rows are used where there’s room for them', () => {
  expect(sampledRows(features, 2, labels, 160)).toEqual({ features, labels });
});

it('as many as there’s room for are drawn, in their order, each with its own label', () => {
  const sampled = sampledRows(features, 2, labels, 80);
  expect(sampled.labels).toHaveLength(10);
  expect([...sampled.labels]).toEqual([...new Set(sampled.labels)].sort((a, b) => a - b));
  sampled.labels.forEach((row, i) => {
    expect([...sampled.features.subarray(2 * i, 2 * i + 2)]).toEqual([2 * row, 2 * row + 1]);
  });
});
