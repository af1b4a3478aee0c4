import { describe, expect, it } from 'vitest';
import { SeededNumbers } from '../../../../src/lab/random/seededNumbers.ts';
import { pairedInterval } from '../../../../src/lab/statistics/pairedInterval.ts';
import { flipProbability } from '../../../../src/lab/statistics/signFlips.ts';
import { judge, type VerdictCode } from '../../../../src/lab/statistics/verdicts.ts';

const UP = { direction: 'up', matters: 0.003 } as const;
const DOWN = { direction: 'down', matters: 0.003 } as const;
const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe('a paired interval', () => {
  it('is Student’s', () => {
    const { mean, low, high, df } = pairedInterval([0.02, 0.01, -0.005, 0.03, 0.012, 0, 0.018, 0.022], 0.97);
    expect(mean).toBeCloseTo(0.013375, 12);
    expect(df).toBe(7);
    expect(low).toBeCloseTo(0.002218592055143737, 9);
    expect(high).toBeCloseTo(0.02453140794485626, 9);
  });

  it('is no surer than the steps in which its numbers are measured', () => {
    const same = [0.01, 0.01, 0.01, 0.01];
    expect(pairedInterval(same, 0.97).low).toBeCloseTo(0.01, 12);
    expect(pairedInterval(same, 0.97, 0.01).low).toBeLessThan(0.004);
  });

  it('knows nothing of one pair', () => {
    expect(pairedInterval([1], 0.97)).toMatchObject({ low: -Infinity, high: Infinity });
  });
});

describe('signs drawn anew', () => {
  const brute = (differences: readonly number[]) => {
    const total = Math.abs(differences.reduce((sum, d) => sum + d, 0));
    let far = 0;
    for (let signs = 0; signs < 2 ** differences.length; signs++) {
      const sum = differences.reduce((all, d, i) => all + ((signs >> i) & 1 ? d : -d), 0);
      if (Math.abs(sum) >= total - 1e-12) far++;
    }
    return far / 2 ** differences.length;
  };

  it('are all counted', () => {
    const numbers = new SeededNumbers(3, 'flips');
    for (let count = 1; count <= 11; count++) {
      const differences = Array.from({ length: count }, () => Math.round(8 * numbers.normal()) / 8 + 0.25);
      expect(flipProbability(differences)).toBe(brute(differences));
    }
    expect(flipProbability([0.1, 0.2, 0.3, 0.7, 0.1, 0.3])).toBe(2 / 64);
  });

  it('take no time for 36 seeds, and count nothing beyond', () => {
    expect(flipProbability(Array.from({ length: 36 }, (_, i) => 1 + i / 7))).toBe(2 / 2 ** 36);
    expect(flipProbability(Array.from({ length: 37 }, () => 1))).toBe(0);
  });
});

describe('a verdict', () => {
  const codes = (differences: readonly number[], look: 1 | 2 = 1) =>
    [UP, DOWN].map((claim) => judge(claim, zeros(differences.length), differences, look).code);

  it('is on one side, on the other, or not clear', () => {
    expect(codes([0.02, 0.01, 0.015, 0.03, 0.012, 0.02])).toEqual(['seen', 'opposite']);
    expect(codes([-0.02, -0.01, -0.015, -0.03, -0.012, -0.02])).toEqual(['opposite', 'seen']);
    expect(codes([0.02, -0.02, 0.03, -0.01, 0.01, 0])).toEqual(['unclear', 'unclear']);
  });

  it('says that there’s no difference only where the interval says so', () => {
    expect(codes([0.001, -0.001, 0.0005, -0.0005, 0, 0])).toEqual(['no-difference', 'no-difference']);
    expect(codes([0.01, -0.01, 0.005, -0.005, 0, 0])).toEqual(['unclear', 'unclear']);
  });

  it('is unknown where a seed has no number, and never clear of five seeds', () => {
    expect(codes([0.1, 0.1, Number.NaN, 0.1, 0.1, 0.1])).toEqual(['unknown', 'unknown']);
    expect(codes([0.1, 0.1001, 0.0999, 0.1, 0.1])).toEqual(['unclear', 'unclear']);
  });

  it('counts the seeds: as claimed, the other way, the same', () => {
    const { asClaimed, otherWay, same } = judge(DOWN, [1, 1, 1, 1, 1], [0, 0.5, 2, 1, 1], 1);
    expect([asClaimed, otherWay, same]).toEqual([2, 1, 2]);
  });

  it('is harder to reach at the second look, and there’s no third', () => {
    // t = 2.5 with 15 degrees of freedom: 0 is outside of the 96.5 % interval, and inside of the 98.5 % one.
    const pairs = zeros(16).map((_, i) => (i % 2 === 0 ? 1 : -1));
    const shift = (2.5 * Math.sqrt(16 / 15)) / 4;
    const differences = pairs.map((d) => d + shift);
    const [first, second] = ([1, 2] as const).map((look) => judge(UP, zeros(16), differences, look));
    expect([first!.code, second!.code]).toEqual(['seen', 'unclear']);
    expect(second!.interval.low).toBeLessThan(first!.interval.low);
    expect(second!.mayRunMore).toBe(false);
    expect(judge(UP, zeros(5), [0.02, -0.02, 0.03, -0.01, 0.01], 1).mayRunMore).toBe(true);
  });

  it('refuses seeds without a partner', () => {
    expect(() => judge(UP, [1, 2], [1], 1)).toThrow(RangeError);
  });
});

/** Look, and where it isn't clear look again at twice as many seeds. */
function wholeProcedure(draw: () => number, seeds: number, step = 0): VerdictCode {
  const all = Array.from({ length: 2 * seeds }, draw);
  const first = judge(UP, zeros(seeds), all.slice(0, seeds), 1, step);
  return first.mayRunMore ? judge(UP, zeros(2 * seeds), all, 2, step).code : first.code;
}

describe('where α makes no difference, the whole procedure is wrong', () => {
  const numbers = new SeededNumbers(2026, 'no difference');
  const accuracy = () => Math.round(5 * (numbers.normal() + numbers.normal()));
  const laws = {
    normal: () => numbers.normal(),
    'heavy-tailed': () => numbers.normal() / Math.sqrt(0.2 + Math.abs(numbers.normal())),
    'of steps of a row': accuracy,
    'of few steps, mostly the same': () => Math.round(0.6 * numbers.normal()),
    uniform: () => numbers.uniform() - 0.5,
    'of 1 or −1': () => (numbers.uniform() < 0.5 ? -1 : 1),
  };
  const cases = Object.entries(laws).flatMap(([name, draw]) =>
    [6, 8, 12].map((seeds) => ({ name, seeds, draw })),
  );
  it.each(cases)(
    'in at most 5 % of 10,000 sets: differences $name, $seeds seeds',
    ({ seeds, draw, name }) => {
      let wrong = 0;
      for (let set = 0; set < 10_000; set++) {
        const code = wholeProcedure(draw, seeds, name.includes('steps') ? 1 : 0);
        if (code === 'seen' || code === 'opposite') wrong++;
      }
      expect(wrong).toBeLessThanOrEqual(500);
    },
  );
});
