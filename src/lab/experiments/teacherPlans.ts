import { softmax } from '../../loss/rows/softmax.ts';
import type { DataSet } from '../data/dataSet.ts';
import type { SplitRows } from '../training/labelledRows.ts';
import type { PlannedNetwork, TrainingPlan } from '../training/trainingPlan.ts';
import { USUAL_SETTINGS } from './stories.ts';

/** A large network that is trained on labels, and small ones that learn some of its rows from its probabilities. */
export interface TeacherSettings {
  readonly alphas: readonly number[];
  readonly temperatures: readonly number[];
  readonly seeds: number;
  readonly teacher: { readonly rows: number; readonly hidden: readonly number[]; readonly epochs: number };
  readonly student: { readonly rows: number; readonly hidden: readonly number[]; readonly epochs: number };
  readonly validationRows: number;
}

const PLAIN = { convention: 'UNIFORM_K', ignoreIndex: null, focal: null } as const;

/** Teachers, α by α and in each seed by seed. */
export function teachersOf(alphas: readonly number[], seeds: readonly number[]): PlannedNetwork[] {
  return alphas.flatMap((labelSmoothing) =>
    seeds.map((seed, split) => ({ seed, split, loss: { ...PLAIN, labelSmoothing, temperature: 1 } })),
  );
}

/** Temperature by temperature, in each α by α, in each seed by seed; at last those that learn from labels alone. */
export function studentsOf(
  temperatures: readonly number[],
  alphas: readonly number[],
  seeds: readonly number[],
) {
  const loss = { ...PLAIN, labelSmoothing: 0 };
  const taught = temperatures.flatMap((temperature, t) =>
    alphas.flatMap((_, a) =>
      seeds.map((seed, i) => ({
        seed,
        split: (t * alphas.length + a) * seeds.length + i,
        loss: { ...loss, temperature },
      })),
    ),
  );
  const first = taught.length;
  return [
    ...taught,
    ...seeds.map((seed, i) => ({ seed, split: first + i, loss: { ...loss, temperature: 1 } })),
  ];
}

/** The rows of a split, with only the first of its training rows: those that the teacher hands on. */
export function handedOn({ train, ...others }: SplitRows, rows: number, inputs: number): SplitRows {
  return {
    ...others,
    train: { features: train.features.slice(0, rows * inputs), labels: train.labels.slice(0, rows) },
  };
}

/** The rows of students in the order of `studentsOf`, with what teachers say of them: `logits` is (alphas, seeds, rows, K). */
export function taughtSplits(
  { alphas, temperatures, student: { rows } }: TeacherSettings,
  classes: number,
  splits: readonly SplitRows[],
  logits: Float32Array,
  inputs: number,
): { readonly splits: SplitRows[]; readonly labels: Int32Array[] } {
  const handed = splits.map((split) => handedOn(split, rows, inputs));
  const size = rows * classes;
  const taught = temperatures.flatMap((temperature) =>
    alphas.flatMap((_, a) =>
      handed.map((split, i) => {
        const start = (a * splits.length + i) * size;
        const soft = softTargets(logits.subarray(start, start + size), classes, temperature);
        return { ...split, train: { ...split.train, soft } };
      }),
    ),
  );
  return { splits: [...taught, ...handed], labels: handed.map(({ train }) => train.labels) };
}

/** softmax(z/T) of each row: (rows, K). */
export function softTargets(logits: Float32Array, classes: number, temperature: number): Float32Array {
  const soft = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += classes)
    soft.set(softmax(Float64Array.from(logits.subarray(at, at + classes), (z) => z / temperature)), at);
  return soft;
}

/** A plan without marks: the story has no time to look back at, only its end is measured. */
export function unwatchedPlan(
  { inputs, classes }: DataSet,
  { hidden, epochs }: TeacherSettings['student'],
  splits: readonly SplitRows[],
  networks: readonly PlannedNetwork[],
): TrainingPlan {
  const { optimizer, weightDecay, batchSize } = USUAL_SETTINGS;
  const pictures = { plane: null, probe: null };
  const shape = { inputs, hidden, outputs: classes, optimizer, weightDecay, batchSize, epochs, marks: [] };
  return { ...shape, splits, networks, pictures };
}
