import * as l10n from '@vscode/l10n';
import { type Equation, shownTargets } from '../../../loss/theory/shownEquations.ts';
import { count, plain } from '../../../words/numberFormat.ts';
import type { Played } from '../played/whatChanged.ts';

/** What smoothing takes off the hard label, and who gets it; the arithmetic is true as it's read. */
export function takenWords({
  state: { labelSmoothing: alpha, classes },
  loss: { convention },
}: Played): string {
  if (alpha === 0) return l10n.t('a hard label: 1, and 0 for the rest');
  const { off } = shownTargets(convention, alpha, classes);
  const taken = plain(alpha);
  switch (convention) {
    case 'UNIFORM_K':
    case 'BINARY_UNIFORM_K':
      return l10n.t(
        '{0} off the top: {1} slices of {2}, one for each class',
        taken,
        count(classes),
        shownValue(off),
      );
    case 'UNIFORM_OTHERS':
      return l10n.t(
        '{0} off the top: shared by the {1} other classes, {2} each',
        taken,
        count(classes - 1),
        shownValue(off),
      );
    case 'PAD_EXCLUDED':
      return l10n.t(
        '{0} off the top: shared by the other classes except padding, {1} each',
        taken,
        shownValue(off),
      );
    case 'ADDITIVE_RENORM':
      return l10n.t('every class gets one more slice, then all are divided by 1 + {0}', taken);
    case 'BINARY_HALF':
    case 'BINARY_FULL':
      return l10n.t('{0} off the top, and {0} added to every 0', shownValue(off));
  }
}

/** The number alone where it's exact, else with how it comes about. */
function shownValue({ left, sign, right }: Equation): string {
  return sign === '=' ? right : `${left} ≈ ${right}`;
}
