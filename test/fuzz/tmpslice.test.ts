import { test } from 'vitest';
import { analyzeText } from '../../src/analysis/analyzeText.ts';
import { costOf } from './cost.ts';
import * as names from './inputs/pythonNames.ts';

test('x', () => {
  const make = Object.values(names)
    .flatMap((o) => Object.entries(o as object))
    .find(([k]) => k === 'losses with the arguments of one dict')![1] as (n: number) => string;
  const text = make(262144);
  for (let i = 0; i < 8; i++) {
    const c = costOf(() => analyzeText(text, 'python'));
    console.log(Math.round(c.total), c.longestSlice.toFixed(1));
  }
});
