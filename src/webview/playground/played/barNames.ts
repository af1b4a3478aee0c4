import * as l10n from '@vscode/l10n';
import { count, minus, probability } from '../../../words/numberFormat.ts';
import type { BarColumns } from './columns.ts';

/** Short, so that ten of them are beside each other in a narrow panel. */
function classNames(): readonly string[] {
  return [
    l10n.t('dog'),
    l10n.t('fox'),
    l10n.t('cat'),
    l10n.t('owl'),
    l10n.t('bee'),
    l10n.t('cow'),
    l10n.t('hen'),
    l10n.t('pig'),
    l10n.t('rat'),
    l10n.t('ant'),
  ];
}

export function barName({ sizes, padding }: BarColumns, column: number): string {
  if (column === padding) return l10n.t('padding');
  const size = sizes[column]!;
  return size > 1 ? l10n.t('each of {0} others', count(size)) : classNames()[column]!;
}

/** A probability with as few digits as tell it from 0 and from 1. */
export function shortProbability(p: number): string {
  if (p >= 0.9995 && p < 1) return probability(p);
  if (p >= 0.0005) return p.toFixed(p < 0.005 || (p >= 0.995 && p < 1) ? 3 : 2);
  return p < 1e-6 ? '≈ 0' : p.toFixed(Math.ceil(-Math.log10(p)));
}

/** A logit to a tenth, as finely as keys move it. */
export function logitText(logit: number): string {
  return minus(logit.toFixed(1).replace(/^-(0\.0)$/, '$1'));
}
