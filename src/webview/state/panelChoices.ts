import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { PanelState } from '../../protocol/panelKept.ts';
import type { AppliedAlpha, PanelSnapshot } from '../../protocol/panelSnapshot.ts';

/** What the user has chosen in the panel, and another pass over the logits isn't needed for. */
export interface Chosen
  extends Omit<PanelState, 'source' | 'sourceId' | 'view' | 'row' | 'appliedId' | 'teacher'> {
  /** The row in the pictures; until one is chosen, the first of the table. */
  readonly row: number | undefined;
  /** The α that was last let go of: rows are sorted by it. NaN while it's dragged. */
  readonly settledAlpha: number;
  /** The α from code that was taken last. */
  readonly appliedId: string | undefined;
}

/** How a source is first shown: as it says itself, with the rows that deserve a look on top. */
function freshChoice({ labelSmoothing, reduction, applied }: PanelSnapshot): Chosen {
  return {
    convention: applied?.convention ?? DEFAULT_SPEC.convention,
    labelSmoothing,
    settledAlpha: labelSmoothing,
    form: applied?.form ?? DEFAULT_SPEC.form,
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
    pins: [],
    pinSort: { column: 'pinned', descending: false },
    reading: FRESH_READING,
    // It's taken with all that its code says, some of which takes another pass over the logits.
    appliedId: undefined,
  };
}

export const FRESH_READING = { loss: '', unit: 'nats' } as const;

/** How it was before the page was loaded again. */
export function keptChoice(snapshot: PanelSnapshot, kept: PanelState | undefined): Chosen {
  const fresh = freshChoice(snapshot);
  if (kept?.sourceId !== snapshot.sourceId) return fresh;
  const { source, sourceId, view, teacher, ...choice } = kept;
  return { ...fresh, ...choice, settledAlpha: kept.labelSmoothing };
}

/** With an α from code and what else that says; everything else as it is. */
export function appliedChoice(applied: AppliedAlpha): Partial<Chosen> {
  const { id, convention, labelSmoothing, form, reduction } = applied;
  return {
    convention,
    labelSmoothing,
    settledAlpha: labelSmoothing,
    appliedId: id,
    ...(form && { form }),
    ...(reduction && { reduction }),
  };
}
