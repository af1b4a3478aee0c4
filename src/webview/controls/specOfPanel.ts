import * as l10n from '@vscode/l10n';
import { CONVENTIONS, type ConventionName, sharesRows } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { RowStats } from '../../loss/rows/rowStats.ts';
import { isSummedFor } from '../../loss/sums/batchSums.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import type { Chosen } from '../state/panelChoices.ts';

/** The loss that is shown: as chosen, as far as the rows are measured for it already. */
export function panelSpecOf(
  snapshot: Pick<PanelSnapshot, 'stats' | 'convention' | 'weight' | 'ignoreIndex' | 'temperature'>,
  {
    convention: wanted,
    labelSmoothing,
    form,
    reduction,
  }: Pick<Chosen, 'convention' | 'labelSmoothing' | 'form' | 'reduction'>,
): PanelSpec {
  const { stats, weight, ignoreIndex, temperature } = snapshot;
  const convention = sharesRows(wanted, snapshot.convention, stats.classes) ? wanted : snapshot.convention;
  return {
    convention,
    labelSmoothing,
    weight,
    ignoreIndex,
    reduction,
    form: formRefusal(convention, stats.targets) === undefined ? form : 'ce',
    temperature,
  };
}

/** Why the loss can only be a cross-entropy; undefined if it can have another form. */
export function formRefusal(convention: ConventionName, targets: RowStats['targets']): string | undefined {
  if (targets === 'soft') return l10n.t('Soft targets: every row has its own entropy');
  if (CONVENTIONS[convention].activation === 'sigmoid') return l10n.t('Sigmoid losses have only one form');
  return undefined;
}

/** Why logits with these targets can't be taken so; undefined if they can. */
export function conventionRefusal(
  name: ConventionName,
  snapshot: Pick<PanelSnapshot, 'stats' | 'summary' | 'ignoreIndex'>,
): string | undefined {
  const { stats, summary, ignoreIndex } = snapshot;
  if (summary.holds === 'sums' && !isSummedFor(name, ignoreIndex, stats.classes))
    return CONVENTIONS[name].activation === 'sigmoid'
      ? l10n.t('Needs the logits: only sums of a softmax are available')
      : l10n.t('Measure with the padding class as ignore_index');
  if (summary.holds === 'row-statistics' && !sharesRows(name, DEFAULT_SPEC.convention, stats.classes))
    return l10n.t('Needs the logits: only row statistics of a softmax are available');
  if (!CONVENTIONS[name].padded) return undefined;
  if (stats.targets === 'soft') return l10n.t('Soft targets can’t have a padding class');
  if (stats.classes < 3) return l10n.t('Needs at least two classes besides padding');
  return stats.target.some((target) => target < 0 || target >= stats.classes)
    ? l10n.t('Some targets aren’t valid classes')
    : undefined;
}
