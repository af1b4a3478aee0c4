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
import { SoftmaxTwice } from '../controls/valueKind.tsx';
import { useOrder } from '../rows/rowOrder.ts';
import { RowPicture } from '../rows/rowPicture.tsx';
import { RowsTable } from '../rows/rowsTable.tsx';
import { useFloors } from '../state/engineAnswers.ts';
import { lazy } from '../state/lazy.tsx';
import { usePage } from '../state/page.ts';
import { type Chosen, keptChoice } from '../state/panelChoices.ts';
import { measureSnapshot } from '../summary/measuredRows.ts';
import { Summary } from '../summary/summary.tsx';
import { Tabs } from '../widgets/tabs.tsx';
import { ElsewhereNote, isElsewhere, NeedsLogits } from './elsewhere.tsx';
import { useApplied, useMeasuredConvention } from './followedSnapshot.ts';
import { PanelHeader } from './header.tsx';

const View = lazy(() => import('./tabViews.tsx').then((views) => views.TabView));

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly kept: unknown;
  /** The logits are read, or measured, anew: what is shown is of before. */
  readonly isBusy: boolean;
}

/** The panel while logits are in front. */
export function LogitsPanel({ snapshot, kept, isBusy }: Props) {
  const measured = useMemo(
    () => measureSnapshot(snapshot),
    [snapshot.stats, snapshot.sums, snapshot.weight, snapshot.convention],
  );
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
  const shown = batchFigures(measured.totals, terms, floors.sum, reduction);
  const { smoothing } = terms;
  const hasRowLogits = !isElsewhere(snapshot) || (measured.sums !== null && rowCount > 0);
  const isOneClass = snapshot.summary.labelling === 'one-class';
  const rows = () => (
    <>
      <div class="pair">
        {hasRowLogits ? (
          <RowPicture
            {...{ snapshot, measured, row, smoothing, chosen, choose }}
            isFirst={row === order[0]}
          />
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
    <View {...{ name, snapshot, measured, floors, spec, smoothing, row, chosen, choose }} />
  );
  return (
    <>
      <div class="bar">
        <PanelHeader snapshot={snapshot} measured={measured} spec={spec} />
        <Controls {...{ snapshot, spec, smoothing, chosen, took, choose, unfolded, toggle }} />
        <ElsewhereNote snapshot={snapshot} />
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
          isSettled={chosen.settledAlpha === labelSmoothing}
          open={unfolded.explain}
          toggle={() => toggle('explain')}
        />
        <Ruler
          title={shown.floor === 0 ? l10n.t('The range of the loss') : l10n.t('Why the loss can’t reach 0')}
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
  if (!plainMean) return l10n.t('uniform guess {0}', nats(guess));
  const sigmoid = CONVENTIONS[convention].activation === 'sigmoid';
  const { left, sign, right } = shownLog(sigmoid ? 2 : classes, 4);
  return l10n.t('uniform guess: {0}', `${left} ${sign} ${right}`);
}
