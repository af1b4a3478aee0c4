import * as l10n from '@vscode/l10n';

/** A number of percent with its sign, which never begins a line; some languages have no space before it. */
export function withPercentSign(percents: string | number): string {
  return l10n.t('{0} %', percents).replace(' ', '\u00a0');
}

/** More digits of a percentage than this say nothing. */
const MOST_PERCENT_DIGITS = 6;

/**
 * A share, with this many decimals; without a number with one, or with as many as it takes not to read 0.0 % or 100.0 % where it's
 * neither.
 */
export function percent(share: number, digits = percentDigits(share)): string {
  return Number.isNaN(share) ? '–' : withPercentSign((100 * share).toFixed(digits));
}

function percentDigits(share: number): number {
  if (!(share > 0 && share < 1)) return 1;
  for (let digits = 1; digits < MOST_PERCENT_DIGITS; digits++) {
    const shown = Number((100 * share).toFixed(digits));
    if (shown > 0 && shown < 100) return digits;
  }
  return MOST_PERCENT_DIGITS;
}
