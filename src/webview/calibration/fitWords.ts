import * as l10n from '@vscode/l10n';
import { GRID } from '../../loss/sums/batchSums.ts';
import type { FitToSums } from '../../loss/sums/fitToSums.ts';
import { bound, nats, plain } from '../../words/numberFormat.ts';

/** Which temperature is best, by sums, with the error that interpolating leaves; or why there's none. `nll`: the mean at T = 1. */
export function fitWords(fit: FitToSums, nll: number, rows: number): string {
  switch (fit.found) {
    case 'temperature':
      return l10n.t(
        'T = {0} (± {1}) minimises NLL: {2} (± {3}) instead of {4}. Interpolated between the temperatures that were measured.',
        plain(fit.temperature.value),
        bound(fit.temperature.within),
        nats(fit.nll.value),
        bound(fit.nll.within),
        nats(nll),
      );
    case 'all-right':
      return l10n.t(
        'Every prediction is right, so a lower T always lowers NLL: there is no best temperature.',
      );
    case 'flat':
      return l10n.t(
        'NLL is {0} at every temperature that was measured: there is no best temperature.',
        nats(nll),
      );
    case 'below':
      return l10n.t(
        'The T that minimises NLL is below {0}, the lowest that was measured.',
        plain(GRID.at(-1)!),
      );
    case 'above':
      return l10n.t('The T that minimises NLL is above {0}, the highest that was measured.', plain(GRID[0]!));
    case 'none':
      return rows === 0
        ? l10n.t('Every row is ignored, so no temperature can be fitted.')
        : l10n.t('Some row has an infinite NLL at every temperature, so no temperature can be fitted.');
  }
}
