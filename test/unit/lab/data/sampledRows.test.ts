import { expect, it } from 'vitest';
import { sampledRows } from '../../../../src/lab/data/sampledRows.ts';

it('all rows are used where there’s room for them', () => {
  expect(sampledRows(20, 2, 160)).toBeNull();
  expect(sampledRows(20, 2, 159)).toHaveLength(19);
});

it('as many as there’s room for are drawn, each once, ascending, from all over', () => {
  const drawn = [...sampledRows(1000, 2, 800)!];
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(drawn).toHaveLength(100);
  expect(drawn.filter((row) => row < 500).length).toBeGreaterThan(35);
  expect(drawn.filter((row) => row >= 500).length).toBeGreaterThan(35);
  expect(drawn.at(-1)).toBeLessThan(1000);
});
