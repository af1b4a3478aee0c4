import { type BatchFigures, batchFigures } from '../../loss/batch/batchFigures.ts';
import { type LossTerms, lossTermsOf } from '../../loss/batch/lossTerms.ts';
import type { LossTotals } from '../../loss/batch/reduction.ts';
import { hardFloorSum } from '../../loss/batch/rowFloors.ts';
import { sharesRows } from '../../loss/conventions/conventions.ts';
import { valuesOf } from '../../loss/conventions/smoothing.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { Pin, PinColumn } from '../../protocol/panelKept.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { formRefusal } from '../controls/specOfPanel.ts';

/** A pin, with what the loss comes to there. Absent: it's still computed. */
export interface PinLine {
  readonly pin: Pin;
  readonly figures: (BatchFigures & { readonly on: number; readonly off: number }) | undefined;
}

export function pinOf({ convention, labelSmoothing, ignoreIndex }: PanelSpec, padded: boolean): Pin {
  return { convention, labelSmoothing, padding: padded ? ignoreIndex : null };
}

export function samePin(a: Pin, b: Pin): boolean {
  return a.convention === b.convention && a.labelSmoothing === b.labelSmoothing && a.padding === b.padding;
}

/** What has to be measured for a pin, if the rows aren't measured for it already. */
export function passOf(
  { convention, padding }: Pin,
  snapshot: Pick<PanelSnapshot, 'convention' | 'ignoreIndex' | 'stats'>,
): BatchView | undefined {
  const same = sharesRows(convention, snapshot.convention, snapshot.stats.classes);
  if (same && (padding === null || padding === snapshot.ignoreIndex)) return undefined;
  return { convention, ...(padding !== null && { ignoreIndex: padding }) };
}

/** The terms of a pin: all but α and its reading is as in the panel. */
function pinTerms(
  { convention, labelSmoothing, padding }: Pin,
  spec: PanelSpec,
  totals: LossTotals,
): LossTerms {
  const form = formRefusal(convention, totals.targets) === undefined ? spec.form : 'ce';
  const ignoreIndex = padding ?? spec.ignoreIndex;
  const { targets, perClass } = totals;
  return lossTermsOf(
    { convention, labelSmoothing, weight: spec.weight, ignoreIndex, form },
    { classes: perClass.length, targets },
  );
}

/** `softFloors`: the floors of all rows together, where targets are soft. */
export function pinLine(
  pin: Pin,
  spec: PanelSpec,
  totals: LossTotals | undefined,
  softFloors: number | undefined,
): PinLine {
  if (!totals || (totals.targets === 'soft' && softFloors === undefined)) return { pin, figures: undefined };
  const terms = pinTerms(pin, spec, totals);
  const sum = softFloors ?? hardFloorSum(totals, terms);
  return {
    pin,
    figures: { ...batchFigures(totals, terms, sum, spec.reduction), ...valuesOf(terms.smoothing) },
  };
}

/** The lines in the order of a column; what isn't there yet comes last. */
export function sortedPins(
  lines: readonly PinLine[],
  { column, descending }: { readonly column: PinColumn; readonly descending: boolean },
): readonly PinLine[] {
  if (column === 'pinned') return descending ? lines.toReversed() : lines;
  const key = ({ pin, figures: of }: PinLine): string | number => {
    if (column === 'alpha') return pin.labelSmoothing;
    if (column === 'convention') return pin.convention;
    return of?.[column] ?? Number.NaN;
  };
  const missing = (value: string | number) => Number.isNaN(value);
  return lines.toSorted((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y));
    return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
  });
}
