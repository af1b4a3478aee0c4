import type { LossTotals } from '../../loss/batch/reduction.ts';
import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import { type BatchSums, isSummedFor, totalsOfSums } from '../../loss/sums/batchSums.ts';
import type { Pin } from '../../protocol/panelKept.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { isElsewhere } from '../panel/elsewhere.tsx';
import { type Asked, type Asking, answerOf, together, useAllAsked } from '../state/askedQuestions.ts';
import { viewKeyOf } from '../state/engineAnswers.ts';
import { usePage } from '../state/page.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { type PinLine, passOf, pinLine } from './pins.ts';

interface PinLines extends Asking {
  readonly lines: readonly PinLine[];
  /** All that was asked for, together. */
  readonly overall: Asked<undefined>;
}

/** What sums say of a pin; undefined if they don't. */
function summedTotals(
  { convention, padding }: Pin,
  { weight, ignoreIndex }: PanelSnapshot,
  sums: BatchSums,
): LossTotals | undefined {
  const isSame = padding === null || padding === ignoreIndex;
  if (!isSame || !isSummedFor(convention, ignoreIndex, sums.classes)) return undefined;
  return totalsOfSums(sums, { convention, weight, ignoreIndex });
}

/** Pins with their figures. Those that need the logits, or soft targets, come from the engine a moment later. */
export function usePinLines(
  snapshot: PanelSnapshot,
  measured: Measured,
  spec: PanelSpec,
  pins: readonly Pin[],
): PinLines {
  const { host } = usePage();
  const { revision } = snapshot;
  const soft = measured.totals.targets === 'soft';
  const elsewhere = isElsewhere(snapshot);
  const passKey = (pin: Pin) => `${viewKeyOf(snapshot)}:${JSON.stringify(passOf(pin, snapshot))}`;
  const floorKey = ({ convention, labelSmoothing }: Pin) =>
    `${viewKeyOf(snapshot)}:${convention}:${labelSmoothing}`;
  const totals = useAllAsked<LossTotals>(
    new Map(
      pins.flatMap((pin) => {
        const pass = passOf(pin, snapshot);
        return pass && !elsewhere
          ? [[passKey(pin), (job: string) => host.totals(revision, pass, job)] as const]
          : [];
      }),
    ),
  );
  const floorSums = useAllAsked<number>(
    new Map(
      (soft ? pins : []).map((pin) => [
        floorKey(pin),
        async (job) => sumOf(await host.floors(revision, pin, job)),
      ]),
    ),
  );
  return {
    lines: pins.map((pin) => {
      const known = measured.sums ? summedTotals(pin, snapshot, measured.sums) : measured.totals;
      const isKnown = measured.sums !== null || !passOf(pin, snapshot);
      const of = isKnown ? known : answerOf(totals.of(passKey(pin)));
      return pinLine(pin, spec, of, soft ? answerOf(floorSums.of(floorKey(pin))) : undefined);
    }),
    overall: together([totals.overall, floorSums.overall]),
    stop: () => {
      totals.stop();
      floorSums.stop();
    },
    again: () => {
      totals.again();
      floorSums.again();
    },
  };
}
