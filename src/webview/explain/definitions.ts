import * as l10n from '@vscode/l10n';

/** What the terms of a loss mean, for tooltips. */
export function floorMeaning(): string {
  return l10n.t('floor: the minimum loss for these targets');
}

export function excessMeaning(): string {
  return l10n.t('excess: the most that training can still remove');
}
