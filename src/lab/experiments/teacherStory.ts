import type { DataSet } from '../data/dataSet.ts';
import { splitSet } from '../data/splits.ts';
import { figureOf } from '../measure/labFigures.ts';
import type {
  Trainer,
  TrainingProgress,
  TrainingRun,
  TrainingSnapshot,
  TrainingState,
} from '../training/trainer.ts';
import type { TrainingPlan } from '../training/trainingPlan.ts';
import {
  handedOn,
  studentsOf,
  type TeacherSettings,
  taughtSplits,
  teachersOf,
  unwatchedPlan,
} from './teacherPlans.ts';

/** What the story is told with, of digits. */
export const TEACHER_SETTINGS: TeacherSettings = {
  alphas: [0, 0.1],
  temperatures: [1, 2, 4, 8],
  seeds: 8,
  teacher: { rows: 1000, hidden: [128, 128], epochs: 30 },
  student: { rows: 100, hidden: [16], epochs: 600 },
  validationRows: 200,
};

/** Accuracies of test rows, 0…1, a number for each seed. */
export interface TeacherResult {
  /** For each α. */
  readonly teachers: readonly (readonly number[])[];
  /** For each α and each temperature. */
  readonly students: readonly (readonly (readonly number[])[])[];
  /** The student from labels alone. */
  readonly alone: readonly number[];
  /** (alphas, seeds, student rows, K) what the teachers said of the rows they hand on, and those rows' labels: (seeds, student rows). */
  readonly logits: Float32Array;
  readonly labels: readonly Int32Array[];
  readonly testRows: number;
}

/** Who follows the story: it has two parts, and whoever gets `run` may pause it. */
export interface TeacherFollower {
  readonly onPart?: (part: 'teachers' | 'students', run: TrainingRun) => void;
  /** Answers once it's to go on, or with false if it's given up; without this a pause gives it up. */
  readonly onPaused?: () => Promise<boolean>;
  readonly onProgress?: (part: 'teachers' | 'students', progress: TrainingProgress) => void;
}

/** Why there's no result: too few rows, a plan that can't be carried out, or a run that was given up or broke. */
export type TeacherProblem =
  | { readonly reason: 'too-few-rows' | 'plan' }
  | { readonly reason: 'stopped'; readonly state: TrainingState };

/** Trains teachers for each α and seed, then all students of all of them side by side, seeds `firstSeed` and on. */
export async function teacherStory(
  settings: TeacherSettings,
  data: DataSet,
  trainer: Trainer,
  follower: TeacherFollower = {},
  firstSeed = 0,
): Promise<TeacherResult | TeacherProblem> {
  const { alphas, temperatures, teacher, student } = settings;
  const seeds = Array.from({ length: settings.seeds }, (_, i) => firstSeed + i);
  const sizes = { train: teacher.rows, validation: settings.validationRows };
  const splits = seeds.map((seed) => splitSet(data, seed, sizes));
  if (student.rows > teacher.rows || !splits.every((split) => split !== null))
    return { reason: 'too-few-rows' };
  const teachers = await trained(
    'teachers',
    unwatchedPlan(data, teacher, splits, teachersOf(alphas, seeds)),
    trainer,
    follower,
    splits.map((split) => handedOn(split, student.rows, data.inputs).train.features),
  );
  if ('reason' in teachers) return teachers;
  const taught = taughtSplits(settings, data.classes, splits, teachers.logits, data.inputs);
  const students = await trained(
    'students',
    unwatchedPlan(data, student, taught.splits, studentsOf(temperatures, alphas, seeds)),
    trainer,
    follower,
    null,
  );
  if ('reason' in students) return students;
  const accuracies = (snapshot: TrainingSnapshot, first: number) =>
    seeds.map((_, i) => figureOf(snapshot.figures, first + i, 'accuracy'));
  const count = seeds.length;
  return {
    teachers: alphas.map((_, a) => accuracies(teachers.last, a * count)),
    students: alphas.map((_, a) =>
      temperatures.map((_, t) => accuracies(students.last, (t * alphas.length + a) * count)),
    ),
    alone: accuracies(students.last, temperatures.length * alphas.length * count),
    logits: teachers.logits,
    labels: taught.labels,
    testRows: splits[0]!.test.labels.length,
  };
}

/** Trains a plan to its end, and asks its networks about rows (one set a split), if there are any. */
async function trained(
  part: 'teachers' | 'students',
  plan: TrainingPlan,
  trainer: Trainer,
  { onPart, onPaused, onProgress }: TeacherFollower,
  asked: readonly Float32Array[] | null,
): Promise<{ readonly last: TrainingSnapshot; readonly logits: Float32Array } | TeacherProblem> {
  let last: TrainingSnapshot | undefined;
  const run = await trainer.begin(plan, {
    onProgress: (progress) => onProgress?.(part, progress),
    onSnapshots: (snapshots) => {
      last = snapshots.at(-1);
    },
  });
  if ('reason' in run) return { reason: 'plan' };
  try {
    onPart?.(part, run);
    let state = await run.goOn();
    while (state.kind === 'paused' && (await onPaused?.())) state = await run.goOn();
    if (state.kind !== 'finished' || !last) return { reason: 'stopped', state };
    if (!asked) return { last, logits: new Float32Array(0) };
    const each = asked[0]!.length;
    const features = new Float32Array(plan.networks.length * each);
    plan.networks.forEach(({ split }, network) => {
      features.set(asked[split]!, network * each);
    });
    return { last, logits: await run.logits(features, each / plan.inputs) };
  } finally {
    await run.release();
  }
}
