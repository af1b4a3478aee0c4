import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { theoryOf } from '../../../../../src/lab/experiments/labTheory.ts';
import {
  plannedComparison,
  type TrainedComparison,
  trainedComparison,
} from '../../../../lab/trainedComparison.ts';
import { startedTrainer } from './startedTrainer.ts';

// 300 training rows of digits, 64-64-64-10, 100 epochs: what is repeated of label smoothing, and what doesn't hold.
describe('digits', () => {
  const trainer = startedTrainer();
  let trained: TrainedComparison;
  beforeAll(async () => {
    trained = await trainedComparison(trainer, plannedComparison('calibration', 'digits'), {
      alphas: [0, 0.1, 0.3],
    });
  }, 300_000);
  afterAll(() => trainer.dispose());

  it.each([0.1, 0.3])('the logit gap of α = %f ends within 3 % of its optimum', (alpha) => {
    const { optimalGap } = theoryOf('UNIFORM_K', alpha, 10);
    expect(trained.mean(alpha, 'gap') / optimalGap).toBeGreaterThan(0.97);
    expect(trained.mean(alpha, 'gap') / optimalGap).toBeLessThan(1.03);
  });

  it('without smoothing it grows past twice that of α = 0.1, and goes on', () => {
    expect(trained.mean(0, 'gap')).toBeGreaterThan(2 * theoryOf('UNIFORM_K', 0.1, 10).optimalGap);
    const growth = [10, 30, 60, 100].map((epoch) => trained.mean(0, 'gap', epoch));
    expect(growth).toEqual(growth.toSorted((a, b) => a - b));
  });

  it('the loss ends on its floor', () => {
    const { floor } = theoryOf('UNIFORM_K', 0.1, 10);
    expect(trained.mean(0.1, 'loss')).toBeGreaterThan(floor);
    expect(trained.mean(0.1, 'loss')).toBeLessThan(floor + 0.03);
  });

  it('accuracy goes up by 0.5 to 2.2 points, and that’s seen', () => {
    const { code, interval } = trained.verdict(0.1, 'accuracy-up');
    expect(code).toBe('seen');
    expect(interval.mean).toBeGreaterThan(0.0054);
    expect(interval.mean).toBeLessThan(0.0217);
  });

  it('calibration gets worse as it is, which is said', () => {
    expect(trained.verdict(0.1, 'ece-falls').code).toBe('opposite');
    expect(trained.verdict(0.1, 'confidence-nearer').code).toBe('opposite');
    expect(trained.mean(0, 'overconfidence')).toBeGreaterThan(0.01);
    expect(trained.mean(0.1, 'overconfidence')).toBeLessThan(-0.1);
  });

  it('after one temperature it’s not worse', () => {
    expect(trained.verdict(0.1, 'ece-scaled-falls').code).not.toBe('opposite');
    expect(trained.verdict(0.1, 'nll-scaled-falls').code).toBe('seen');
  });

  it('clusters get tighter, among training rows much more than among others', () => {
    for (const claim of ['clusters-tighter', 'spread-train', 'spread-test'] as const)
      expect(trained.verdict(0.1, claim).code).toBe('seen');
    const ratio = (figure: 'trainSpread' | 'testSpread') =>
      trained.mean(0.1, figure) / trained.mean(0, figure);
    expect(ratio('trainSpread')).toBeLessThan(0.6);
    expect(ratio('testSpread')).toBeGreaterThan(0.7);
  });
});
