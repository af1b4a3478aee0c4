import { DEFAULT_SPEC } from '../../../loss/lossSpec.ts';
import type { Opened } from '../../../protocol/engineChannel.ts';
import type { PanelAbout } from '../../../protocol/panelSnapshot.ts';
import { kindOf } from '../../sources/kinds/kindOf.ts';
import { cellOf, sourceName } from '../../sources/source.ts';
import { firstAlpha } from '../panelSettings.ts';
import type { SessionState } from '../session/sessionState.ts';

/** What the page is told of logits beside their figures. `loss`: the loss from code that can be turned to. */
export function aboutOf(
  { source, view, applied, notice }: SessionState,
  { range, summary: { declared } }: Opened,
  loss: string | null,
): PanelAbout {
  const cell = cellOf(source);
  return {
    source: {
      name: sourceName(source),
      lines: (range && kindOf(source).lines?.(source, range)) ?? null,
      cell: cell ? { number: cell.index + 1, run: cell.executionSummary?.executionOrder ?? null } : null,
    },
    view,
    labelSmoothing: declared.labelSmoothing ?? applied?.labelSmoothing ?? firstAlpha(),
    reduction: declared.reduction ?? DEFAULT_SPEC.reduction,
    applied,
    loss,
    notice,
  };
}

/** True if the page would be told the same. What may be large, as a view with a weight for each class, is compared by identity. */
export function isSameAbout(
  { source, ...about }: PanelAbout,
  { source: other, ...others }: PanelAbout,
): boolean {
  const keys = Object.keys(about) as (keyof typeof about)[];
  return keys.every((key) => about[key] === others[key]) && JSON.stringify(source) === JSON.stringify(other);
}
