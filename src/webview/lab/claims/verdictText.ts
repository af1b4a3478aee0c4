import * as l10n from '@vscode/l10n';
import type { CalibrationCode } from '../../../lab/experiments/claims.ts';
import type { VerdictCode } from '../../../lab/statistics/verdicts.ts';
import { count } from '../../../words/numberFormat.ts';

/** In the place of a verdict, where there's none yet; `epoch` is the one that is looked back at. */
export function soFar(epoch: number | null): string {
  return epoch === null ? l10n.t('So far:') : l10n.t('At epoch {0}:', count(epoch));
}

/** A verdict in a word. */
export function verdictWord(code: VerdictCode): string {
  switch (code) {
    case 'seen':
      return l10n.t('Seen here:');
    case 'opposite':
      return l10n.t('The opposite here:');
    case 'no-difference':
      return l10n.t('No difference here:');
    case 'unclear':
      return l10n.t('Not clear yet:');
    case 'unknown':
      return l10n.t('Can’t be judged:');
  }
}

/** What became of calibration, in a word. */
export function calibrationWord(code: CalibrationCode): string {
  switch (code) {
    case 'better':
      return l10n.t('Seen here: better even without temperature scaling.');
    case 'better-then-worse':
      return l10n.t('Better before temperature scaling, worse after it.');
    case 'worse':
      return l10n.t('Worse before temperature scaling, and after it, too.');
    case 'worse-then-better':
      return l10n.t('Worse before temperature scaling, better after it.');
    case 'worse-then-not':
      return l10n.t('Worse before temperature scaling, not clearly better after it.');
    case 'same':
      return l10n.t('No difference here, before temperature scaling or after it.');
    case 'same-then-better':
      return l10n.t('No difference before temperature scaling, better after it.');
    case 'same-then-worse':
      return l10n.t('No difference before temperature scaling, worse after it.');
    case 'unclear-then-better':
      return l10n.t('Not clear before temperature scaling, better after it.');
    case 'unclear-then-worse':
      return l10n.t('Not clear before temperature scaling, worse after it.');
    case 'unclear':
      return l10n.t('Not clear yet.');
    case 'unknown':
      return l10n.t('Can’t be judged: this figure is missing for a seed.');
  }
}

/** The verdict whose sign stands for what became of calibration; null: better at one temperature, and worse at another. */
export function calibrationSign(code: CalibrationCode): VerdictCode | null {
  switch (code) {
    case 'better':
    case 'same-then-better':
      return 'seen';
    case 'worse':
    case 'worse-then-not':
    case 'same-then-worse':
      return 'opposite';
    case 'same':
      return 'no-difference';
    case 'better-then-worse':
    case 'worse-then-better':
      return null;
    case 'unclear-then-better':
    case 'unclear-then-worse':
    case 'unclear':
    case 'unknown':
      return 'unclear';
  }
}

/** The sign in the gutter, and its look. */
export function signOf(
  code: VerdictCode | undefined,
  isLive: boolean,
): { readonly sign: string; readonly kind: string } {
  switch (code) {
    case 'seen':
      return { sign: '✓', kind: 'yes' };
    case 'opposite':
      return { sign: '✗', kind: 'no' };
    case 'no-difference':
      return { sign: '=', kind: 'no' };
    case 'unclear':
    case 'unknown':
      return { sign: '?', kind: 'open' };
    case undefined:
      return isLive ? { sign: '…', kind: 'live' } : { sign: '', kind: 'live' };
  }
}
