import type { DataSetId } from '../data/dataSet.ts';
import type { ClaimId } from './claims.ts';
import type { ComparisonSettings } from './comparison.ts';

export type StoryId =
  | 'overconfidence'
  | 'calibration'
  | 'clusters'
  | 'wrongLabels'
  | 'teacher'
  | 'hurts'
  | 'own';

/** A comparison on one data set, with the seeds it's planned for and what is claimed of it. */
export interface StoryComparison {
  readonly data: DataSetId;
  readonly settings: ComparisonSettings;
  readonly seeds: number;
  readonly claims: readonly ClaimId[];
}

/** A story that is told by comparisons; the first is the one that's in its picture. Teacher and own data have settings of their own. */
export interface Story {
  readonly id: Exclude<StoryId, 'teacher' | 'own'>;
  readonly comparisons: readonly StoryComparison[];
}

/** What all comparisons have in common unless they say otherwise. */
export const USUAL_SETTINGS = {
  alphas: [0, 0.1],
  convention: 'UNIFORM_K',
  focal: null,
  batchSize: 32,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  weightDecay: 0,
  fixedTest: false,
  isTimed: true,
  pictures: { plane: null, surface: null },
} as const satisfies Partial<ComparisonSettings>;

const DIGITS: ComparisonSettings = {
  ...USUAL_SETTINGS,
  sizes: { train: 300, validation: 300 },
  hidden: [64, 64],
  epochs: 100,
  pictures: { plane: [3, 5, 8], surface: null },
};

const WRONG_DIGITS: ComparisonSettings = {
  ...USUAL_SETTINGS,
  alphas: [0, 0.6],
  sizes: { train: 600, validation: 300 },
  hidden: [128],
  epochs: 100,
};

const CLOUDS: ComparisonSettings = {
  ...USUAL_SETTINGS,
  alphas: [0, 0.3],
  sizes: { train: 60, validation: 60 },
  hidden: [32, 32],
  epochs: 300,
  pictures: { plane: null, surface: 25 },
};

/** Two fifths of a table to train on, a fifth to choose by, two fifths to judge on. */
function table(rows: number): ComparisonSettings {
  return {
    ...USUAL_SETTINGS,
    sizes: { train: Math.round(0.4 * rows), validation: Math.round(0.2 * rows) },
    hidden: [32],
    epochs: 150,
  };
}

/** The same α on every data set, and nothing to look at but figures. */
function atTenth(settings: ComparisonSettings): ComparisonSettings {
  return { ...settings, alphas: [0, 0.1], pictures: { plane: null, surface: null } };
}

/** The stories that are told by comparisons, in the order of their tabs. */
export const STORIES: readonly Story[] = [
  {
    id: 'overconfidence',
    comparisons: [
      {
        data: 'clouds',
        settings: CLOUDS,
        seeds: 8,
        claims: ['confidence-nearer', 'mistakes-cheaper', 'nearer-truth', 'accuracy-up'],
      },
    ],
  },
  {
    id: 'calibration',
    comparisons: [
      {
        data: 'digits',
        settings: DIGITS,
        seeds: 8,
        claims: ['confidence-nearer', 'ece-falls', 'ece-scaled-falls', 'accuracy-up'],
      },
    ],
  },
  {
    id: 'clusters',
    comparisons: [
      {
        data: 'digits',
        settings: DIGITS,
        seeds: 8,
        claims: ['clusters-tighter', 'spread-train', 'spread-test', 'gap-bounded'],
      },
    ],
  },
  {
    id: 'wrongLabels',
    comparisons: [
      {
        data: 'digits-20',
        settings: WRONG_DIGITS,
        seeds: 6,
        claims: ['accuracy-up', 'less-learnt-by-heart', 'gap-bounded', 'ece-falls'],
      },
    ],
  },
  {
    id: 'hurts',
    comparisons: [
      { data: 'digits-20', settings: atTenth(WRONG_DIGITS), seeds: 6, claims: ['accuracy-up', 'ece-rises'] },
      { data: 'iris', settings: table(150), seeds: 12, claims: ['accuracy-up', 'ece-rises'] },
      { data: 'digits', settings: atTenth(DIGITS), seeds: 8, claims: ['accuracy-up', 'ece-rises'] },
      { data: 'clouds', settings: atTenth(CLOUDS), seeds: 8, claims: ['accuracy-up', 'ece-rises'] },
      { data: 'wine', settings: table(178), seeds: 12, claims: ['accuracy-down', 'ece-rises'] },
      { data: 'breast', settings: table(569), seeds: 12, claims: ['accuracy-down', 'ece-rises'] },
    ],
  },
];
