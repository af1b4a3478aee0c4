import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowTargetOf, ScoreSums } from '../../src/loss/calibration/calibrationScores.ts';
import { fitTemperature } from '../../src/loss/calibration/fitTemperature.ts';
import {
  type Bin,
  binsOf,
  equalMassEdges,
  equalWidthEdges,
  expectedError,
  maximumError,
  meanConfidence,
  type Ranked,
  rank,
} from '../../src/loss/calibration/reliabilityBins.ts';
import type { Rows } from '../../src/loss/rows/rowLayout.ts';
import { argmax } from '../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../src/loss/rows/targets.ts';
import { finish } from '../../src/loss/work.ts';
import { SAMPLES } from '../vscode/paths.ts';

interface Errors {
  readonly ece: number;
  readonly mce: number;
}

interface Expected {
  readonly nll: number;
  readonly brier: number;
  readonly confidence: number;
  readonly accuracy: number;
  readonly byBins: readonly {
    readonly bins: number;
    readonly width: Errors;
    readonly mass: Errors;
    readonly sklearn: { readonly accuracy: readonly number[]; readonly confidence: readonly number[] };
  }[];
}

interface Case {
  readonly name: string;
  readonly logits?: number[][];
  readonly targets?: number[][];
  readonly temperature: number;
  readonly before: Expected;
  readonly after: Expected;
}

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;
const { cases } = read<{ cases: Case[] }>(import.meta.dirname, 'calibration.json');
const digits = read<{ logits: number[][]; targets: number[] }>(SAMPLES, 'digits.logits.json');

describe.each(cases)('calibration is that of NumPy, SciPy, scikit-learn and PyTorch: $name', (each) => {
  const { rows, targets, wanted } = inputOf(each);
  const temperature = finish(fitTemperature(rows, targets, -100));

  it('the temperature, to 9 digits', () =>
    expect(Math.abs(temperature / each.temperature - 1)).toBeLessThan(1e-9));

  it.each(['before', 'after'] as const)('NLL, Brier score, ECE and MCE %s, to 9 digits', (when) => {
    const expected = each[when];
    const { ranked, means } = scored(rows, targets, wanted, when === 'before' ? 1 : temperature);
    expect(means[0]).toBeCloseTo(expected.nll, 9);
    expect(means[1]).toBeCloseTo(expected.brier, 9);
    expect(meanConfidence(ranked)).toBeCloseTo(expected.confidence, 9);
    expect(ranked.right.at(-1)! / rows.layout.rows).toBeCloseTo(expected.accuracy, 12);
    for (const { bins: count, width, mass, sklearn } of expected.byBins) {
      const byWidth = binsOf(ranked, equalWidthEdges(count));
      expectErrors(byWidth, width);
      expectErrors(binsOf(ranked, equalMassEdges(ranked, count)), mass);
      const used = byWidth.filter((bin) => bin.rows > 0);
      used.forEach((bin, i) => {
        expect(bin.accuracy).toBeCloseTo(sklearn.accuracy[i]!, 9);
        expect(bin.confidence).toBeCloseTo(sklearn.confidence[i]!, 9);
      });
      expect(used).toHaveLength(sklearn.accuracy.length);
    }
  });
});

function expectErrors(bins: readonly Bin[], { ece, mce }: Errors): void {
  expect(expectedError(bins)).toBeCloseTo(ece, 9);
  expect(maximumError(bins)).toBeCloseTo(mce, 9);
}

function inputOf({ logits, targets }: Case): { rows: Rows; targets: Targets; wanted: number[] } {
  const z = logits ?? digits.logits;
  const layout = { rows: z.length, classes: z[0]!.length, inner: 1 };
  const rows = { values: Float64Array.from(z.flat()), layout };
  if (!targets) {
    const indices = { kind: 'indices', values: Int32Array.from(digits.targets) } as const;
    return { rows, targets: indices, wanted: digits.targets };
  }
  const wanted = targets.map((row) => argmax(row, 0, row.length, 1));
  return { rows, targets: { kind: 'soft', values: Float64Array.from(targets.flat()) }, wanted };
}

function scored(
  rows: Rows,
  targets: Targets,
  wanted: readonly number[],
  temperature: number,
): { ranked: Ranked; means: Float64Array } {
  const { values, layout } = rows;
  const scores = new ScoreSums(layout.rows, temperature);
  for (let row = 0; row < layout.rows; row++)
    scores.add(rows, row, rowTargetOf(targets, row, layout, -100), row);
  const isRight = (row: number) => argmax(values, row * layout.classes, layout.classes, 1) === wanted[row];
  return { ranked: rank(scores.confidence, isRight), means: scores.means };
}
