import type { AppliedAlpha, ConfigState, PanelSnapshot, PanelState } from '../protocol/panel.ts';

/** What the user has chosen in the panel. */
export interface Chosen
  extends Pick<
    PanelState,
    'labelSmoothing' | 'reduction' | 'sort' | 'logAxis' | 'tab' | 'gradient' | 'bins' | 'teacherTemperature'
  > {
  /** The row in the pictures; until one is chosen, the first of the table. */
  readonly row: number | undefined;
  /** The α that was last let go of: rows are sorted by it. */
  readonly settledAlpha: number;
  /** The α from code that was taken last. */
  readonly appliedId: string | undefined;
}

/** How a source is first shown: as it says itself, with the rows that deserve a look on top. */
function freshChoice({ labelSmoothing, reduction, applied }: PanelSnapshot): Chosen {
  return {
    labelSmoothing,
    settledAlpha: labelSmoothing,
    reduction,
    row: undefined,
    sort: { column: 'excess', descending: true },
    logAxis: false,
    tab: 'rows',
    gradient: false,
    // As many as in Guo et al. 2017.
    bins: { kind: 'width', count: 15 },
    // In the range that Hinton et al. 2015 found good.
    teacherTemperature: 4,
    appliedId: applied?.id,
  };
}

/** How it was before the page was loaded again. */
export function keptChoice(snapshot: PanelSnapshot, kept: PanelState | ConfigState | undefined): Chosen {
  if (!kept || !('sourceId' in kept) || kept.sourceId !== snapshot.sourceId) return freshChoice(snapshot);
  const { labelSmoothing, reduction, row, sort, logAxis, tab, appliedId } = kept;
  const { gradient, bins, teacherTemperature } = kept;
  const inTabs = { gradient, bins, teacherTemperature };
  return {
    labelSmoothing,
    settledAlpha: labelSmoothing,
    reduction,
    row,
    sort,
    logAxis,
    tab,
    appliedId,
    ...inTabs,
  };
}

/** With an α from code, and everything else as it is. */
export function appliedChoice({ id, labelSmoothing }: AppliedAlpha): Partial<Chosen> {
  return { labelSmoothing, settledAlpha: labelSmoothing, appliedId: id };
}
