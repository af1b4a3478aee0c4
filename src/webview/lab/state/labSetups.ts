import type { DataSetId } from '../../../lab/data/dataSet.ts';
import { SET_FACTS } from '../../../lab/data/setFacts.ts';
import type { ClaimId } from '../../../lab/experiments/claims.ts';
import type { ComparisonSettings } from '../../../lab/experiments/comparison.ts';
import { OWN_SEEDS } from '../../../lab/experiments/ownAlpha.ts';
import { STORIES, type StoryId } from '../../../lab/experiments/stories.ts';
import { TEACHER_SETTINGS } from '../../../lab/experiments/teacherStory.ts';
import type { LabData, OwnData } from '../../../protocol/labChannel.ts';

/** What can be changed of a story. */
export interface LabSetup {
  readonly alpha: number;
  readonly data: DataSetId;
  readonly seeds: number;
  readonly hidden: readonly number[];
}

/** Networks to be trained side by side, and what is claimed of them. */
export interface PlannedComparison {
  /** The same for the same networks: what two stories have in common is trained once. */
  readonly key: string;
  readonly data: LabData;
  readonly settings: ComparisonSettings;
  readonly seeds: number;
  readonly claims: readonly ClaimId[];
}

/** The stories in the order of their tabs. */
export const STORY_ORDER: readonly StoryId[] = [
  'overconfidence',
  'calibration',
  'clusters',
  'wrongLabels',
  'teacher',
  'hurts',
  'own',
];

/** What the slider of α stops at. */
export const LAB_ALPHAS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8] as const;
export const SEED_CHOICES = [6, 8, 12, 16] as const;
/** Hidden layers to choose from. */
export const NETWORKS: readonly (readonly number[])[] = [
  [],
  [16],
  [32],
  [64],
  [128],
  [32, 32],
  [64, 64],
  [64, 64, 64],
];

/** The story that has every data set at the settings it's usually trained with. */
const EVERY_SET = STORIES.find(({ id }) => id === 'hurts')!.comparisons;

function usualSettings(data: DataSetId): ComparisonSettings {
  const like = data === 'digits-40' ? 'digits-20' : data;
  return EVERY_SET.find((each) => each.data === like)!.settings;
}

/** Three classes for the plane; of digits those that look alike. */
function picturesOf(data: DataSetId): ComparisonSettings['pictures'] {
  if (data === 'clouds') return { plane: [0, 1, 2], surface: 25 };
  const { classes } = SET_FACTS[data];
  return { plane: classes >= 10 ? [3, 5, 8] : classes >= 3 ? [0, 1, 2] : null, surface: null };
}

/** What a story begins with, before anything was changed. */
export function firstSetup(story: StoryId): LabSetup {
  if (story === 'teacher') {
    const { alphas, seeds, teacher } = TEACHER_SETTINGS;
    return { alpha: alphas[1]!, data: 'digits', seeds, hidden: teacher.hidden };
  }
  if (story === 'own') return { alpha: 0.1, data: 'digits', seeds: OWN_SEEDS, hidden: [] };
  if (story === 'hurts') return { alpha: 0.1, data: 'breast', seeds: 12, hidden: [32] };
  const { data, settings, seeds } = STORIES.find(({ id }) => id === story)!.comparisons[0]!;
  return { alpha: settings.alphas[1]!, data, seeds, hidden: settings.hidden };
}

/** Another data set begins with the network it's usually trained with. */
export function setupWith(before: LabSetup, data: DataSetId): LabSetup {
  return { ...before, data, hidden: usualSettings(data).hidden };
}

/** What a story trains. The teacher's has parts of its own. */
export function comparisonsOf(story: StoryId, setup: LabSetup, own: OwnData | null): PlannedComparison[] {
  if (story === 'teacher') return [];
  if (story === 'own') return own ? [ownComparison(own, setup.hidden)] : [];
  if (story === 'hurts')
    return EVERY_SET.map(({ data, settings, seeds, claims }) =>
      plannedComparison(
        data,
        { ...settings, alphas: [0, setup.alpha], pictures: picturesOf(data) },
        seeds,
        claims,
      ),
    );
  const { claims } = STORIES.find(({ id }) => id === story)!.comparisons[0]!;
  const settings = {
    ...usualSettings(setup.data),
    alphas: [0, setup.alpha],
    hidden: setup.hidden,
    pictures: picturesOf(setup.data),
  };
  const possible = claims.filter((claim) => isPossible(claim, setup));
  return [plannedComparison(setup.data, settings, setup.seeds, possible)];
}

function ownComparison({ id, sweeps }: OwnData, hidden: readonly number[]): PlannedComparison {
  const settings = sweeps.find((each) => each.hidden.join() === hidden.join()) ?? sweeps[0]!;
  return plannedComparison({ own: id }, settings, OWN_SEEDS, [
    'nll-scaled-falls',
    'accuracy-up',
    'ece-scaled-falls',
  ]);
}

/** Networks by what makes them what they are. */
export function plannedComparison(
  data: LabData,
  settings: ComparisonSettings,
  seeds: number,
  claims: readonly ClaimId[],
): PlannedComparison {
  return { key: JSON.stringify([data, settings, seeds]), data, settings, seeds, claims };
}

/** A claim about something that the data, or a network without hidden layers, don't have isn't made. */
function isPossible(claim: ClaimId, { data, hidden }: LabSetup): boolean {
  switch (claim) {
    case 'nearer-truth':
      return data === 'clouds';
    case 'less-learnt-by-heart':
      return data === 'digits-20' || data === 'digits-40';
    case 'clusters-tighter':
      return hidden.length > 0;
    case 'spread-train':
    case 'spread-test':
      return hidden.length > 0 && SET_FACTS[data].classes >= 3;
    default:
      return true;
  }
}
