import type { ConventionName } from '../../loss/conventions/conventions.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import type { Focal } from '../../loss/lossSpec.ts';
import type { Work } from '../../loss/work.ts';
import { CLOUD_CLASSES, drawClouds, squareOfPoints } from '../data/clouds.ts';
import type { DataSet } from '../data/dataSet.ts';
import { type SplitSizes, splitSet } from '../data/splits.ts';
import type { SplitRows } from '../training/labelledRows.ts';
import type { PlannedOptimizer, TrainingPlan } from '../training/trainingPlan.ts';

/** What a comparison is set up with, beside its data. Its rows are a part of the whole where they're a fraction below 1. */
export interface ComparisonSettings {
  /** The first is what the others are compared with: 0, as a rule. */
  readonly alphas: readonly number[];
  readonly convention: ConventionName;
  readonly focal: Focal | null;
  readonly sizes: SplitSizes;
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: PlannedOptimizer;
  readonly weightDecay: number;
  /** The test rows of all seeds are the same: needed where an α is chosen. */
  readonly fixedTest: boolean;
  /** True if its epochs can be looked at, so that everything is measured after many of them. */
  readonly isTimed: boolean;
  readonly pictures: {
    readonly plane: readonly [number, number, number] | null;
    /** Points a side of the square in which clouds are shown, or null. */
    readonly surface: number | null;
  };
}

/** Which seeds: `count` of them from `first` on. More seeds are the next ones. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/** Points of the plane in which clouds are shown: from 0 to each edge. */
export const SURFACE_REACH = 4;

/** After these epochs everything is measured, of fewer than 100 after as many in proportion: close together where things change fast. */
const MARKS_OF_100 = [0, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 36, 43, 50, 60, 70, 80, 90, 100];
/** So many more, at least so far apart, where there are more epochs. */
const [LATER_MARKS, LATER_STEP] = [8, 10];

/** The epochs that are measured, ascending, each once. */
export function marksOf(epochs: number): number[] {
  const early = MARKS_OF_100.map((mark) =>
    mark <= 10 || epochs > 100 ? Math.min(mark, epochs) : Math.round((mark * epochs) / 100),
  );
  const step = Math.max(LATER_STEP, (epochs - 100) / LATER_MARKS);
  const later = Array.from({ length: LATER_MARKS }, (_, i) => Math.round(100 + (i + 1) * step));
  const all = [...early, ...later.filter((mark) => mark < epochs), epochs];
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The epochs that are measured where nobody looks back: enough to see how it goes. */
function quartersOf(epochs: number): number[] {
  return [...new Set([0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * epochs) / 4)))];
}

/**
 * The networks of a comparison, α by α and in each seed by seed: number i·seeds + j is of α i and seed j. Those of a seed have the same
 * rows, the same first weights and the same order of batches. `data` is a set of rows, or clouds, which are drawn. Null if the set has
 * too few rows. Yields after each seed.
 */
export function* comparisonPlan(
  settings: ComparisonSettings,
  data: DataSet | 'clouds',
  { first, count }: SeedRange,
): Work<TrainingPlan | null> {
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  const splits: SplitRows[] = [];
  for (const seed of seeds) {
    const split = splitOf(settings, data, seed);
    if (!split) return null;
    splits.push(split);
    yield splits.length / count;
  }
  const [inputs, classes] = data === 'clouds' ? [2, CLOUD_CLASSES] : [data.inputs, data.classes];
  const padded = CONVENTIONS[settings.convention].padded;
  return {
    inputs,
    hidden: settings.hidden,
    // The padding class is one that no row has.
    outputs: padded ? classes + 1 : classes,
    optimizer: settings.optimizer,
    weightDecay: settings.weightDecay,
    batchSize: settings.batchSize,
    epochs: settings.epochs,
    marks: settings.isTimed ? marksOf(settings.epochs) : quartersOf(settings.epochs),
    splits,
    networks: settings.alphas.flatMap((labelSmoothing) =>
      seeds.map((seed, split) => ({
        seed,
        split,
        loss: {
          convention: settings.convention,
          labelSmoothing,
          ignoreIndex: padded ? classes : null,
          focal: settings.focal,
          temperature: 1,
        },
      })),
    ),
    pictures: {
      plane: classes >= 3 && settings.hidden.length > 0 ? settings.pictures.plane : null,
      probe:
        data === 'clouds' && settings.pictures.surface !== null
          ? squareOfPoints(settings.pictures.surface, SURFACE_REACH)
          : null,
    },
  };
}

/** Test rows of clouds, where there's no end to them. */
const CLOUD_TEST_ROWS = 1000;

function splitOf(
  { sizes, fixedTest }: ComparisonSettings,
  data: DataSet | 'clouds',
  seed: number,
): SplitRows | null {
  if (data === 'clouds') return drawClouds(seed, { test: CLOUD_TEST_ROWS, ...sizes });
  return splitSet(data, seed, sizes, fixedTest);
}
