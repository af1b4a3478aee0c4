import { SET_FACTS } from '../../../lab/data/setFacts.ts';
import { claimOf, judgeClaim } from '../../../lab/experiments/claims.ts';
import { type LabTheory, theoryOf } from '../../../lab/experiments/labTheory.ts';
import { type ChosenAlpha, chosenAlpha } from '../../../lab/experiments/ownAlpha.ts';
import { type LabPhase, phaseOf } from './labPhase.ts';
import type { LabSetup } from './labSetups.ts';
import type { LabState } from './labState.ts';
import type { LabStore } from './labStore.ts';
import { isFinished, pairsAt, type TrainedPart } from './trainedPart.ts';

/** What a story's pictures and sentences are made of. */
export interface StoryView {
  readonly store: LabStore;
  readonly state: LabState;
  readonly setup: LabSetup;
  readonly phase: LabPhase;
  /** The comparison in the picture; undefined before anything is trained. */
  readonly part: TrainedPart | undefined;
  /** The epoch that is looked at; null: the last there is. */
  readonly epoch: number | null;
  /** The smoothed networks: their α, and its number among the plan's. */
  readonly alpha: number;
  readonly alphaIndex: number;
  readonly classes: number;
  readonly theory: LabTheory;
  /** How many epochs there are, or will be. */
  readonly epochs: number;
  /** All epochs are trained and the last one is looked at: now there are verdicts. */
  readonly isEnd: boolean;
}

/** The view of the story that is in front. */
export function viewOf(store: LabStore): StoryView {
  const { state, setup, parts, planned } = store;
  const { story, own } = state;
  const part = parts.find(({ plan }) => story !== 'hurts' || plan.data === setup.data);
  const plan = part?.plan ?? planned.find(({ data }) => story !== 'hurts' || data === setup.data);
  const alphas = plan?.settings.alphas ?? [0, setup.alpha];
  const alphaIndex = story === 'own' ? ownIndex(part, alphas, state.ownAlpha) : 1;
  const alpha = alphas[alphaIndex] ?? setup.alpha;
  const data = plan?.data ?? setup.data;
  const classes = typeof data === 'string' ? SET_FACTS[data].classes : (own?.classes ?? 2);
  const epochs = plan?.settings.epochs ?? 0;
  const last = part?.runs[0]?.snapshots.at(-1)?.epoch ?? null;
  const epoch = state.epoch !== null && last !== null && state.epoch < last ? state.epoch : null;
  return {
    store,
    state,
    setup,
    phase: phaseOf(store),
    part,
    epoch,
    alpha,
    alphaIndex,
    classes,
    theory: theoryOf(plan?.settings.convention ?? 'UNIFORM_K', alpha, classes),
    epochs,
    isEnd: epoch === null && isFinished(part),
  };
}

/** In the sweep the α that suits is shown, until another one is looked at. */
function ownIndex(part: TrainedPart | undefined, alphas: readonly number[], looked: number | null): number {
  if (looked !== null && alphas.includes(looked)) return alphas.indexOf(looked);
  return suitingAlpha(part)?.alpha || Math.max(1, alphas.indexOf(USUAL_ALPHA));
}

/** The α that suits someone's data, by rows that it isn't judged on; undefined before the end. */
export function suitingAlpha(part: TrainedPart | undefined): ChosenAlpha | undefined {
  const first = part?.runs[0];
  const last = first?.snapshots.at(-1);
  if (!last || !isFinished(part)) return undefined;
  return chosenAlpha(last, part.plan.settings.alphas.length, first!.seeds.count);
}

/** The α that can't be told apart from the one that suits, by the NLL of the rows it's judged on: numbers among the plan's α. */
export function untoldAlphas(part: TrainedPart, { alpha: suiting, isScaled }: ChosenAlpha): number[] {
  const claim = claimOf(isScaled ? 'nll-scaled-falls' : 'mistakes-cheaper');
  const own = pairsAt(part, claim, suiting, null).smoothed;
  return [...part.plan.settings.alphas.keys()].filter((alpha) => {
    const { smoothed } = pairsAt(part, claim, alpha, null);
    const { code } = judgeClaim(claim, { without: own, smoothed }, 1, 1);
    return alpha !== suiting && (code === 'unclear' || code === 'no-difference');
  });
}

const USUAL_ALPHA = 0.1;
