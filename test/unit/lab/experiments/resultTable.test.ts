import { expect, it } from 'vitest';
import { RESULT_COLUMNS, resultRows } from '../../../../src/lab/experiments/resultTable.ts';
import { FIGURES } from '../../../../src/lab/measure/labFigures.ts';

it('a table has a row for each network and epoch, with its own figures', () => {
  // Figures that say which network of which epoch they're of.
  const figuresOf = (epoch: number, networks: number) =>
    Float64Array.from(
      { length: networks * FIGURES.length },
      (_, i) => 100 * epoch + Math.floor(i / FIGURES.length),
    );
  const run = (first: number, count: number) => ({
    seeds: { first, count },
    snapshots: [0, 5].map((epoch) => ({ epoch, figures: figuresOf(epoch, 2 * count) })),
  });
  const rows = resultRows([0, 0.1], [run(0, 2), run(2, 1)]);
  expect(rows.map((row) => row.slice(0, 4))).toEqual([
    [0, 0, 0, 0],
    [0, 0, 5, 500],
    [0, 1, 0, 1],
    [0, 1, 5, 501],
    [0, 2, 0, 0],
    [0, 2, 5, 500],
    [0.1, 0, 0, 2],
    [0.1, 0, 5, 502],
    [0.1, 1, 0, 3],
    [0.1, 1, 5, 503],
    [0.1, 2, 0, 1],
    [0.1, 2, 5, 501],
  ]);
  for (const row of rows) expect(row).toHaveLength(RESULT_COLUMNS.length);
});
