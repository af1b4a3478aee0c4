import * as l10n from '@vscode/l10n';
import { type ClaimId, calibrationCode, claimOf } from '../../../lab/experiments/claims.ts';
import type { StoryId } from '../../../lab/experiments/stories.ts';
import type { VerdictCode } from '../../../lab/statistics/verdicts.ts';
import { taughtClaims } from '../claims/taughtClaims.ts';
import { calibrationWord } from '../claims/verdictText.ts';
import { type StoryView, suitingAlpha, untoldAlphas } from '../state/storyView.ts';
import { isFinished, verdictOn } from '../state/trainedPart.ts';

/** What tutorials say about the subject of a story. */
export function oftenSaid(story: StoryId): string {
  switch (story) {
    case 'overconfidence':
      return l10n.t(
        'Label smoothing keeps a network from being overconfident, so its probabilities can be trusted.',
      );
    case 'calibration':
      return l10n.t('Label smoothing improves calibration.');
    case 'clusters':
      return l10n.t('Label smoothing pulls each class into a tight cluster.');
    case 'wrongLabels':
      return l10n.t('Label smoothing protects against wrong labels.');
    case 'teacher':
      return l10n.t('The better network is the better teacher.');
    case 'hurts':
      return l10n.t('Label smoothing improves generalisation.');
    case 'own':
      return l10n.t('α = 0.1 is a good default.');
  }
}

/** What became of it, by the verdicts of this run; empty before there are any. */
export function lessonOf(view: StoryView): string {
  const { state, part } = view;
  if (state.story === 'teacher') return ofTeacher(view);
  if (state.story === 'hurts') return ofSets(view);
  if (!view.isEnd || !isFinished(part)) return '';
  const code = (claim: ClaimId) => verdictOn(part, claimOf(claim), view.alphaIndex)?.code ?? 'unknown';
  switch (state.story) {
    case 'overconfidence':
      return part.plan.claims.includes('nearer-truth')
        ? ofBoth(code('confidence-nearer'), code('nearer-truth'))
        : ofConfidence(code('confidence-nearer'));
    case 'calibration': {
      const [asItIs, scaled] = (['ece-falls', 'ece-scaled-falls'] as const).map((claim) =>
        verdictOn(part, claimOf(claim), view.alphaIndex),
      );
      return asItIs && scaled ? calibrationWord(calibrationCode(asItIs, scaled)) : '';
    }
    case 'clusters':
      return part.plan.claims.includes('spread-train')
        ? ofClusters(code('spread-train'), code('spread-test'))
        : '';
    case 'wrongLabels':
      return [
        ofAccuracy(code('accuracy-up')),
        ...(part.plan.claims.includes('less-learnt-by-heart') ? [ofHeart(code('less-learnt-by-heart'))] : []),
      ].join(' ');
    case 'own':
      return ofDefault(view);
    default:
      return '';
  }
}

function ofConfidence(code: VerdictCode): string {
  switch (code) {
    case 'seen':
      return l10n.t('Here confidence came closer to accuracy.');
    case 'opposite':
      return l10n.t('Here confidence moved away from accuracy.');
    case 'no-difference':
      return l10n.t('Here the distance between confidence and accuracy hardly changed.');
    default:
      return l10n.t('Here it isn’t clear whether confidence came closer to accuracy.');
  }
}

function ofTruth(code: VerdictCode): string {
  switch (code) {
    case 'seen':
      return l10n.t('The probabilities came closer to the true ones.');
    case 'opposite':
      return l10n.t('The probabilities moved away from the true ones.');
    case 'no-difference':
      return l10n.t('The distance to the true probabilities hardly changed.');
    default:
      return l10n.t('It isn’t clear whether the probabilities came closer to the true ones.');
  }
}

/** What can be both: the one isn't the other. */
function ofBoth(confidence: VerdictCode, truth: VerdictCode): string {
  return confidence === 'seen' && truth === 'opposite'
    ? l10n.t('Here confidence came closer to accuracy, but the probabilities moved away from the true ones.')
    : `${ofConfidence(confidence)} ${ofTruth(truth)}`;
}

function ofClusters(train: VerdictCode, test: VerdictCode): string {
  if (train !== 'seen') return l10n.t('Here that wasn’t seen.');
  return test === 'seen'
    ? l10n.t('Here it did, on training rows and on held-out rows.')
    : l10n.t('Here it did on training rows; on held-out rows that wasn’t seen.');
}

function ofAccuracy(code: VerdictCode): string {
  switch (code) {
    case 'seen':
      return l10n.t('Here accuracy rose.');
    case 'opposite':
      return l10n.t('Here accuracy fell.');
    case 'no-difference':
      return l10n.t('Here accuracy hardly changed.');
    default:
      return l10n.t('Here it isn’t clear whether accuracy rose.');
  }
}

function ofHeart(code: VerdictCode): string {
  switch (code) {
    case 'seen':
      return l10n.t('Fewer of the wrong labels were memorised.');
    case 'opposite':
      return l10n.t('More of the wrong labels were memorised.');
    case 'no-difference':
      return l10n.t('About as many of the wrong labels were memorised.');
    default:
      return l10n.t('It isn’t clear whether fewer of the wrong labels were memorised.');
  }
}

/** Over all data sets, once each is trained. */
function ofSets({ store }: StoryView): string {
  const parts = store.planned.map(({ key }) => store.parts.find(({ plan }) => plan.key === key));
  if (parts.length === 0 || !parts.every(isFinished)) return '';
  const codes = parts.map((part) => verdictOn(part!, claimOf('accuracy-up'), 1)?.code);
  const count = (code: VerdictCode) => codes.filter((each) => each === code).length;
  return l10n.t(
    'Here accuracy clearly rose on {0} of {1} data sets, and clearly fell on {2}.',
    count('seen'),
    parts.length,
    count('opposite'),
  );
}

/** By the verdicts at the temperature where a teacher says most. */
function ofTeacher(view: StoryView): string {
  const [student, teacher] = taughtClaims(view).map(({ verdict }) => verdict?.code);
  if (!student) return '';
  if (student !== 'seen') return l10n.t('Here the students of smoothed teachers weren’t clearly worse.');
  return teacher === 'seen'
    ? l10n.t('Here the smoothed teachers were better, and their students worse.')
    : l10n.t('Here the students of smoothed teachers were worse.');
}

function ofDefault({ part }: StoryView): string {
  const suiting = suitingAlpha(part);
  if (!part || !suiting) return '';
  const { alphas } = part.plan.settings;
  if (alphas[suiting.alpha] === 0.1) return l10n.t('For these data it was chosen.');
  return untoldAlphas(part, suiting).includes(alphas.indexOf(0.1))
    ? l10n.t('For these data it isn’t clearly different from the α that was chosen.')
    : l10n.t('For these data another α was chosen.');
}
