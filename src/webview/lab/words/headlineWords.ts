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

/** The measured epoch at which the networks of an α were best, by a figure. */
function bestOf(
  part: TrainedPart,
  alphaIndex: number,
  figure: LabFigure,
  isBetter: (a: number, b: number) => boolean,
) {
  return marksIn(part)
    .map((epoch) => ({ epoch, value: meanAt(part, alphaIndex, figure, epoch) }))
    .reduce((best, each) => (isBetter(each.value, best.value) ? each : best));
}

/** What stopping early would have done, of both: the best of one isn't compared with the end of the other. */
export function earlyStopping(part: TrainedPart, alphaIndex: number, alpha: string): string {
  const [without, smoothed] = [0, alphaIndex].map((of) => bestOf(part, of, 'accuracy', (a, b) => a > b));
  if (without!.epoch === marksIn(part).at(-1)) return '';
  return l10n.t(
    'If each had been stopped where its accuracy was highest, α = 0 would be at {1} (epoch {0}), and α = {2} at {4} (epoch {3}).',
    count(without!.epoch),
    figureText('accuracy', without!.value),
    alpha,
    count(smoothed!.epoch),
    figureText('accuracy', smoothed!.value),
  );
}

/** The same of NLL, which overconfidence raises. */
export function earlyStoppedNll(part: TrainedPart, alphaIndex: number, alpha: string): string {
  const [without, smoothed] = [0, alphaIndex].map((of) => bestOf(part, of, 'nll', (a, b) => a < b));
  if (without!.epoch === marksIn(part).at(-1)) return '';
  return l10n.t(
    'If each had been stopped where its NLL was lowest, α = 0 would be at {1} nats (epoch {0}), and α = {2} at {4} nats (epoch {3}).',
    count(without!.epoch),
    figureText('nll', without!.value),
    alpha,
    count(smoothed!.epoch),
    figureText('nll', smoothed!.value),
  );
}
