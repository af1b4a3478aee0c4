import { describe, expect, it } from 'vitest';
import {
  calibrationCode,
  claimOf,
  judgeAgain,
  judgeClaim,
  pairsOf,
} from '../../../../src/lab/experiments/claims.ts';
import { comparisonPlan, marksOf } from '../../../../src/lab/experiments/comparison.ts';
import { theoryOf } from '../../../../src/lab/experiments/labTheory.ts';
import { loadedData } from '../../../../src/lab/experiments/loadedData.ts';
import { chosenAlpha, ownSettings, ownSweeps } from '../../../../src/lab/experiments/ownAlpha.ts';
import { STORIES } from '../../../../src/lab/experiments/stories.ts';
import { softTargets } from '../../../../src/lab/experiments/teacherPlans.ts';
import { FIGURES } from '../../../../src/lab/measure/labFigures.ts';
import { judge } from '../../../../src/lab/statistics/verdicts.ts';
import { planProblem } from '../../../../src/lab/training/checkedPlan.ts';
import { finish } from '../../../../src/loss/work.ts';

describe('what is known before training', () => {
  it.each([
    [0.01, 10, 6.899],
    [0.1, 10, 4.511],
    [0.3, 10, 3.192],
    [0.1, 3, 3.332],
  ])('the optimal gap of α = %f and %i classes is %f', (alpha, classes, gap) => {
    const theory = theoryOf('UNIFORM_K', alpha, classes);
    expect(theory.optimalGap).toBeCloseTo(gap, 3);
    expect(theory.optimalGap).toBeCloseTo(Math.log(1 + (classes * (1 - alpha)) / alpha), 12);
    expect(theory.guess).toBe(Math.log(classes));
    expect(theory.confidence).toBeCloseTo(1 - alpha + alpha / classes, 12);
  });

  it('is the floor of α = 0.1 of ten classes, and none and no end without smoothing', () => {
    expect(theoryOf('UNIFORM_K', 0.1, 10).floor).toBeCloseTo(0.5003, 4);
    expect(theoryOf('UNIFORM_K', 0, 10)).toMatchObject({
      floor: 0,
      optimalGap: Number.POSITIVE_INFINITY,
      confidence: 1,
    });
  });

  it('is of sigmoids what sigmoids have', () => {
    const { guess, optimalGap } = theoryOf('BINARY_HALF', 0.1, 10);
    expect(guess).toBe(Math.LN2);
    expect(optimalGap).toBeNaN();
  });

  it('counts the padding class on top of the others', () => {
    const { guess, optimalGap } = theoryOf('PAD_EXCLUDED', 0.1, 10);
    expect(guess).toBe(Math.log(11));
    // The nine others share what the true class loses.
    expect(optimalGap).toBeCloseTo(Math.log(0.9 / (0.1 / 9)), 10);
  });
});

