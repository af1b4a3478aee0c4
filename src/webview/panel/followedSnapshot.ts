import { useEffect, useRef, useState } from 'preact/hooks';
import { sharesRows } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { AppliedAlpha, PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { Took } from '../controls/fromCode.tsx';
import { usePage } from '../state/page.ts';
import { appliedChoice, type Chosen } from '../state/panelChoices.ts';
import type { ViewRequest } from '../state/viewRequest.ts';

type Choose = (part: Partial<Chosen>) => void;

/** How long it's said that α was taken. */
const TOOK_MS = 8_000;

/** Takes an α from code when there's another one, or it's asked for again; what was just taken is to be said. */
export function useApplied(snapshot: PanelSnapshot, chosen: Chosen, choose: Choose): Took | undefined {
  const { viewRequest } = usePage();
  const { applied } = snapshot;
  const [took, setTook] = useState<Took>();
  const last = useRef<AppliedAlpha | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = applied;
    if (!applied || applied.id === chosen.appliedId) return;
    const changed =
      applied.labelSmoothing !== chosen.labelSmoothing || applied.convention !== chosen.convention;
    const { declared } = snapshot.summary;
    // What the source says itself counts more; what is the same in code as before may have been changed here since.
    const { reduction, form, ...choice } = appliedChoice(applied);
    choose({
      ...choice,
      ...(reduction && !declared.reduction && reduction !== before?.reduction && { reduction }),
      ...(form && form !== before?.form && { form }),
    });
    viewRequest.measureFor(applied.convention, snapshot);
    const view = besides(applied, before, snapshot);
    if (Object.keys(view).length > 0) viewRequest.change(snapshot, view);
    // Of logits that are just opened it's nothing new.
    const isFirst = chosen.appliedId === undefined && !changed && !applied.isWanted;
    setTook(!isFirst && (changed || applied.isWanted) ? { applied, changed } : undefined);
  }, [applied?.id]);
  useEffect(() => {
    if (!took) return;
    const timer = setTimeout(() => setTook(undefined), TOOK_MS);
    return () => clearTimeout(timer);
  }, [took]);
  return took?.applied.id === applied?.id && took?.applied.labelSmoothing === chosen.labelSmoothing
    ? took
    : undefined;
}

/** What takes another pass over the logits, as far as the code says something else of it than before. */
function besides(
  { weight, ignoreIndex }: AppliedAlpha,
  before: AppliedAlpha | null,
  { summary: { declared, holds }, view, ...shown }: PanelSnapshot,
): Parameters<ViewRequest['change']>[1] {
  const isOther = (a: unknown, b: unknown) => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
  const shownWeight = shown.weight && Array.from(shown.weight);
  return {
    ...(weight !== undefined &&
      holds !== 'row-statistics' &&
      !declared.weight &&
      isOther(weight, before?.weight) &&
      isOther(weight, shownWeight) && { weight }),
    ...(ignoreIndex !== undefined &&
      isOther(ignoreIndex, before?.ignoreIndex) &&
      isOther(ignoreIndex, view.ignoreIndex) && { ignoreIndex: ignoreIndex ?? undefined }),
  };
}

/** Gives up a convention that the rows, once measured, turned out not to allow, or aren't measured for: it was cancelled. */
export function useMeasuredConvention(
  snapshot: PanelSnapshot,
  { convention }: Chosen,
  choose: Choose,
  isBusy: boolean,
): void {
  const { view, stats, revision } = snapshot;
  useEffect(() => {
    if (isBusy) return;
    const asked = view.convention ?? DEFAULT_SPEC.convention;
    const answered = sharesRows(asked, convention, stats.classes);
    if (answered && !sharesRows(convention, snapshot.convention, stats.classes))
      choose({ convention: snapshot.convention });
  }, [revision, isBusy]);
}
