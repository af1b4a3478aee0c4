import { beforeAll, describe, expect, it } from 'vitest';
import { finish } from '../../src/loss/work.ts';
import { readJson } from '../../src/readers/json/readJson.ts';
import type { NumberScanner } from '../../src/readers/text/numberScanner.ts';
import { scannerOf } from '../unit/engine/kernel/scanner.ts';
import { interleaved, median } from './interleaved.ts';

const CLASSES = 100;

/** 50 MB of logits, as Python writes float32. */
function largeText(): string {
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  const row = () => `[${Array.from({ length: CLASSES }, () => Math.fround(random() * 12 - 6)).join(', ')}]`;
  const rows = Array.from({ length: 500 }, row).join(', ');
  return `[${Array.from({ length: Math.ceil(50e6 / rows.length) }, () => rows).join(', ')}]`;
}

/** What there is without a reader of one's own. */
function parsed(text: string): Float32Array {
  const rows: number[][] = JSON.parse(text);
  const values = new Float32Array(rows.length * CLASSES);
  for (const [i, row] of rows.entries()) values.set(row, i * CLASSES);
  return values;
}

describe('50 MB of rows of 17 digits', () => {
  let text: string;
  let bytes: Uint8Array;
  let scanner: NumberScanner;

  beforeAll(() => {
    text = largeText();
    bytes = new TextEncoder().encode(text);
    scanner = scannerOf();
  }, 60_000);

  const read = (options: { scanner?: NumberScanner }) => {
    const outcome = finish(readJson(bytes, options));
    if (!outcome.ok) expect.unreachable(outcome.problem.reason);
    return outcome.value.values;
  };

  it('are read exactly', () => {
    const expected = parsed(text);
    for (const values of [read({}), read({ scanner })]) {
      expect(values.length).toBe(expected.length);
      expect(values.findIndex((value, i) => value !== expected[i])).toBe(-1);
    }
  });

  it('are read faster than JSON.parse does', () => {
    const contenders = { ours: () => read({ scanner }), theirs: () => parsed(text) };
    const times = interleaved(contenders, 9);
    const ratio = median(times.theirs) / median(times.ours);
    console.log(`50 MB of JSON: ${ratio.toFixed(2)} × as fast as JSON.parse`);
    expect(ratio).toBeGreaterThan(1);
  });
});
