import * as l10n from '@vscode/l10n';
import type { StoryId } from '../../../lab/experiments/stories.ts';
import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import { count, plain } from '../../../words/numberFormat.ts';
import { marksIn } from '../state/measuredEpochs.ts';
import type { StoryView } from '../state/storyView.ts';
import { meanAt, type TrainedPart } from '../state/trainedPart.ts';
import { figureText } from './labNumbers.ts';

/** What the headline of a story shows without smoothing and with it, and a claim the change of: these add up. */
export const HEADLINE_FIGURES: Partial<Record<StoryId, readonly LabFigure[]>> = {
  overconfidence: ['accuracy'],
  calibration: ['ece', 'eceScaled'],
  clusters: ['trainSpread', 'testSpread'],
  wrongLabels: ['accuracy', 'learntByHeart'],
  teacher: ['accuracy'],
};

/** Why smoothed networks are underconfident where they're: their targets ask for less than their accuracy. */
export function asksForLess({ theory, alpha }: StoryView, accuracy: number): string {
  if (!(accuracy > theory.confidence)) return '';
  return l10n.t(
    'Part of the reason: with α = {0} the targets ask for a confidence of {1}, less than the accuracy of {2}.',
    plain(alpha),
    figureText('accuracy', theory.confidence),
    figureText('accuracy', accuracy),
  );
}

/** Whether what is seen of training rows is seen of others, too. */
export function smallerEffect(
  [trainBefore, trainAfter]: readonly [number, number],
  [testBefore, testAfter]: readonly [number, number],
): string {
  const train = trainAfter / trainBefore;
  const test = testAfter / testBefore;
  if (!Number.isFinite(train) || !Number.isFinite(test) || train >= 1) return '';
  if (test >= 1) return l10n.t('On held-out rows the classes aren’t tighter.');
  return test > train ? l10n.t('On held-out rows the effect is smaller.') : '';
}

/** The measured epoch at which networks without smoothing were best, by a figure. */
function bestWithout(part: TrainedPart, figure: LabFigure, isBetter: (a: number, b: number) => boolean) {
  return marksIn(part)
    .map((epoch) => ({ epoch, value: meanAt(part, 0, figure, epoch) }))
    .reduce((best, each) => (isBetter(each.value, best.value) ? each : best));
}

/** What stopping without smoothing would have done, where that's better than smoothing to the end. */
export function earlyStopping(part: TrainedPart, smoothed: number, alpha: string): string {
  const best = bestWithout(part, 'accuracy', (a, b) => a > b);
  if (best.epoch === marksIn(part).at(-1) || !(best.value > smoothed)) return '';
  return l10n.t(
    'If training without smoothing had stopped at epoch {0}, the best in hindsight, accuracy would be {1}: higher than with α = {2} at the end.',
    count(best.epoch),
    figureText('accuracy', best.value),
    alpha,
  );
}

/** The same of NLL, which overconfidence raises. */
export function earlyStoppedNll(part: TrainedPart, smoothed: number, alpha: string): string {
  const best = bestWithout(part, 'nll', (a, b) => a < b);
  if (best.epoch === marksIn(part).at(-1) || !(best.value < smoothed)) return '';
  return l10n.t(
    'If training without smoothing had stopped at epoch {0}, the best in hindsight, NLL would be {1} nats. With α = {2} it’s higher at the end: {3}.',
    count(best.epoch),
    figureText('nll', best.value),
    alpha,
    figureText('nll', smoothed),
  );
}
