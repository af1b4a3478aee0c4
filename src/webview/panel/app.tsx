import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { batchFigures } from '../../loss/batch/batchFigures.ts';
import { lossTermsOf } from '../../loss/batch/lossTerms.ts';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import { CONVENTIONS, sharesRows } from '../../loss/conventions/conventions.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { shownLog } from '../../loss/theory/shownEquations.ts';
import type { ConfigSnapshot, PanelSnapshot, TabName } from '../../protocol/panelChannel.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { nats } from '../../words/numberFormat.ts';
import { Curve } from '../charts/curve.tsx';
import { Ruler } from '../charts/ruler.tsx';
import { Controls } from '../controls/controls.tsx';
import type { Took } from '../controls/fromCode.tsx';
import { panelSpecOf } from '../controls/specOfPanel.ts';
import { SoftmaxTwice } from '../controls/valueKind.tsx';
import { RowPicture } from '../rows/rowPicture.tsx';
import { RowsTable } from '../rows/rowsTable.tsx';
import { columnOf, sortedRows } from '../rows/sortedRows.ts';
import { useFloors } from '../state/engineAnswers.ts';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import { appliedChoice, type Chosen, keptChoice } from '../state/panelChoices.ts';
import { type Measured, measure } from '../summary/measuredRows.ts';
import { Summary } from '../summary/summary.tsx';
import { DropZone } from '../widgets/dropZone.tsx';
import { Tabs } from '../widgets/tabs.tsx';
import { PanelHeader } from './header.tsx';

const View = lazy(() => import('./tabViews.tsx').then((views) => views.TabView));
const ConfigView = lazy(() => import('./tabViews.tsx').then((views) => views.ConfigView));

/** What has come from the extension host so far. */
export interface Received {
  readonly snapshot: PanelSnapshot | undefined;
  /** The loss that is in front, of logits perhaps. */
  readonly config: ConfigSnapshot | undefined;
  /** What logits are behind it. */
  readonly behind: string | null;
  /** What brings the logits back after a reload; the host's own. */
  readonly kept: unknown;
  /** Why what is shown isn't the source as it is now; empty if it is. */
  readonly problem: string;
  readonly progress: number | null;
}

export function App({ snapshot: logits, config, behind, kept, problem, progress }: Received) {
  const { host } = usePage();
  const snapshot = config ? undefined : logits;
  return (
    <main>
      <DropZone />
      {progress !== null && (
        <p class="working" role="status">
          <progress value={progress} aria-label={l10n.t('Reading')} />
          <button type="button" onClick={() => host.cancel()}>
            {l10n.t('Cancel')}
          </button>
        </p>
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem} {snapshot && l10n.t('What you see is from before.')}
        </p>
      )}
      {snapshot?.notice && !problem && (
        <p class="notice" role="status">
          {snapshot.notice}
        </p>
      )}
      {snapshot && (
        <Panel key={snapshot.sourceId} snapshot={snapshot} kept={kept} isBusy={progress !== null} />
      )}
      {config && <ConfigView config={config} logits={behind} />}
      {!snapshot && !config && !problem && <p class="quiet">{l10n.t('Reading logits…')}</p>}
    </main>
  );
}

interface PanelProps {
  readonly snapshot: PanelSnapshot;
  readonly kept: unknown;
  /** The logits are read, or measured, anew: what is shown is of before. */
  readonly isBusy: boolean;
}

