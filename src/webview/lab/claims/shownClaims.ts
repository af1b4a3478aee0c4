import * as l10n from '@vscode/l10n';
import { type Claim, type ClaimId, claimOf } from '../../../lab/experiments/claims.ts';
import { type StoryView, suitingAlpha } from '../state/storyView.ts';
import { countedRuns, isFinished, pairsAt, type TrainedPart, verdictOn } from '../state/trainedPart.ts';
import { claimMeasure, claimName } from '../words/claimWords.ts';
import { dataName } from '../words/dataWords.ts';
import type { ShownClaim } from './shownClaim.ts';
import { taughtClaims } from './taughtClaims.ts';

/** What is claimed in the story that is in front; the first is the story's own. */
export function shownClaims(view: StoryView): readonly ShownClaim[] {
  const { state, part, store, setup } = view;
  if (state.story === 'teacher') return taughtClaims(view);
  if (state.story === 'hurts') return hurtsClaims(view);
  const planned = (part?.plan ?? store.planned[0])?.claims ?? [];
  const isUnscaled = state.story === 'own' && suitingAlpha(part)?.isScaled === false;
  const claims = isUnscaled ? planned.map((id) => UNSCALED[id] ?? id) : planned;
  return claims
    .filter((id) => !(state.story === 'calibration' && id === 'confidence-nearer'))
    .map((id) => shown(view, part, claimOf(id), claimName(id), setup.seeds));
}

/** Where networks have no best temperature, what can be judged without one. */
const UNSCALED: Partial<Record<ClaimId, ClaimId>> = {
  'nll-scaled-falls': 'mistakes-cheaper',
  'ece-scaled-falls': 'ece-falls',
};

/** Claims about the data set in the curves, and about two others. */
function hurtsClaims(view: StoryView): readonly ShownClaim[] {
  const { store, setup } = view;
  const inFrontFirst = store.planned.toSorted(
    (a, b) => Number(b.data === setup.data) - Number(a.data === setup.data),
  );
  return inFrontFirst.flatMap((plan) => {
    const { data, claims } = plan;
    if (typeof data !== 'string') return [];
    const isInFront = data === setup.data;
    if (!isInFront && data !== 'wine' && data !== 'digits') return [];
    const part = store.parts.find((each) => each.plan.data === data);
    return claims
      .slice(0, isInFront ? 2 : 1)
      .map((id) =>
        shown(view, part, claimOf(id), l10n.t('{0} ({1})', claimName(id), dataName(data)), plan.seeds),
      );
  });
}

function shown(
  view: StoryView,
  part: TrainedPart | undefined,
  claim: Claim,
  title: string,
  seeds: number,
): ShownClaim {
  const { alphaIndex, store } = view;
  // Of several comparisons each has an end of its own.
  const epoch = view.part === part ? view.epoch : null;
  const hasPairs = part && countedRuns(part).length > 0;
  const isEnd = isFinished(part) && epoch === null;
  const verdict = isEnd ? verdictOn(part, claim, alphaIndex) : undefined;
  const mayRunMore = part && verdict?.mayRunMore && part.runs.length === 1;
  return {
    key: `${part?.plan.key ?? ''} ${claim.id} ${title}`,
    title,
    claim,
    measure: claimMeasure(claim.id),
    pairs: hasPairs ? pairsAt(part, claim, alphaIndex, epoch) : undefined,
    verdict,
    moreSeeds: mayRunMore ? () => void store.training.moreSeeds(part.plan.key) : undefined,
    seedsToAdd: part?.plan.seeds ?? seeds,
  };
}
