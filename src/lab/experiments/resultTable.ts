import { FIGURES } from '../measure/labFigures.ts';
import type { TrainingSnapshot } from '../training/trainer.ts';
import type { ComparisonSettings, SeedRange } from './comparison.ts';
import type { TeacherResult } from './teacherStory.ts';

/** A cell of a table of results. NaN: there's no such figure. */
export type ResultCell = number | string;

/** With what networks were trained. */
const SETUP_COLUMNS = [
  'data',
  'convention',
  'train_rows',
  'validation_rows',
  'hidden',
  'epochs',
  'optimizer',
  'learning_rate',
  'weight_decay',
  'batch_size',
] as const;

/** What each network was measured to be, α and seed first, and what it was trained with; figures as FIGURES names them. */
export const RESULT_COLUMNS = ['alpha', 'seed', 'epoch', ...FIGURES, ...SETUP_COLUMNS] as const;

/** One run of a comparison: its seeds, and its snapshots in the order of their epochs. */
export interface ComparedRun {
  readonly seeds: SeedRange;
  readonly snapshots: readonly Pick<TrainingSnapshot, 'epoch' | 'figures'>[];
}

/** A row for each network and measured epoch, α by α and in each seed by seed: what a table of all results has. */
export function resultRows(
  data: string,
  settings: ComparisonSettings,
  runs: readonly ComparedRun[],
): ResultCell[][] {
  const setup = setupOf(data, settings);
  return settings.alphas.flatMap((alpha, a) =>
    runs.flatMap(({ seeds: { first, count }, snapshots }) =>
      Array.from({ length: count }, (_, i) =>
        snapshots.map(({ epoch, figures }) => {
          const start = (a * count + i) * FIGURES.length;
          return [alpha, first + i, epoch, ...figures.subarray(start, start + FIGURES.length), ...setup];
        }),
      ).flat(),
    ),
  );
}

function setupOf(data: string, settings: ComparisonSettings): ResultCell[] {
  const { convention, sizes, hidden, epochs, optimizer, weightDecay, batchSize } = settings;
  return [
    data,
    convention,
    sizes.train,
    sizes.validation,
    hidden.join('-'),
    epochs,
    optimizer.kind,
    optimizer.learningRate,
    weightDecay,
    batchSize,
  ];
}

/** Teachers, their students at each temperature T, and students that learnt from labels alone (no α, no T): accuracies, 0…1. */
export const TAUGHT_COLUMNS = ['network', 'alpha', 'temperature', 'seed', 'accuracy'] as const;

/** A row for each network of a story of teachers. */
export function taughtRows(
  { teachers, students, alone }: Pick<TeacherResult, 'teachers' | 'students' | 'alone'>,
  alphas: readonly number[],
  temperatures: readonly number[],
  firstSeed: number,
): ResultCell[][] {
  const rows = (network: string, alpha: ResultCell, temperature: ResultCell, accuracies: readonly number[]) =>
    accuracies.map((accuracy, i) => [network, alpha, temperature, firstSeed + i, accuracy]);
  return [
    ...alphas.flatMap((alpha, a) => rows('teacher', alpha, '', teachers[a]!)),
    ...alphas.flatMap((alpha, a) =>
      temperatures.flatMap((temperature, t) => rows('student', alpha, temperature, students[a]![t]!)),
    ),
    ...rows('student of labels', '', '', alone),
  ];
}
