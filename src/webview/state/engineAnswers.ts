import { useMemo, useRef } from 'preact/hooks';
import type { LossTerms } from '../../loss/batch/lossTerms.ts';
import type { LossTotals } from '../../loss/batch/reduction.ts';
import { hardFloors, type RowFloors, softFloors } from '../../loss/batch/rowFloors.ts';
import type { BatchView, RowDetail, SmoothingChoice } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot, TeacherSnapshot } from '../../protocol/panelSnapshot.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { type Asked, type Asking, answerOf, useAsked } from './askedQuestions.ts';
import { usePage } from './page.ts';
import type { TaughtRow } from './rememberedAnswers.ts';

/** What a snapshot's answers depend on, whatever else they do. */
export function viewKeyOf({ sourceId, revision }: Pick<PanelSnapshot, 'sourceId' | 'revision'>): string {
  return `${sourceId}:${revision}`;
}

interface ShownRow<T> {
  /** Of the row that is asked for or, while that is on its way, another row of the same logits: it says itself of which. */
  readonly shown: T | undefined;
  readonly isBusy: boolean;
}

/** One row from the engine. */
export function useRowDetail(snapshot: PanelSnapshot, row: number): ShownRow<RowDetail> {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  const logits = viewKeyOf(snapshot);
  const { asked } = useAsked(answers.rowDetail, `${logits}:${row}`, () => host.row(revision, row));
  return useLastOf(asked, logits);
}

/** One row of both models. */
export function useTaughtRow(
  snapshot: PanelSnapshot,
  teacher: TeacherSnapshot,
  row: number,
): ShownRow<TaughtRow> {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  const both = `${viewKeyOf(snapshot)}:${teacher.id}`;
  const { asked } = useAsked(answers.taughtRow, `${both}:${row}`, async () => {
    const [detail, logits] = await Promise.all([host.row(revision, row), host.teacherRow(revision, row)]);
    return { ...detail, teacher: logits };
  });
  return useLastOf(asked, both);
}

/** While an answer is pending, the last one to a question of the same group. */
function useLastOf<T>(asked: Asked<T>, group: string): ShownRow<T> {
  const last = useRef<{ readonly group: string; readonly value: T }>(undefined);
  if (asked.state === 'answered') last.current = { group, value: asked.value };
  const isBusy = asked.state === 'pending';
  if (!isBusy) return { shown: answerOf(asked), isBusy };
  return { shown: last.current?.group === group ? last.current.value : undefined, isBusy };
}

/** The sums over all rows with part of the view changed; undefined until they're here, or if nothing is asked for. */
export function useTotals(snapshot: PanelSnapshot, change: BatchView | undefined): LossTotals | undefined {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  const { asked } = useAsked(
    answers.otherTotals,
    change && `${viewKeyOf(snapshot)}:${JSON.stringify(change)}`,
    (job) => host.totals(revision, change!, job),
  );
  return answerOf(asked);
}

/** The mean entropy of the teacher's targets at T, in nats. NaN if a logit of the teacher's makes it so. */
export function useTeacherEntropy(snapshot: PanelSnapshot, teacher: TeacherSnapshot, temperature: number) {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  return useAsked(answers.meanEntropy, `${viewKeyOf(snapshot)}:${teacher.id}:${temperature}`, async (job) => {
    const [mean] = await host.teacherEntropy(revision, temperature, job);
    return mean!;
  });
}

export function useCalibration(snapshot: PanelSnapshot) {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  return useAsked(answers.calibration, viewKeyOf(snapshot), (job) => host.calibrate(revision, job));
}

/** What is asked, and how it stands. */
export type Awaited<T> = Asking & { readonly asked: Asked<T> };

/** The floors of a loss. Those of hard targets are here at once; those of soft targets are asked for, and awaited. */
export function useFloors(
  measured: Measured,
  snapshot: PanelSnapshot,
  of: SmoothingChoice,
  terms: LossTerms,
): readonly [RowFloors, Awaited<Float64Array> | undefined] {
  const { host, answers } = usePage();
  const { revision } = snapshot;
  const isSoft = measured.stats.targets === 'soft';
  const key = `${viewKeyOf(snapshot)}:${of.convention}:${of.labelSmoothing}`;
  const awaited = useAsked(answers.softFloors, isSoft ? key : undefined, (job) =>
    host.floors(revision, of, job),
  );
  const byRow = answerOf(awaited.asked);
  const floors = useMemo(
    () => (isSoft ? softFloors(terms, byRow) : hardFloors(measured.stats, measured.totals, terms)),
    [measured, terms, isSoft, byRow],
  );
  return [floors, isSoft ? awaited : undefined];
}
