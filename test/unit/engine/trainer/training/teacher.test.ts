import { afterAll, describe, expect, it, vi } from 'vitest';
import { PACKAGED_SETS } from '../../../../../src/lab/data/packagedSets.ts';
import { TEACHER_SETTINGS, teacherStory } from '../../../../../src/lab/experiments/teacherStory.ts';
import { startedTrainer } from './startedTrainer.ts';

// A busy machine trains slowly.
vi.setConfig({ testTimeout: 120_000 });

const trainer = startedTrainer();
afterAll(() => trainer.dispose());

const SMALL = {
  ...TEACHER_SETTINGS,
  seeds: 2,
  temperatures: [1, 4],
  teacher: { rows: 200, hidden: [16], epochs: 20 },
  student: { rows: 50, hidden: [16], epochs: 100 },
};

describe('the story of a teacher', () => {
  it('has the accuracy of each α and seed, and of students at each temperature', async () => {
    const result = await teacherStory(SMALL, await PACKAGED_SETS.digits(), trainer);
    if ('reason' in result) throw new Error(result.reason);
    expect(result.teachers.map((of) => of.length)).toEqual([2, 2]);
    expect(result.students.map((of) => of.map((at) => at.length))).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(result.alone).toHaveLength(2);
    expect(result.logits).toHaveLength(2 * 2 * 50 * 10);
    expect(result.testRows).toBe(1797 - 200 - SMALL.validationRows);
    for (const accuracy of [...result.teachers.flat(), ...result.students.flat(2), ...result.alone]) {
      expect(accuracy).toBeGreaterThan(0.2);
      expect(accuracy).toBeLessThan(1);
    }
  });

  it('goes on after a pause as if there had been none, or is given up', async () => {
    const digits = await PACKAGED_SETS.digits();
    const parts: string[] = [];
    const pausing = (isToGoOn: boolean) =>
      teacherStory(SMALL, digits, trainer, {
        onPart: (part, run) => {
          parts.push(part);
          setTimeout(() => run.pause(), 20);
        },
        onPaused: async () => isToGoOn,
      });
    expect(await pausing(true)).toEqual(await teacherStory(SMALL, digits, trainer));
    expect(parts).toEqual(['teachers', 'students']);
    expect(await pausing(false)).toMatchObject({ reason: 'stopped', state: { kind: 'paused' } });
  });

  it('needs enough rows', async () => {
    const digits = await PACKAGED_SETS.digits();
    const many = { ...SMALL, teacher: { ...SMALL.teacher, rows: 1700 } };
    expect(await teacherStory(many, digits, trainer)).toEqual({ reason: 'too-few-rows' });
    const student = { ...SMALL, student: { ...SMALL.student, rows: 201 } };
    expect(await teacherStory(student, digits, trainer)).toEqual({ reason: 'too-few-rows' });
  });
});
