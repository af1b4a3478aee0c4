import * as l10n from '@vscode/l10n';
import type { DataSetId } from '../../../lab/data/dataSet.ts';
import type { StoryId } from '../../../lab/experiments/stories.ts';

/** What a data set is called. */
export function dataName(data: DataSetId): string {
  switch (data) {
    case 'digits':
      return l10n.t('digits (8 × 8)');
    case 'digits-20':
      return l10n.t('digits (20 % wrong labels)');
    case 'digits-40':
      return l10n.t('digits (40 % wrong labels)');
    case 'clouds':
      return l10n.t('3 overlapping clouds');
    case 'wine':
      return l10n.t('wine');
    case 'iris':
      return l10n.t('iris');
    case 'breast':
      return l10n.t('breast cancer');
  }
}

/** Where a data set is from, and its licence. */
export function dataSource(data: DataSetId): string {
  switch (data) {
    case 'digits':
    case 'digits-20':
    case 'digits-40':
      return l10n.t(
        'Digits: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, CC BY 4.0.',
      );
    case 'clouds':
      return l10n.t(
        'Clouds: points drawn from three isotropic Gaussians, so the true probabilities are known.',
      );
    case 'wine':
      return l10n.t('Wine: S. Aeberhard and M. Forina, UCI Machine Learning Repository, CC BY 4.0.');
    case 'iris':
      return l10n.t('Iris: R. A. Fisher, 1936, UCI Machine Learning Repository, CC BY 4.0.');
    case 'breast':
      return l10n.t(
        'Breast cancer: W. Wolberg, O. Mangasarian, N. Street and W. Street, UCI Machine Learning Repository, CC BY 4.0.',
      );
  }
}

/** What the tab of a story is called. */
export function storyName(story: StoryId): string {
  switch (story) {
    case 'overconfidence':
      return l10n.t('Overconfidence');
    case 'calibration':
      return l10n.t('Calibration');
    case 'clusters':
      return l10n.t('Tight clusters');
    case 'wrongLabels':
      return l10n.t('Wrong labels');
    case 'teacher':
      return l10n.t('A worse teacher');
    case 'hurts':
      return l10n.t('Where it hurts');
    case 'own':
      return l10n.t('Your own data');
  }
}

/** What the story asks. */
export function storyQuestion(story: StoryId): string {
  switch (story) {
    case 'overconfidence':
      return l10n.t('Is a network as sure as it should be?');
    case 'calibration':
      return l10n.t('Does smoothing improve calibration?');
    case 'clusters':
      return l10n.t('Does smoothing pull a class together?');
    case 'wrongLabels':
      return l10n.t('Does smoothing help against wrong labels?');
    case 'teacher':
      return l10n.t('Does a better network make a better teacher?');
    case 'hurts':
      return l10n.t('When is smoothing better left out?');
    case 'own':
      return l10n.t('Which α suits your data?');
  }
}

/** What the story does about it, before anything is trained. */
export function storyIntroduction(story: StoryId): string {
  switch (story) {
    case 'overconfidence':
      return l10n.t(
        'Points of classes that overlap: no network can always be right. Watch how confident a network becomes, with and without smoothing.',
      );
    case 'calibration':
      return l10n.t(
        'A calibrated network that says 80 % is right in 80 % of such cases. Smoothing is said to improve calibration. Three numbers show whether it does.',
      );
    case 'clusters':
      return l10n.t(
        'The last hidden layer, seen in the plane of three classes. Smoothing is said to pull each class together.',
      );
    case 'wrongLabels':
      return l10n.t(
        'Some training labels are replaced at random; the held-out rows keep the right ones. Does a network learn the mistakes?',
      );
    case 'teacher':
      return l10n.t(
        'A large network teaches small ones by its probabilities. What does a student learn from a teacher that was trained with smoothing?',
      );
    case 'hurts':
      return l10n.t('The same α on six data sets. It isn’t always a gain.');
    case 'own':
      return l10n.t(
        'Choose features and labels: a table, or the inputs of your network’s last layer. Small networks are trained on some of the rows, with several values of α. The best α is chosen on a second set of rows and measured on a third.',
      );
  }
}
