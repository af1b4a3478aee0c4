import * as l10n from '@vscode/l10n';
import {
  type Calibrated,
  type CalibrationVerdict,
  CHANCE,
} from '../../loss/calibration/calibrationVerdict.ts';
import { count, nats, plain } from '../../words/numberFormat.ts';
import { percent } from '../../words/percent.ts';

export interface Judged {
  readonly verdict: CalibrationVerdict;
  readonly before: Calibrated;
  readonly after: Calibrated | null;
  /** What the logits as they were read are best divided by. */
  readonly temperature: number;
  /** What they are divided by now. */
  readonly shownAt: number;
  /** How many of the rows that count that was fitted to. */
  readonly fittedRows: number;
  readonly rows: number;
}

/** Mean confidence beside accuracy, and what of the difference chance explains. */
export function leanWords({ verdict, before }: Pick<Judged, 'verdict' | 'before'>): string {
  const { lean, withinChance } = verdict;
  if (lean === 'unknown') return '';
  const [confidence, accuracy, points] = apart(before, lean !== 'even');
  switch (lean) {
    case 'over':
      return l10n.t(
        'Mean confidence {0}, accuracy {1}: overconfident by {2} points.',
        confidence,
        accuracy,
        points,
      );
    case 'under':
      return l10n.t(
        'Mean confidence {0}, accuracy {1}: underconfident by {2} points.',
        confidence,
        accuracy,
        points,
      );
    case 'even':
      return withinChance
        ? l10n.t(
            'Mean confidence {0}, accuracy {1}, ECE {2}: no more miscalibration than chance alone would show.',
            confidence,
            accuracy,
            nats(before.expectedError),
          )
        : l10n.t(
            'Mean confidence {0} and accuracy {1} differ by no more than chance. But ECE is {2}, and chance alone would give at most {3}: some rows are overconfident and others underconfident.',
            confidence,
            accuracy,
            nats(before.expectedError),
            nats(before.chanceError),
          );
  }
}

/** What the best temperature changes, and how many rows it was fitted to. Empty where there is none. */
export function scaledWords({ verdict, before, after, temperature, fittedRows, rows }: Judged): string[] {
  const { scaled } = verdict;
  if (!scaled || !after) return [];
  const [T, fitted, all] = [plain(temperature), count(fittedRows), count(rows)];
  const nll = [nats(before.nll), nats(after.nll)] as const;
  const error = [nats(before.expectedError), nats(after.expectedError)] as const;
  const ofNll = {
    lower: () =>
      fittedRows === rows
        ? l10n.t('T = {0}, fitted on these {1} rows, lowers their NLL from {2} to {3}.', T, all, ...nll)
        : l10n.t(
            'T = {0}, fitted on {1} of these {2} rows, lowers their NLL from {3} to {4}.',
            T,
            fitted,
            all,
            ...nll,
          ),
    same: () =>
      fittedRows === rows
        ? l10n.t('T = {0}, fitted on these {1} rows, leaves their NLL at {2}.', T, all, nll[0])
        : l10n.t(
            'T = {0}, fitted on {1} of these {2} rows, leaves their NLL at {3}.',
            T,
            fitted,
            all,
            nll[0],
          ),
    higher: () =>
      l10n.t(
        'T = {0} minimises NLL on the {1} of {2} rows it was fitted on, but raises the NLL of all rows from {3} to {4}.',
        T,
        fitted,
        all,
        ...nll,
      ),
  };
  const ofError = {
    lower: () => l10n.t('It lowers ECE from {0} to {1}.', ...error),
    same: () => l10n.t('ECE stays at {0}.', error[0]),
    higher: () =>
      l10n.t('It raises ECE from {0} to {1}: temperature scaling minimises NLL, not ECE.', ...error),
  };
  return [ofNll[scaled.nll](), ofError[scaled.expectedError](), thenWords(scaled.lean, after)];
}

function thenWords(lean: CalibrationVerdict['lean'], after: Calibrated): string {
  const [confidence, accuracy, points] = apart(after, lean !== 'even');
  switch (lean) {
    case 'over':
      return l10n.t(
        'Mean confidence becomes {0}, accuracy stays {1}: overconfident by {2} points.',
        confidence,
        accuracy,
        points,
      );
    case 'under':
      return l10n.t(
        'Mean confidence becomes {0}, accuracy stays {1}: underconfident by {2} points.',
        confidence,
        accuracy,
        points,
      );
    default:
      return l10n.t('Mean confidence becomes {0}, accuracy stays {1}.', confidence, accuracy);
  }
}

/** What all of it says of how far apart the logits are. */
export function distanceWords({ verdict, temperature, shownAt }: Judged): string {
  const [T, now] = [plain(temperature), plain(shownAt)];
  switch (verdict.distance) {
    case 'far':
      return shownAt === 1
        ? l10n.t('These logits are too far apart: T = {0} brings them closer together.', T)
        : l10n.t(
            'Divided by T = {1}, the logits are too far apart: T = {0} instead brings them closer together.',
            T,
            now,
          );
    case 'close':
      return shownAt === 1
        ? l10n.t(
            'These logits are too close together: T = {0} spreads them out, and more smoothing wouldn’t help.',
            T,
          )
        : l10n.t(
            'Divided by T = {1}, the logits are too close together: T = {0} instead spreads them out.',
            T,
            now,
          );
    case 'fine':
      return l10n.t('These logits are well enough calibrated: there’s no reason to scale them up or down.');
    case 'disputed':
      return l10n.t(
        'NLL and calibration disagree here, so it’s unclear whether these logits are too far apart or too close together.',
      );
    case 'unknown':
      return '';
  }
}

/** More digits of a percentage than this say nothing. */
const MOST_DIGITS = 6;

/**
 * Mean confidence, accuracy and the points between them, with as many digits as it takes for the subtraction to be true, and to show
 * a difference if there is one.
 */
function apart({ confidence, accuracy }: Calibrated, differ: boolean): readonly [string, string, string] {
  for (let digits = 1; ; digits++) {
    const [a, b] = [confidence, accuracy].map((share) => Number((100 * share).toFixed(digits))) as [
      number,
      number,
    ];
    if (differ && a === b && digits < MOST_DIGITS) continue;
    return [percent(confidence, digits), percent(accuracy, digits), Math.abs(a - b).toFixed(digits)];
  }
}

/** What is meant by chance. */
export function chanceWords(): string {
  return l10n.t(
    'Chance means up to {0} standard deviations of the gap that perfectly calibrated predictions would show',
    CHANCE,
  );
}
