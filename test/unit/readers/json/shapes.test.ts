import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readJsonTargets } from '../../../../src/readers/json/readJsonTargets.ts';
import { spanOfRow } from '../../../../src/readers/json/rowSpans.ts';
import { batchOf, rowTexts } from './read.ts';

describe('logits are read from', () => {
  it.each([
    ['one row', '[1, -2, 3]', [3], 0],
    ['rows', '[[1, 2, 3], [4, 5, 6]]', [2, 3], 1],
    ['a deeper nesting, classes on axis 1', '[[[1, 2], [3, 4], [5, 6]]]', [1, 3, 2], 1],
    ['an object', '{"logits": [[1, 2]]}', [1, 2], 1],
    ['an object by another name', '{"Outputs": [[1, 2]]}', [1, 2], 1],
    ['the one object inside that has logits', '{"run": {"scores": [[1, 2]]}, "seed": 3}', [1, 2], 1],
    ['records', '[{"logits": [1, 2]}, {"logits": [3, 4]}]', [2, 2], 1],
    ['records with a list around each row', '[{"logits": [[1, 2]]}]', [1, 2], 1],
    ['JSON Lines of records', '{"logits": [1, 2]}\n{"logits": [3, 4]}\n', [2, 2], 1],
    ['JSON Lines of rows', '[1, 2]\n[3, 4]\n', [2, 2], 1],
    ['rows cut out of a list', '  [1, 2],\n  [3, 4],\n', [2, 2], 1],
    ['numbers cut out of a row', '1.5, -2, 3e2', [3], 0],
    ['a member cut out of an object', '"logits": [[1, 2]], "targets": [1]', [1, 2], 1],
    ['a text with comments and trailing commas', '// made by hand\n[[1, 2,], /* two */ [3, 4],]', [2, 2], 1],
  ])('%s', (_, text, shape, classAxis) => {
    const batch = batchOf(text);
    expect(batch.shape).toEqual(shape);
    expect(batch.classAxis).toBe(classAxis);
  });

  it('what Python writes', () => {
    expect([...batchOf('[NaN, Infinity, -Infinity, nan, inf, -inf, 1e999]').values]).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('targets are', () => {
  it.each([
    ['indices', '{"logits": [[1, 2], [3, 4]], "targets": [1, 0]}', [1, 0]],
    ['indices before the logits', '{"y": [1, 0], "logits": [[1, 2], [3, 4]]}', [1, 0]],
    ['indices written as floats', '{"logits": [[1, 2]], "labels": [1.0]}', [1]],
    ['one index for one row', '{"logits": [1, 2], "label": 1}', [1]],
    ['class names', '{"logits": [[1, 2]], "label": ["dog"], "class_names": ["cat", "dog"]}', [1]],
    ['of records', '[{"logits": [1, 2], "label": 1}, {"logits": [3, 4], "label": 0}]', [1, 0]],
    [
      'names of records, named around them',
      '{"names": ["a", "b"], "rows": [{"logits": [1, 2], "label": "b"}]}',
      [1],
    ],
    ['the default ignore index', '{"logits": [[1, 2]], "targets": [-100]}', [-100]],
    ['another ignore index', '{"logits": [[1, 2]], "targets": [255], "ignore_index": 255}', [255]],
    ['for each pixel', '{"logits": [[[1, 2], [3, 4], [5, 6]]], "targets": [[0, 2]]}', [0, 2]],
  ])('%s', (_, text, expected) => {
    const { targets } = batchOf(text);
    expect(targets).toEqual({ kind: 'indices', values: Int32Array.from(expected) });
  });

  it('probabilities, in float64, when they have the shape of the logits', () => {
    const { targets } = batchOf('{"logits": [[1, 2]], "targets": [[0.1, 0.9]]}');
    expect(targets).toEqual({ kind: 'soft', values: Float64Array.of(0.1, 0.9) });
  });
  it('probabilities of records', () => {
    const { targets } = batchOf('[{"logits": [1, 2], "label": [0.25, 0.75]}]');
    expect(targets).toEqual({ kind: 'soft', values: Float64Array.of(0.25, 0.75) });
  });
  it('probabilities of records for each pixel, where the logits of that pixel are', () => {
    const records = '{"targets": [1, 2, 3]}\n{"targets": [4, 5, 6]}\n{"targets": [7, 8, 9]}';
    const context = { shape: [1, 3, 3], classAxis: 1, classNames: null, ignoreIndex: null };
    const read = finish(readJsonTargets(new TextEncoder().encode(records), context));
    const values = Float64Array.of(1, 4, 7, 2, 5, 8, 3, 6, 9);
    expect(read).toMatchObject({ ok: true, value: { targets: { kind: 'soft', values } } });
  });
  it('absent when null', () => expect(batchOf('{"logits": [[1, 2]], "targets": null}').targets).toBeNull());
});

describe('the class axis', () => {
  const deep = '[[[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [4, 5, 6]]]';
  it('is the one with as many entries as there are class names', () => {
    const { classAxis, classAxisFrom } = batchOf(`{"logits": ${deep}, "class_names": ["a", "b", "c"]}`);
    expect([classAxis, classAxisFrom]).toEqual([2, 'class-count']);
  });
  it('is the one the targets don’t have', () => {
    const { classAxis, classAxisFrom } = batchOf('{"logits": [[[1, 2, 3], [4, 5, 6]]], "targets": [[0, 2]]}');
    expect([classAxis, classAxisFrom]).toEqual([2, 'targets']);
  });
  it('is axis 1 where nothing says otherwise', () => expect(batchOf(deep).classAxisFrom).toBe('convention'));
  it('is the one chosen', () => expect(batchOf(deep, { classAxis: 2 }).classAxis).toBe(2));
});

describe('the kind', () => {
  it.each([
    ['[[0.25, 0.75], [0.5, 0.5]]', 'probabilities'],
    ['[[0.333, 0.333, 0.333]]', 'probabilities'],
    ['[[0.25, 0.75], [0.5, 0.6]]', 'logits'],
    ['[[-0.6931, -0.6931]]', 'log-probabilities'],
    ['[[-1, -2]]', 'logits'],
    ['[[NaN, 0.5]]', 'logits'],
  ])('of %s is %s', (text, kind) => expect(batchOf(text).kind).toBe(kind));
});

describe('places', () => {
  it('are those of each row', () =>
    expect(rowTexts('{"logits": [[1, 2],\r\n [3, 4]]}')).toEqual(['[1, 2]', '[3, 4]']));
  it('are those of records', () => {
    expect(rowTexts('{"logits": [1, 2]}\n{"logits": [3, 4]}')).toEqual([
      '{"logits": [1, 2]}',
      '{"logits": [3, 4]}',
    ]);
  });
  it('of a row across lists are from the first to the last', () => {
    const text = '[[[1, 2], [3, 4]]]';
    const [start, end] = spanOfRow(batchOf(text), 1);
    expect(text.slice(start, end)).toBe('[1, 2], [3, 4]');
  });
  it('of the whole are without the white space around it', () => {
    const { start, end } = batchOf('\n [[1, 2],\n [3, 4]] \n');
    expect([start, end]).toEqual([2, 19]);
  });
  it('come with the decimals of the source', () => expect(batchOf('[1.25, -3.1234]').decimals).toBe(4));
});
