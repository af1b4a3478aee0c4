import { beforeAll, expect, it } from 'vitest';
import { finish } from '../../src/loss/work.ts';
import { readJsonWork } from '../../src/readers/json/readJson.ts';
import { interleaved, median } from './interleaved.ts';

/** 50 MB: rows of 10 numbers of 6 decimals, a line each. */
function largeText(): string {
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const line = () => `[${Array.from({ length: 10 }, () => (random() * 40 - 20).toFixed(6)).join(', ')}]`;
  const lines = Array.from({ length: 500 }, line).join(',\n');
  return `[${Array.from({ length: Math.ceil(50e6 / lines.length) }, () => lines).join(',\n')}]`;
}

let text: string;
let bytes: Uint8Array;

beforeAll(() => {
  text = largeText();
  bytes = new TextEncoder().encode(text);
});

it('reads 50 MB of rows exactly', () => {
  const parsed = JSON.parse(text) as number[][];
  const read = finish(readJsonWork(bytes));
  if (!read.ok) expect.unreachable();
  const { values } = read.value;
  const wrong = parsed.findIndex((row, i) => row.some((x, k) => values[10 * i + k] !== Math.fround(x)));
  expect([values.length, wrong]).toEqual([10 * parsed.length, -1]);
});

it('reads 50 MB of rows in less than 3 times what JSON.parse takes', () => {
  const times = interleaved({ ours: () => finish(readJsonWork(bytes)), theirs: () => JSON.parse(text) }, 7);
  const ratio = median(times.ours) / median(times.theirs);
  console.log(`50 MB of JSON: ${ratio.toFixed(2)} × JSON.parse`);
  expect(ratio).toBeLessThan(3);
});
