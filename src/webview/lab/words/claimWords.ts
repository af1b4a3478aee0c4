import * as l10n from '@vscode/l10n';
import type { ClaimId } from '../../../lab/experiments/claims.ts';

/** A claim, as it's made. */
export function claimName(claim: ClaimId): string {
  switch (claim) {
    case 'confidence-nearer':
      return l10n.t('Confidence gets closer to accuracy');
    case 'mistakes-cheaper':
      return l10n.t('Held-out NLL falls');
    case 'nearer-truth':
      return l10n.t('Closer to the true probabilities');
    case 'accuracy-up':
      return l10n.t('Test accuracy goes up');
    case 'accuracy-down':
      return l10n.t('Test accuracy falls');
    case 'gap-bounded':
      return l10n.t('The logit gap stays smaller');
    case 'clusters-tighter':
      return l10n.t('Clusters get tighter');
    case 'spread-train':
      return l10n.t('Tighter in the plane: training rows');
    case 'spread-test':
      return l10n.t('Tighter in the plane: held-out rows');
    case 'ece-falls':
      return l10n.t('ECE falls before temperature scaling');
    case 'ece-rises':
      return l10n.t('ECE rises before temperature scaling');
    case 'ece-scaled-falls':
      return l10n.t('ECE falls after temperature scaling');
    case 'nll-scaled-falls':
      return l10n.t('NLL falls after temperature scaling');
    case 'less-learnt-by-heart':
      return l10n.t('Fewer wrong labels are memorised');
    case 'student-worse':
      return l10n.t('A smoothed network is a worse teacher');
    case 'teacher-better':
      return l10n.t('…though it’s the better network');
  }
}

/** Students are compared at this temperature, where the teacher's probabilities say most. */
export const MAIN_TEMPERATURE = 4;

/** What is counted of students. */
export function studentMeasure(temperature: number): string {
  return l10n.t('Accuracy of students at T = {0}, on held-out rows.', temperature);
}

/** What is counted for a claim. */
export function claimMeasure(claim: ClaimId): string {
  switch (claim) {
    case 'confidence-nearer':
      return l10n.t(
        'How far mean confidence is from accuracy on held-out rows, in either direction: of each seed, then averaged.',
      );
    case 'mistakes-cheaper':
      return l10n.t('NLL of held-out rows: their loss without smoothing.');
    case 'nearer-truth':
      return l10n.t('Distance of the probabilities from the true ones, 0 to 1.');
    case 'accuracy-up':
    case 'accuracy-down':
      return l10n.t('Accuracy on rows that no network was trained on.');
    case 'gap-bounded':
      return l10n.t('Logit of the label minus the mean of the others, on training rows.');
    case 'clusters-tighter':
      return l10n.t('NC1: scatter within the classes relative to scatter between them, on training rows.');
    case 'spread-train':
      return l10n.t('Spread divided by distance, averaged over planes of three classes, on training rows.');
    case 'spread-test':
      return l10n.t('The same on held-out rows.');
    case 'ece-falls':
    case 'ece-rises':
      return l10n.t('Expected calibration error of held-out rows, 15 bins of the same width.');
    case 'ece-scaled-falls':
      return l10n.t(
        'Expected calibration error of held-out rows after the logits are divided by the T that suits the validation rows.',
      );
    case 'nll-scaled-falls':
      return l10n.t(
        'NLL of held-out rows after the logits are divided by the T that suits the validation rows.',
      );
    case 'less-learnt-by-heart':
      return l10n.t('The share of wrong training labels that the network reproduces.');
    case 'student-worse':
      return studentMeasure(MAIN_TEMPERATURE);
    case 'teacher-better':
      return l10n.t('Accuracy of the teachers themselves, on held-out rows.');
  }
}
