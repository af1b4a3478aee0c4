import { expect, it } from 'vitest';
import { RESULT_COLUMNS, resultRows, taughtRows } from '../../../../src/lab/experiments/resultTable.ts';
import { STORIES } from '../../../../src/lab/experiments/stories.ts';
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
  const { settings } = STORIES[0]!.comparisons[0]!;
  const rows = resultRows('clouds', { ...settings, alphas: [0, 0.1] }, [run(0, 2), run(2, 1)]);
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
  const setup = ['clouds', 'UNIFORM_K', 60, 60, '32-32', 300, 'adam', 0.003, 0, 32];
  expect(rows[0]!.slice(RESULT_COLUMNS.indexOf('data'))).toEqual(setup);
});

it('a table of teachers has a row for each network, with its own accuracy', () => {
  const result = {
    teachers: [[0.9], [0.91]],
    students: [
      [[0.7], [0.8]],
      [[0.71], [0.81]],
    ],
    alone: [0.6],
  };
  expect(taughtRows(result, [0, 0.1], [1, 4], 8)).toEqual([
    ['teacher', 0, '', 8, 0.9],
    ['teacher', 0.1, '', 8, 0.91],
    ['student', 0, 1, 8, 0.7],
    ['student', 0, 4, 8, 0.8],
    ['student', 0.1, 1, 8, 0.71],
    ['student', 0.1, 4, 8, 0.81],
    ['student of labels', '', '', 8, 0.6],
  ]);
});
