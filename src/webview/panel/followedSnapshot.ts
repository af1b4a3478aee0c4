import { useEffect, useState } from 'preact/hooks';
import { sharesRows } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { Took } from '../controls/fromCode.tsx';
import { usePage } from '../state/page.ts';
import { appliedChoice, type Chosen } from '../state/panelChoices.ts';

type Choose = (part: Partial<Chosen>) => void;

/** How long it's said that α was taken. */
const TOOK_MS = 8_000;

/** Takes an α from code when there's another one, or it's asked for again; what was just taken is to be said. */
export function useApplied(snapshot: PanelSnapshot, chosen: Chosen, choose: Choose): Took | undefined {
  const { viewRequest } = usePage();
  const { applied } = snapshot;
  const [took, setTook] = useState<Took>();
  useEffect(() => {
    if (!applied || applied.id === chosen.appliedId) return;
    const changed =
      applied.labelSmoothing !== chosen.labelSmoothing || applied.convention !== chosen.convention;
    choose(appliedChoice(applied));
    viewRequest.measureFor(applied.convention, snapshot);
    setTook(changed || applied.isWanted ? { applied, changed } : undefined);
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
