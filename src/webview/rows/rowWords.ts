import * as l10n from '@vscode/l10n';
import type { Chosen } from '../state/panelChoices.ts';

/** Which row it is, and why that one: the first of the table is shown until another one is chosen. */
export function rowWords(row: number, isFirst: boolean, { column, descending }: Chosen['sort']): string {
  if (isFirst && descending) {
    switch (column) {
      case 'excess':
        return l10n.t('Row {0}, with the largest excess', row);
      case 'loss':
        return l10n.t('Row {0}, the worst by loss', row);
      case 'nll':
        return l10n.t('Row {0}, the worst by NLL', row);
    }
  }
  return isFirst && column !== 'row'
    ? l10n.t('Row {0}, the first in the table', row)
    : l10n.t('Row {0}', row);
}
