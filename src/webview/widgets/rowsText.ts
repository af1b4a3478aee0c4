import * as l10n from '@vscode/l10n';
import { count } from '../../words/numberFormat.ts';
import { plural } from '../../words/plural.ts';

/** "500 rows", "1 row". */
export function rowsText(rows: number): string {
  return plural(rows, l10n.t('1 row'), l10n.t('{0} rows', count(rows)));
}
