import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { batchFigures } from '../../loss/batch/batchFigures.ts';
import { lossTermsOf } from '../../loss/batch/lossTerms.ts';
import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import { shownLog } from '../../loss/theory/shownEquations.ts';
import type { TabName } from '../../protocol/panelKept.ts';
import type { PanelSnapshot, Unfolded } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { nats } from '../../words/numberFormat.ts';
import { Curve } from '../charts/curve.tsx';
import { Ruler } from '../charts/ruler.tsx';
import { Controls } from '../controls/controls.tsx';
import { panelSpecOf } from '../controls/specOfPanel.ts';
import { mayBeSoftmaxTwice } from '../controls/valueKind.tsx';
import { wantedSettings } from '../controls/wantedSettings.ts';
import { useOrder } from '../rows/rowOrder.ts';
import { RowPicture } from '../rows/rowPicture.tsx';
import { RowsTable } from '../rows/rowsTable.tsx';
import { useFloors } from '../state/engineAnswers.ts';
import { useLate } from '../state/hooks.ts';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import { type Chosen, keptChoice } from '../state/panelChoices.ts';
import { shownParts } from '../summary/lossParts.tsx';
import { measureSnapshot } from '../summary/measuredRows.ts';
import { Summary } from '../summary/summary.tsx';
import { Tabs } from '../widgets/tabs.tsx';
import { useAwaitedView } from './awaitedView.ts';
import { isElsewhere, NeedsLogits } from './elsewhere.tsx';
import { useApplied, useMeasuredConvention } from './followedSnapshot.ts';
import { PanelHeader } from './header.tsx';
import { lateness, Measuring } from './measuring.tsx';

const ElsewhereNote = lazy((page) => page.loadLate().then((late) => late.ElsewhereNote));
const SoftmaxTwice = lazy((page) => page.loadLate().then((late) => late.SoftmaxTwice));
const View = lazy(() => import('./tabViews.tsx').then((views) => views.TabView));

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly kept: unknown;
  /** 0…1 while the logits are read, or measured, anew, and what is shown is of before; else null. */
  readonly progress: number | null;
  /** What is shown is the source as it is: nothing went wrong since. */
  readonly isRead: boolean;
}

/** The panel while logits are in front. */
export function LogitsPanel({ snapshot, kept, progress, isRead }: Props) {
  const measured = useMemo(
    () => measureSnapshot(snapshot),
    [snapshot.stats, snapshot.sums, snapshot.weight, snapshot.convention],
  );
  const page = usePage();
  const [chosen, setChosen] = useState<Chosen>(() => keptChoice(snapshot, page.kept.state?.logits));
  const choose = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  const awaited = useAwaitedView(snapshot.sourceId);
  // What couldn't be measured isn't awaited; the controls go back to what is shown.
  const wanted = awaited ?? (snapshot.isMeasured || !isRead ? undefined : snapshot.view);
  const isBusy = progress !== null || wanted !== undefined;
  const took = useApplied(snapshot, chosen, choose);
  useMeasuredConvention(snapshot, chosen, choose, isBusy);
  const settings = wantedSettings(snapshot, wanted);
  const spec = panelSpecOf(snapshot, chosen);
  const { convention, labelSmoothing, weight, ignoreIndex, form, reduction } = spec;
  const { classes, targets, rows: rowCount } = measured.stats;
  const terms = useMemo(
    () => lossTermsOf({ convention, labelSmoothing, weight, ignoreIndex, form }, { classes, targets }),
    [convention, labelSmoothing, weight, ignoreIndex, form, classes, targets],
  );
  const [floors, awaitedFloors] = useFloors(measured, snapshot, { convention, labelSmoothing }, terms);
  const isKnown = floors.sum !== undefined || !['floor', 'excess'].includes(chosen.sort.column);
  const order = useOrder(measured, floors, chosen.sort, isKnown && chosen.settledAlpha === labelSmoothing);
  // Of sums there may be no row.
  const row = Math.max(0, Math.min(chosen.row ?? order[0] ?? 0, rowCount - 1));
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
  const [unfolded, setUnfolded] = useState(snapshot.unfolded);
  const toggle = (part: keyof Unfolded) => {
    const next = { ...unfolded, [part]: !unfolded[part] };
    setUnfolded(next);
    page.host.unfold(next);
  };
  const isBehind = wanted !== undefined || spec.convention !== chosen.convention;
  const isLate = useLate(isBusy || isBehind);
  const shown = batchFigures(measured.totals, terms, floors.sum, reduction);
  const { smoothing } = terms;
  const hasRowLogits = !isElsewhere(snapshot) || (measured.sums !== null && rowCount > 0);
  const isFirst = row === order[0];
  const isSettled = chosen.settledAlpha === labelSmoothing;
  const isOneClass = snapshot.summary.labelling !== 'multi-label';
  const parts = shownParts(shown, isSettled && snapshot.summary.rounding === 0);
  const rows = () => (
    <>
      <div class="pair">
        {hasRowLogits ? (
          <RowPicture {...{ snapshot, measured, row, isFirst, smoothing, chosen, choose }} />
        ) : (
          <NeedsLogits what={l10n.t('The targets and probabilities of a single row need its logits.')} />
        )}
        <Curve terms={terms} alpha={labelSmoothing} {...(isOneClass && { samples: { measured, row } })} />
      </div>
      {rowCount > 0 && (
        <RowsTable
          snapshot={snapshot}
          measured={measured}
          floors={floors}
          order={order}
          sort={chosen.sort}
          row={row}
          choose={choose}
        />
      )}
    </>
  );
  const view = (name: Exclude<TabName, 'rows'>) => () => (
    <View {...{ name, snapshot, measured, floors, spec, smoothing, row, isFirst, chosen, choose }} />
  );
  return (
    <>
      <div class="bar">
        <PanelHeader {...{ snapshot, measured, spec, isBehind }} />
        <Controls {...{ snapshot, spec, settings, smoothing, chosen, took, choose, unfolded, toggle }} />
        {isElsewhere(snapshot) && <ElsewhereNote snapshot={snapshot} />}
        {mayBeSoftmaxTwice(snapshot) && (
          <SoftmaxTwice {...{ snapshot, measured, spec, terms, decimals: parts.decimals, isBehind }} />
        )}
        {isLate && (
          <Measuring
            progress={progress}
            label={isBehind ? l10n.t('Measuring the rows with these settings') : l10n.t('Reading')}
            cancel={() => {
              page.viewRequest.forget(snapshot.sourceId);
              page.host.cancel();
            }}
          />
        )}
      </div>
      <div class={lateness(isBehind, isBusy, isLate)} aria-busy={isBusy || isBehind}>
        <Summary
          snapshot={snapshot}
          measured={measured}
          awaited={awaitedFloors}
          figures={shown}
          parts={parts}
          spec={spec}
          terms={terms}
          open={unfolded.explain}
          toggle={() => toggle('explain')}
        />
        <Ruler
          title={shown.floor === 0 ? l10n.t('The range of the loss') : l10n.t('Why the loss can’t reach 0')}
          floor={shown.floor}
          guess={shown.guess}
          guessing={guessingWords(spec, classes, shown.guess)}
          reached={shown}
          decimals={parts.decimals}
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
  if (weight && reduction !== 'sum') return l10n.t('weighted uniform guess {0}', nats(guess));
  if (!plainMean) return l10n.t('uniform guess {0}', nats(guess));
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  const { left, sign, right } = shownLog(sigmoid ? 2 : classes, 4);
  return l10n.t('uniform guess: {0}', `${left} ${sign} ${right}`);
}
