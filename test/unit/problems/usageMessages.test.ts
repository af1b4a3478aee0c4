import { expect, it } from 'vitest';
import { USAGE_MESSAGES } from '../../../src/problems/usageMessages.ts';

it('how many classes weights move is a number as others are', () => {
  const finding = {
    rule: 'weights-move-optimum',
    span: { start: 0, end: 1 },
    fix: null,
    moved: 1,
    to: 0,
    count: 1999,
    ratio: 1000,
    limit: 91,
    classes: 2000,
  } as const;
  const say = USAGE_MESSAGES['weights-move-optimum'] as unknown as (of: typeof finding) => string;
  expect(say(finding)).toMatch(/ This holds for 1,999 classes\.$/);
});
