import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { readJson } from '../../../../src/readers/json/readJson.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { readTable } from '../../../../src/readers/table/readTable.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const OPTIONS = { binary: true };

describe('one output per row as two classes', () => {
  it.each([
    ['a list', () => readJson(encode('{"probs": [0.99999999, 0.25], "labels": [0, 1]}'), OPTIONS)],
    ['a list of lists', () => readJson(encode('{"probs": [[0.99999999], [0.25]]}'), OPTIONS)],
    ['a list in code', () => readText(encode('probs = [[0.99999999], [0.25]]'), OPTIONS)],
    ['records', () => readJson(encode('[{"prob": 0.99999999}, {"prob": 0.25}]'), OPTIONS)],
    ['a table', () => readTable(encode('prob,label\n0.99999999,0\n0.25,1\n'), undefined, undefined, OPTIONS)],
  ])('keeps what is left of 1 beside a probability near it, in %s', (_, read) => {
    const batch = finish(read());
    expect(batch).toMatchObject({ ok: true, value: { kind: 'probabilities', shape: [2, 2] } });
    expect(batch.ok && [...batch.value.values]).toEqual([Math.fround(1e-8), 1, 0.75, 0.25]);
  });

  it('has fractions as targets where its classes are, on any axis', () => {
    const text = '{"logits": [[0.5, -1, 2]], "targets": [0.125, 0.75, 0.25]}';
    const batch = finish(readJson(encode(text), { ...OPTIONS, classAxis: 0 }));
    const values = Float64Array.of(0.875, 0.25, 0.75, 0.125, 0.75, 0.25);
    expect(batch).toMatchObject({ ok: true, value: { shape: [2, 3], targets: { kind: 'soft', values } } });
  });
});