describe('a story', () => {
  const comparisons = STORIES.flatMap(({ id, comparisons }) => comparisons.map((each) => ({ id, ...each })));

  it.each(comparisons)(
    '$id on $data has a plan that can be carried out',
    async ({ data, settings, seeds, claims }) => {
      const plan = finish(comparisonPlan(settings, await loadedData(data), { first: 0, count: seeds }))!;
      expect(planProblem(plan)).toBeNull();
      expect(plan.networks).toHaveLength(2 * seeds);
      expect(seeds).toBeGreaterThanOrEqual(6);
      expect(claims.length).toBeLessThanOrEqual(4);
      // A seed's two networks differ in their loss, and in nothing else.
      for (let seed = 0; seed < seeds; seed++) {
        const [a, b] = [plan.networks[seed]!, plan.networks[seeds + seed]!];
        expect({ ...a, loss: null }).toEqual({ ...b, loss: null });
        expect([a.loss.labelSmoothing, b.loss.labelSmoothing]).toEqual(settings.alphas);
      }
    },
  );

  it('goes on with the next seeds, which share nothing with the first', async () => {
    const { settings, data } = comparisons.find(({ id }) => id === 'calibration')!;
    const digits = await loadedData(data);
    const [first, more] = [0, 8].map(
      (from) => finish(comparisonPlan(settings, digits, { first: from, count: 8 }))!,
    );
    const seeds = [...first!.networks, ...more!.networks].map(({ seed }) => seed);
    expect(new Set(seeds)).toEqual(new Set(Array.from({ length: 16 }, (_, i) => i)));
    expect(more!.splits[0]!.train.features).not.toEqual(first!.splits[0]!.train.features);
  });

  it('has one more output where a convention has a padding class', async () => {
    const { settings, data } = comparisons.find(({ data }) => data === 'breast')!;
    const padded = { ...settings, convention: 'PAD_EXCLUDED' as const };
    const plan = finish(comparisonPlan(padded, await loadedData(data), { first: 0, count: 6 }))!;
    expect([plan.outputs, plan.networks[0]!.loss.ignoreIndex]).toEqual([3, 2]);
  });

  it('is measured closely at the beginning, and at the end', () => {
    expect(marksOf(100)).toEqual([
      0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 43, 50, 60, 70, 80, 90, 100,
    ]);
    expect(marksOf(5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(marksOf(150).slice(-6)).toEqual([100, 110, 120, 130, 140, 150]);
    expect(marksOf(300).slice(0, 10)).toEqual([0, 1, 2, 3, 4, 6, 8, 10, 13, 16]);
    expect(marksOf(300).slice(-8)).toEqual([125, 150, 175, 200, 225, 250, 275, 300]);
  });
});

describe('the pairs of a claim', () => {
  const figuresOf = (accuracies: readonly number[]) =>
    Float64Array.from({ length: accuracies.length * FIGURES.length }, (_, i) =>
      i % FIGURES.length === FIGURES.indexOf('accuracy') ||
      i % FIGURES.length === FIGURES.indexOf('overconfidence')
        ? accuracies[Math.floor(i / FIGURES.length)]!
        : Number.NaN,
    );

  it('are seeds of the same α, more seeds after the first', () => {
    // Two seeds with three α, then one seed more.
    const snapshots = [{ figures: figuresOf([1, 2, 11, 12, 21, 22]) }, { figures: figuresOf([3, 13, 23]) }];
    const seeds = [2, 1];
    expect(pairsOf({ snapshots, seeds }, 2, claimOf('accuracy-up'))).toEqual({
      without: [1, 2, 3],
      smoothed: [21, 22, 23],
    });
    expect(pairsOf({ snapshots, seeds, leftOut: new Set([1]) }, 1, claimOf('accuracy-up'))).toEqual({
      without: [1, 3],
      smoothed: [11, 13],
    });
  });

  it('are distances from 0 where that’s claimed', () => {
    const pairs = pairsOf(
      { snapshots: [{ figures: figuresOf([0.03, -0.15]) }], seeds: [1] },
      1,
      claimOf('confidence-nearer'),
    );
    expect(pairs).toEqual({ without: [0.03], smoothed: [0.15] });
  });

  it('are judged by steps of a row where they’re shares', () => {
    const same = { without: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], smoothed: [0.52, 0.52, 0.52, 0.52, 0.52, 0.52] };
    expect(judgeClaim(claimOf('accuracy-up'), same, 1, 50).code).toBe('seen');
    expect(judgeClaim(claimOf('accuracy-up'), same, 1, 50).interval.low).toBeLessThan(0.0125);
  });
});

it('what was clear at the first look isn’t judged again, and what wasn’t is judged once more', () => {
  const claim = claimOf('mistakes-cheaper');
  const judged = (differences: readonly number[]) => ({
    without: differences.map(() => 0),
    smoothed: differences,
  });
  const six = [-1, -2, -1, -2, -1, -2];
  const clear = judgeClaim(claim, judged(six), 1, 100);
  expect(judgeAgain(claim, clear, judged([...six, 9, 9, 9, 9, 9, 9]), 100)).toBe(clear);
  const unclear = judgeClaim(claim, judged([-1, 1, -1, 1, -1, -1]), 1, 100);
  const again = judgeAgain(claim, unclear, judged([-1, 1, -1, 1, -1, -1, -2, -3, -2, -3, -2, -3]), 100);
  expect([again.look, again.code, again.mayRunMore]).toEqual([2, 'seen', false]);
});

it('calibration is one verdict of three numbers', () => {
  const of = (direction: 'up' | 'down' | 'not') =>
    judge(
      { direction: 'down', matters: 0 },
      [0, 0, 0, 0, 0, 0],
      { up: [1, 2, 1, 2, 1, 2], down: [-1, -2, -1, -2, -1, -2], not: [1, -1, 1, -1, 1, -1] }[direction],
      1,
    );
  const same = { code: 'no-difference' } as const;
  const codes = [of('down'), of('up'), same, of('not')].map((asItIs) =>
    [of('down'), of('up'), same, of('not')].map((scaled) => calibrationCode(asItIs, scaled)),
  );
  expect(codes).toEqual([
    ['better', 'better-then-worse', 'better', 'better'],
    ['worse-then-better', 'worse', 'worse-then-not', 'worse-then-not'],
    ['same-then-better', 'same-then-worse', 'same', 'unclear'],
    ['unclear-then-better', 'unclear-then-worse', 'unclear', 'unclear'],
  ]);
});

describe('an α for someone’s data', () => {
  const figuresOf = (nlls: readonly (readonly [scaled: number, asItIs: number])[]) => {
    const figures = new Float64Array(nlls.length * FIGURES.length).fill(Number.NaN);
    nlls.forEach(([scaled, asItIs], network) => {
      figures[network * FIGURES.length + FIGURES.indexOf('validationNllScaled')] = scaled;
      figures[network * FIGURES.length + FIGURES.indexOf('validationNll')] = asItIs;
      // What is judged must have no part in the choice.
      figures[network * FIGURES.length + FIGURES.indexOf('nllScaled')] = -network;
    });
    return { figures };
  };

  it('has the lowest NLL of the validation rows, on average', () => {
    const figures = figuresOf([
      [0.3, 9],
      [0.4, 9],
      [0.2, 9],
      [0.3, 9],
      [0.1, 9],
      [0.6, 9],
    ]);
    expect(chosenAlpha(figures, 3, 2)).toMatchObject({ alpha: 1, isScaled: true });
  });

  it('is compared as it is where a seed has no temperature, and the smallest of several', () => {
    const figures = figuresOf([
      [Number.NaN, 0.5],
      [0.4, 0.5],
      [0.2, 0.5],
      [0.3, 0.5],
    ]);
    expect(chosenAlpha(figures, 2, 2)).toEqual({ alpha: 0, validationNll: [0.5, 0.5], isScaled: false });
  });

  it('is looked for on two fifths, chosen by a fifth, and judged on two', () => {
    const shape = { rows: 500, inputs: 3, classes: 2 };
    expect(ownSettings(shape).sizes).toEqual({ train: 200, validation: 100, test: 200 });
    expect(ownSettings(shape).epochs).toBe(100);
    expect(ownSweeps(shape).map(({ hidden }) => hidden)).toEqual([[], [32], [64], [64, 64]]);
    // What is wide comes before a last layer.
    expect(ownSweeps({ ...shape, inputs: 257 }).map(({ hidden }) => hidden)).toEqual([[]]);
  });

  it('is looked for with fewer epochs, then fewer rows, where features are wide', () => {
    const wide = (inputs: number) => ownSettings({ rows: 6000, inputs, classes: 10 });
    const [narrow, middle, most] = [wide(16), wide(400), wide(2048)];
    expect([narrow.epochs, narrow.sizes.train]).toEqual([100, 2400]);
    expect([middle.epochs < 100, middle.epochs >= 20, middle.sizes.train]).toEqual([true, true, 2400]);
    expect([most.epochs, most.sizes.train < 2000, most.sizes.train > 300]).toEqual([20, true, true]);
    expect(most.sizes.test).toBe(2400);
  });

  it('is looked for on as many rows as there’s time for, and with fewer α where there’s no memory for all', () => {
    const many = (inputs: number, classes: number) => ownSettings({ rows: 1_000_000, inputs, classes });
    expect(many(8, 3).sizes).toEqual({ train: 20_000, validation: 2000, test: 4000 });
    const { train, validation, test } = many(16_384, 2).sizes;
    expect(8 * 4 * 16_384 * (validation + test!)).toBeLessThanOrEqual(1 << 28);
    expect(train).toBeGreaterThanOrEqual(10);
    expect(many(512, 100).alphas).toHaveLength(9);
    expect(many(1024, 500).alphas).toHaveLength(5);
    // Five rows of a class, however long it takes.
    expect(many(512, 1000).sizes.train).toBe(5000);
  });
});

it('soft targets of a teacher are softmax(z/T)', () => {
  const [a, b] = softTargets(Float32Array.of(4, 0), 2, 4);
  expect(a).toBeCloseTo(Math.E / (1 + Math.E), 6);
  expect(a! + b!).toBeCloseTo(1, 6);
});
