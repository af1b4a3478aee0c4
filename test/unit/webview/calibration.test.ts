import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../src/engine/questions/calibrate.ts';
import { verdictOf } from '../../../src/loss/calibration/calibrationVerdict.ts';
import { rank } from '../../../src/loss/calibration/reliabilityBins.ts';
import { finish } from '../../../src/loss/work.ts';
import type { CalibrationScores } from '../../../src/protocol/engineChannel.ts';
import { scoredBy } from '../../../src/webview/calibration/scoredRows.ts';
import {
  distanceWords,
  type Judged,
  leanWords,
  scaledWords,
} from '../../../src/webview/calibration/verdictWords.ts';

interface Batch {
  readonly logits: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

const IGNORED = -100;
const largest = (row: readonly number[]) => row.indexOf(Math.max(...row));

/** All that the tab says of a batch, and the figures it's about. */
function judge({ logits, targets }: Batch, bins = 15) {
  const layout = { rows: logits.length, classes: logits[0]!.length, inner: 1 };
  const calibration = finish(
    calibrate(new Compute(undefined), {
      source: { values: Float64Array.from(logits.flat()) },
      layout,
      targets: { kind: 'indices', values: Int32Array.from(targets) },
      measuredWith: { ignoreIndex: IGNORED },
    }),
  );
  const scored = (scores: CalibrationScores) =>
    scoredBy(
      scores,
      rank(scores.confidence, (row) => largest(logits[row]!) === targets[row]),
      { kind: 'width', count: bins },
    );
  const before = scored(calibration.before);
  const after = calibration.after && scored(calibration.after);
  const temperature = calibration.temperature![0]!;
  const judged: Judged = {
    verdict: verdictOf(before, after, temperature),
    before,
    after,
    temperature,
    shownAt: 1,
    fittedRows: calibration.fittedRows,
    rows: before.rows,
  };
  const said = {
    lean: leanWords(judged),
    scaled: scaledWords(judged).join(' '),
    distance: distanceWords(judged),
  };
  return { before, after, temperature, said };
}

/** A batch whose rows are more or less confident, and right more or less often, in two groups that needn't agree. */
const batch: fc.Arbitrary<Batch> = fc
  .record({
    rows: fc.integer({ min: 1, max: 300 }),
    classes: fc.integer({ min: 2, max: 5 }),
    scales: fc.tuple(
      fc.double({ min: 0.1, max: 16, noNaN: true }),
      fc.double({ min: 0.1, max: 16, noNaN: true }),
    ),
    rights: fc.tuple(
      fc.double({ min: 0.3, max: 1, noNaN: true }),
      fc.double({ min: 0.3, max: 1, noNaN: true }),
    ),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    ignored: fc.constantFrom(0, 0, 0.3, 1),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
  })
  .map(({ rows, classes, scales, rights, share, ignored, seed }) => {
    let state = seed;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const all = Array.from({ length: rows }, () => {
      const group = random() < share ? 0 : 1;
      const row = Array.from({ length: classes }, () => scales[group] * (random() - 0.5));
      const best = largest(row);
      const target = random() < rights[group] ? best : (best + 1) % classes;
      return { row, target: random() < ignored ? IGNORED : target };
    });
    return { logits: all.map(({ row }) => row), targets: all.map(({ target }) => target) };
  });

const shares = (text: string) => [...text.matchAll(/(\d+\.\d+)\u00a0%/g)].map(([, share]) => Number(share));
const numbers = (text: string) => [...text.matchAll(/\d+\.\d{4}\b/g)].map(Number);

describe('what is said of a batch’s calibration', () => {
  it('never contradicts itself, or the figures', () => {
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(batch, (each) => {
        const { before, after, temperature, said } = judge(each);
        const gap = before.confidence - before.accuracy;
        const all = `${said.lean} ${said.scaled} ${said.distance}`;
        expect(all).not.toMatch(/NaN|undefined|\{\d\}/);

        // Over- and underconfidence are told from the figures.
        if (said.lean.includes('overconfident by')) expect(gap).toBeGreaterThan(0);
        if (said.lean.includes('underconfident by')) expect(gap).toBeLessThan(0);
        if (said.lean.includes('confident by')) {
          const [confidence, accuracy] = shares(said.lean) as [number, number];
          const points = Number(/by (\d+\.\d+) points/.exec(said.lean)![1]);
          expect(points).toBeGreaterThan(0);
          expect(Math.abs(confidence - accuracy)).toBeCloseTo(points, 9);
          expect(confidence > accuracy).toBe(said.lean.includes('overconfident'));
        }

        // A temperature that raises ECE, or NLL, says so; and nothing is said to fall that doesn't.
        if (after) {
          const [nll, nllAfter] = [before.nll, after.nll].map((value) => value.toFixed(4));
          const [error, errorAfter] = [before.expectedError, after.expectedError].map((value) =>
            value.toFixed(4),
          );
          expect(said.scaled.includes('lowers their NLL')).toBe(Number(nllAfter) < Number(nll));
          expect(said.scaled.includes('raises the NLL')).toBe(Number(nllAfter) > Number(nll));
          expect(said.scaled.includes('lowers ECE')).toBe(Number(errorAfter) < Number(error));
          expect(said.scaled.includes('raises ECE')).toBe(Number(errorAfter) > Number(error));
          expect(said.scaled).toMatch(/fitted on (\d+ of )?these \d+ rows/);
          for (const number of numbers(said.scaled.split('Mean confidence')[0]!.replace(/T = \S+/g, '')))
            expect([nll, nllAfter, error, errorAfter].map(Number)).toContain(number);
        } else expect(said.scaled + said.distance).toBe('');

        // What is said of the distance of logits follows from all of it.
        if (said.distance.includes('too far apart:')) {
          expect(temperature).toBeGreaterThan(1);
          expect(said.lean).not.toContain('underconfident by');
          expect(said.scaled).not.toMatch(/raises/);
          count('far');
        }
        if (said.distance.includes('too close together:')) {
          expect(temperature).toBeLessThan(1);
          expect(said.lean).not.toContain('overconfident by');
          expect(said.scaled).not.toMatch(/raises/);
          count('close');
        }
        if (said.distance.includes('no reason')) {
          expect(said.lean).toContain('no more miscalibration than');
          count('fine');
        }
        if (said.distance.includes('disagree here')) {
          expect(said.lean).not.toContain('no more miscalibration than');
          count('disputed');
        }
        if (said.lean.includes('others underconfident')) count('mixed');
        if (said.scaled.includes('raises ECE')) count('raises ECE');
        if (before.rows === 0) expect(said.lean).toBe('');
      }),
      { numRuns: 1500 },
    );
    // All of these have been there to be wrong about.
    for (const what of ['far', 'close', 'fine', 'disputed', 'mixed', 'raises ECE'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(5);
  });

  it('has one word for predictions that are underconfident on average, while NLL has their logits closer', () => {
    // Most are right more often than they are confident; a few are certain, and wrong.
    const logits = Array.from({ length: 200 }, (_, row) => (row % 10 === 0 ? [8, 0, 0] : [1.6, 0, 0]));
    const targets = logits.map((_, row) => (row % 40 === 0 ? 1 : row % 9 === 1 ? 1 : 0));
    const { said, temperature } = judge({ logits, targets });
    expect(temperature).toBeGreaterThan(1);
    expect(said.lean).toMatch(/underconfident by \d+\.\d points\.$/);
    expect(said.scaled).toMatch(/^T = \S+, fitted on these 200 rows, lowers their NLL/);
    expect(said.scaled).toContain('raises ECE');
    expect(said.distance).toContain('NLL and calibration disagree here');
  });

  it('counts the rows that T was fitted to, and that count', () => {
    const logits = Array.from({ length: 50 }, (_, row) => [row % 3, 1, 0]);
    const targets = logits.map((_, row) => (row % 5 === 0 ? IGNORED : row % 2));
    expect(judge({ logits, targets }).said.scaled).toContain('fitted on these 40 rows');
  });
});
