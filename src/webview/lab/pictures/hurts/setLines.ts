import { claimOf } from '../../../../lab/experiments/claims.ts';
import type { Verdict } from '../../../../lab/statistics/verdicts.ts';
import type { StoryView } from '../../state/storyView.ts';
import { isFinished, verdictOn } from '../../state/trainedPart.ts';
import { dataName } from '../../words/dataWords.ts';

/** What became of accuracy on a data set. */
export interface SetLine {
  readonly name: string;
  /** On accuracy going up; undefined until that set is trained. */
  readonly verdict: Verdict | undefined;
  readonly isInFront: boolean;
}

/** Every data set of the story about where it hurts. */
export function linesOf({ store, setup }: StoryView): readonly SetLine[] {
  return store.planned.flatMap(({ key, data }) => {
    if (typeof data !== 'string') return [];
    const part =
      store.parts.find((each) => each.plan.key === key) ??
      store.parts.find((each) => each.plan.data === data);
    return [
      {
        name: dataName(data),
        verdict: isFinished(part) ? verdictOn(part, claimOf('accuracy-up'), 1) : undefined,
        isInFront: data === setup.data,
      },
    ];
  });
}
