import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { batchOf, bytesOf } from './read.ts';

const insert = (i: number) =>
  `INSERT INTO preds (cat, dog, note, label) VALUES (0.${i % 9}5, 1.5, 'it''s', ${i % 2});`;
const record = (i: number) => `Row(label=${i % 2}.0, logits=DenseVector([0.${i % 9}5, 1.5]))`;
const rows = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));

const isRead = (text: string) => finish(readText(bytesOf(text))).ok;

describe('rows in statements or records', () => {
  it.each([
    ['statements', insert],
    ['records', record],
  ])('%s are all read', (_, line) => {
    expect(batchOf(rows(40, line).join('\n'))).toMatchObject({
      shape: [40, 2],
      targets: { kind: 'indices' },
    });
  });

  it.each([
    [
      'a text with a line break',
      insert,
      "INSERT INTO preds (cat, dog, note, label) VALUES (1, 2, 'a\nb', 0);",
    ],
    ['fewer values', insert, 'INSERT INTO preds (cat, dog, note, label) VALUES (1, 2);'],
    ['other fields', record, 'Row(logits=DenseVector([0.5, 1.5]), label=1.0)'],
    ['an end that is missing', record, 'Row(label=1.0, logits=DenseVector([0.5, 1.5]'],
  ])('aren’t read without the one that has %s', (_, line, bad) => {
    for (const at of [0, 3, 39])
      expect(isRead(rows(40, line).toSpliced(at, 1, bad).join('\n')), `${at}`).toBe(false);
  });

  it.each([
    ['statements', insert],
    ['records', record],
  ])('%s aren’t read again and again if the last is cut', (_, line) => {
    const started = performance.now();
    expect(isRead(rows(5000, line).join('\n').slice(0, -3))).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
