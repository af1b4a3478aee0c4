import { l10n } from 'vscode';
import type { OwnDataProblem } from '../../lab/data/ownData.ts';
import type { PlanProblem } from '../../lab/training/trainer.ts';
import { gigabytes } from '../../words/byteSizes.ts';
import { count } from '../../words/numberFormat.ts';

/** Why a comparison can't be trained. */
export function planProblemWords(problem: PlanProblem, isOwn: boolean): string {
  switch (problem.reason) {
    case 'too-large':
      if (isOwn)
        return l10n.t(
          'These networks would need {0} GB of memory; at most {1} GB are used. Choose data with fewer features or fewer classes.',
          gigabytes(problem.bytes),
          gigabytes(problem.most),
        );
      return l10n.t(
        'These networks would need {0} GB of memory; at most {1} GB are used. Train fewer seeds, or a smaller network.',
        gigabytes(problem.bytes),
        gigabytes(problem.most),
      );
    case 'not-finite':
      return l10n.t(
        'Row {0} has a value in column {1} (both counted from 0) that isn’t a finite number. Nothing was trained.',
        count(problem.row),
        count(problem.column),
      );
    case 'no-rows':
    case 'rows-differ':
      return l10n.t('These data have too few rows to train on.');
    case 'layers':
    case 'label':
    case 'no-networks':
    case 'not-a-number':
      return l10n.t('This comparison can’t be trained ({0}).', problem.reason);
  }
}

/** Why own data can't be trained on. Rows and columns are counted from 0, as in the panel and in code. */
export function ownProblemWords(problem: OwnDataProblem, features: string, labels: string): string {
  switch (problem.reason) {
    case 'infinite':
      return l10n.t(
        'Row {0} of {1} has an infinite value in column {2} (both counted from 0). Nothing was trained.',
        count(problem.row),
        features,
        count(problem.column),
      );
    case 'not-a-number':
      return l10n.t(
        'Row {0} of {1} has no number in column {2} (both counted from 0). Nothing was trained.',
        count(problem.row),
        features,
        count(problem.column),
      );
    case 'label':
      return l10n.t(
        'Row {0} of {1} (counted from 0) is {2}, which isn’t a class: classes are whole numbers from 0.',
        count(problem.row),
        labels,
        String(problem.found),
      );
    case 'rows-differ':
      return l10n.t(
        '{0} has {1} rows, but {2} has {3} labels. Choose files of the same rows.',
        features,
        count(problem.features),
        labels,
        count(problem.labels),
      );
    case 'one-class':
      return l10n.t('All labels of {0} are the same class. At least two classes are needed.', labels);
    case 'too-few-rows':
      return l10n.t(
        '{0} rows are too few: training, choosing α and measuring need at least {1}.',
        count(problem.rows),
        count(problem.least),
      );
  }
}
