import { afterAll, expect, it } from 'vitest';
import { PACKAGED_SETS } from '../../src/lab/data/packagedSets.ts';
import { claimOf, judgeClaim } from '../../src/lab/experiments/claims.ts';
import { TEACHER_SETTINGS, teacherStory } from '../../src/lab/experiments/teacherStory.ts';
import { startedTrainer } from '../unit/engine/trainer/training/startedTrainer.ts';

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

it('students at T = 4 of the smoothed teacher are worse, and the teacher isn’t', async () => {
  const result = await teacherStory(TEACHER_SETTINGS, await PACKAGED_SETS.digits(), trainer);
  if ('reason' in result) throw new Error(result.reason);
  const { teachers, students, alone, testRows } = result;
  const at = TEACHER_SETTINGS.temperatures.indexOf(4);
  const pairs = { without: students[0]![at]!, smoothed: students[1]![at]! };
  const taught = judgeClaim(claimOf('student-worse'), pairs, 1, testRows);
  expect(taught.code).toBe('seen');
  expect(taught.interval.mean).toBeLessThan(-0.02);
  const teacher = { without: teachers[0]!, smoothed: teachers[1]! };
  expect(judgeClaim(claimOf('teacher-better'), teacher, 1, testRows).code).not.toBe('opposite');
  // From α = 0 a student learns more than from labels alone.
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  expect(mean(pairs.without)).toBeGreaterThan(mean(alone) + 0.02);
});