function Panel({ snapshot, kept, isBusy }: PanelProps) {
  const measured = useMemo(() => measure(snapshot), [snapshot.stats, snapshot.weight]);
  const page = usePage();
  const [chosen, setChosen] = useState<Chosen>(() => keptChoice(snapshot, page.kept.state?.logits));
  const choose = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const took = useApplied(snapshot, chosen, choose);
  useMeasuredConvention(snapshot, chosen, choose, isBusy);
  const spec = panelSpecOf(snapshot, chosen);
  const { convention, labelSmoothing, weight, ignoreIndex, form, reduction } = spec;
  const { classes, targets, rows: rowCount } = measured.stats;
  const terms = useMemo(
    () => lossTermsOf({ convention, labelSmoothing, weight, ignoreIndex, form }, { classes, targets }),
    [convention, labelSmoothing, weight, ignoreIndex, form, classes, targets],
  );
  const [floors, awaited] = useFloors(measured, snapshot, { convention, labelSmoothing }, terms);
  const isKnown = floors.sum !== undefined || chosen.sort.column !== 'excess';
  const order = useOrder(measured, floors, chosen.sort, isKnown && chosen.settledAlpha === labelSmoothing);
  const row = Math.min(chosen.row ?? order[0]!, rowCount - 1);
  const { settledAlpha, appliedId, ...choice } = chosen;
  useEffect(() => {
    page.kept.keep({
      front: 'logits',
      logits: {
        ...choice,
        source: kept,
        sourceId: snapshot.sourceId,
        row,
        view: snapshot.view,
        ...(snapshot.teacher && { teacher: snapshot.teacher.kept }),
        ...(appliedId !== undefined && { appliedId }),
      },
    });
  });
  const shown = batchFigures(measured.totals, terms, floors.sum, reduction);
  const { smoothing } = terms;
  const rows = () => (
    <>
      <div class="pair">
        <RowPicture {...{ snapshot, measured, row, smoothing, chosen, choose }} />
        <Curve terms={terms} alpha={labelSmoothing} samples={{ measured, row }} />
      </div>
      <RowsTable
        snapshot={snapshot}
        measured={measured}
        floors={floors}
        order={order}
        sort={chosen.sort}
        row={row}
        choose={choose}
      />
    </>
  );
  const view = (name: Exclude<TabName, 'rows'>) => () => (
    <View {...{ name, snapshot, measured, floors, spec, smoothing, row, chosen, choose }} />
  );
  return (
    <>
      <div class="bar">
        <PanelHeader snapshot={snapshot} measured={measured} spec={spec} />
        <Controls {...{ snapshot, spec, chosen, took, choose }} />
        <SoftmaxTwice snapshot={snapshot} measured={measured} spec={spec} terms={terms} />
      </div>
      <div class={isBusy ? 'late' : undefined} aria-busy={isBusy}>
        <Summary
          snapshot={snapshot}
          measured={measured}
          awaited={awaited}
          figures={shown}
          spec={spec}
          terms={terms}
        />
        <Ruler
          title={l10n.t('Why the loss isn’t 0')}
          floor={shown.floor}
          guess={shown.guess}
          guessing={guessingWords(spec, classes, shown.guess)}
          reached={shown}
        />
        <Tabs
          chosen={chosen.tab}
          choose={(tab) => choose({ tab })}
          tabs={[
            { name: 'rows', title: l10n.t('Rows'), body: rows },
            { name: 'calibration', title: l10n.t('Calibration'), body: view('calibration') },
            { name: 'classes', title: l10n.t('Class weights'), body: view('classes') },
            { name: 'teacher', title: l10n.t('Teacher'), body: view('teacher') },
            { name: 'compare', title: l10n.t('Compare'), body: view('compare') },
            { name: 'read', title: l10n.t('Read a loss'), body: view('read') },
          ]}
        />
      </div>
    </>
  );
}

/** The loss of equal logits, with how it comes about where that is simple. */
function guessingWords(
  { convention, weight, reduction, form }: PanelSpec,
  classes: number,
  guess: number,
): string {
  const plainMean = reduction !== 'sum' && !weight && form === 'ce';
  if (!plainMean) return l10n.t('guessing {0}', nats(guess));
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  const { left, sign, right } = shownLog(sigmoid ? 2 : classes, 4);
  return l10n.t('guessing: {0}', `${left} ${sign} ${right}`);
}

type Choose = (part: Partial<Chosen>) => void;

/** How long it's said that α was taken. */
const TOOK_MS = 8_000;

/** Takes an α from code when there's another one, or it's asked for again; what was just taken is to be said. */
function useApplied(snapshot: PanelSnapshot, chosen: Chosen, choose: Choose): Took | undefined {
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
function useMeasuredConvention(
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

/** The rows in the order of the table. While α is dragged they stay where they are, and find their new place when it's released. */
function useOrder(
  measured: Measured,
  floors: RowFloors,
  sort: Chosen['sort'],
  settled: boolean,
): Uint32Array {
  const { rows } = measured.stats;
  const order = useMemo(
    () => (settled ? sortedRows(rows, columnOf(measured, floors, sort.column), sort.descending) : undefined),
    [measured, sort, settled, settled && floors],
  );
  const last = useRef<Uint32Array>(undefined);
  if (order) last.current = order;
  return last.current?.length === rows ? last.current : Uint32Array.from({ length: rows }, (_, row) => row);
}
