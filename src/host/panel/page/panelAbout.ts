import { DEFAULT_SPEC } from '../../../loss/lossSpec.ts';
import { warningsOf } from '../../../problems/sources/warningMessages.ts';
import type { Opened } from '../../../protocol/engineChannel.ts';
import type { PanelAbout } from '../../../protocol/panelSnapshot.ts';
import { kindOf } from '../../sources/kinds/kindOf.ts';
import { cellOf, sourceName } from '../../sources/source.ts';
import { firstAlpha } from '../panelSettings.ts';
import type { SessionState } from '../session/sessionState.ts';

/** What a panel has beside its logits. */
export type Beside = Pick<PanelAbout, 'loss' | 'nearby' | 'unfolded'>;

/** What the page is told of logits beside their figures. */
export function aboutOf(
  { source, view, measuredView, applied, notice }: SessionState,
  { range, summary: { declared, warnings } }: Opened,
  { loss, nearby, unfolded }: Beside,
): PanelAbout {
  const cell = cellOf(source);
  return {
    source: {
      name: sourceName(source),
      lines: (range && kindOf(source).lines?.(source, range)) ?? null,
      cell: cell ? { number: cell.index + 1, run: cell.executionSummary?.executionOrder ?? null } : null,
    },
    view,
    isMeasured: view === measuredView,
    labelSmoothing: declared.labelSmoothing ?? applied?.labelSmoothing ?? firstAlpha(),
    reduction: declared.reduction ?? applied?.reduction ?? DEFAULT_SPEC.reduction,
    applied,
    loss,
    nearby,
    unfolded,
    notice,
    warnings: warningsOf({ warnings }),
  };
}

/** True if the page would be told the same. What may be large, as a view with a weight for each class, is compared by identity. */
export function isSameAbout(
  { source, warnings, nearby, unfolded, ...about }: PanelAbout,
  {
    source: other,
    warnings: otherWarnings,
    nearby: otherLosses,
    unfolded: otherFolds,
    ...others
  }: PanelAbout,
): boolean {
  const keys = Object.keys(about) as (keyof typeof about)[];
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return (
    keys.every((key) => about[key] === others[key]) &&
    isSame(source, other) &&
    isSame(warnings, otherWarnings) &&
    isSame(nearby, otherLosses) &&
    isSame(unfolded, otherFolds)
  );
}
