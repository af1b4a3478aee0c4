import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readJson } from '../../../../src/readers/json/readJson.ts';

const encoder = new TextEncoder();

function read(json: unknown) {
  const read = finish(readJson(encoder.encode(JSON.stringify(json))));
  if (!read.ok) return read.problem;
  const { values, shape, targets, classNames } = read.value;
  return { values: [...values], shape, targets: targets && [...targets.values], classNames };
}

describe('a table as JSON', () => {
  const columns = ['logit_0', 'logit_1', 'label'];
  const data = [
    [1, 2, 0],
    [3, 4, 1],
    [5, 6, 1],
  ];
  const expected = { values: [1, 2, 3, 4, 5, 6], shape: [3, 2], targets: [0, 1, 1], classNames: null };

  it('is read in each of pandas’ orients', () => {
    const cell = (row: number, column: number) => data[row]![column]!;
    const record = (row: number) =>
      Object.fromEntries(columns.map((name, column) => [name, cell(row, column)]));
    const byColumn = columns.map((name, column) => [
      name,
      Object.fromEntries(data.map((_, row) => [row, cell(row, column)])),
    ]);
    expect(read({ columns, index: [0, 1, 2], data })).toEqual(expected);
    expect(read(Object.fromEntries(byColumn))).toEqual(expected);
    expect(read(data.map((_, row) => record(row)))).toEqual(expected);
    expect(read(Object.fromEntries(data.map((_, row) => [row, record(row)])))).toEqual(expected);
    expect(read(Object.fromEntries(data.map((_, row) => [`img_${row}.png`, record(row)])))).toEqual(expected);
  });

  it('with texts in some cells has the same numbers', () => {
    const rows = data.map((row, i) => [...row, `img_${i}.png`]);
    expect(read({ columns: [...columns, 'file'], index: [0, 1, 2], data: rows })).toEqual(expected);
  });

  it('is told from logits of several sets', () => {
    const sets = { train: { logits: [[1, 2]], labels: [0] }, test: { logits: [[3, 4]], labels: [1] } };
    expect(read(sets)).toMatchObject({ reason: 'several' });
  });

  it('has columns that are numbered only beside targets', () => {
    const boxes = [
      { c0: 1.5, c1: 2.5 },
      { c0: 3.5, c1: 4.5 },
    ];
    expect(read(boxes)).toMatchObject({ reason: 'no-logits' });
    expect(read(boxes.map((each, i) => ({ ...each, label: i })))).toMatchObject({ targets: [0, 1] });
  });
});

describe('the usual keys', () => {
  const rows = [
    [0.7, 0.3],
    [0.2, 0.8],
  ];

  it.each(
    'logit prob probs probabilities pred preds y_pred y_prob y_score softmax teacher_logits'.split(' '),
  )('%s', (key) =>
    expect(read({ [key]: rows, y_true: [0, 1] })).toMatchObject({ shape: [2, 2], targets: [0, 1] }),
  );

  it('log_probs', () =>
    expect(read({ log_probs: rows.map((row) => row.map(Math.log)) })).toMatchObject({ shape: [2, 2] }));
});
