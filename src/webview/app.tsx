import * as l10n from '@vscode/l10n';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { uniformSmoothing } from '../loss/smoothing.ts';
import type { ConfigSnapshot, PanelSnapshot } from '../protocol/panel.ts';
import { host, keepState, keptState } from './bridge.ts';
import { CalibrationTab } from './calibration/calibrationTab.tsx';
import { Curve } from './charts/curve.tsx';
import { Ruler } from './charts/ruler.tsx';
import { appliedChoice, type Chosen, keptChoice } from './choice.ts';
import { ClassWeightsTab } from './classWeights/classWeightsTab.tsx';
import { Controls } from './components/controls.tsx';
import { Header } from './components/header.tsx';
import { RowPicture } from './components/rowPicture.tsx';
import { RowsTable } from './components/rowsTable.tsx';
import { Summary } from './components/summary.tsx';
import { Tabs } from './components/tabs.tsx';
import { ConfigPanel } from './config/configPanel.tsx';
import { useFloors } from './hooks.ts';
import { columnOf, figures, measure, sortedRows } from './model.ts';
import { TeacherTab } from './teacher/teacherTab.tsx';

/** What has come from the extension host so far. */
export interface Received {
  readonly snapshot: PanelSnapshot | undefined;
  /** Instead of a snapshot, while there are no logits. */
  readonly config: ConfigSnapshot | undefined;
  readonly source: unknown;
  /** Why what is shown isn't the source as it is now; empty if it is. */
  readonly problem: string;
  readonly progress: number | null;
}

export function App({ snapshot, config, source, problem, progress }: Received) {
  return (
    <main>
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
      {snapshot && <Panel key={snapshot.sourceId} snapshot={snapshot} source={source} />}
      {config && <ConfigPanel config={config} />}
      {!snapshot && !config && !problem && <p class="quiet">{l10n.t('Reading logits…')}</p>}
    </main>
  );
}

function Panel({ snapshot, source }: { snapshot: PanelSnapshot; source: unknown }) {
  const measured = useMemo(() => measure(snapshot), [snapshot]);
  const [chosen, setChosen] = useState<Chosen>(() => keptChoice(snapshot, keptState()));
  const choose = (part: Partial<Chosen>) => setChosen((before) => ({ ...before, ...part }));
  useEffect(() => {
    if (snapshot.applied && snapshot.applied.id !== chosen.appliedId) choose(appliedChoice(snapshot.applied));
  }, [snapshot.applied?.id]);
  const { labelSmoothing: alpha, reduction, sort, settledAlpha } = chosen;
  const floors = useFloors(measured, snapshot.revision, alpha);
  // While α is dragged rows stay where they are; they find their new place when it's released.
  const order = useMemo(() => {
    const settled = floors.alpha === settledAlpha;
    return settled
      ? sortedRows(measured.stats.rows, columnOf(measured, floors, sort.column), sort.descending)
      : undefined;
  }, [measured, settledAlpha, sort, floors.alpha === settledAlpha, floors.sum]);
  const lastOrder = useRef<Uint32Array>(undefined);
  if (order) lastOrder.current = order;
  const shownOrder =
    lastOrder.current?.length === measured.stats.rows
      ? lastOrder.current
      : Uint32Array.from({ length: measured.stats.rows }, (_, row) => row);
  const row = Math.min(chosen.row ?? shownOrder[0]!, measured.stats.rows - 1);
  useEffect(() => {
    const { kind, looksLike, classAxis } = snapshot.summary;
    const { chosenTargets } = snapshot;
    keepState({
      source,
      sourceId: snapshot.sourceId,
      labelSmoothing: alpha,
      reduction,
      row,
      sort,
      logAxis: chosen.logAxis,
      tab: chosen.tab,
      gradient: chosen.gradient,
      bins: chosen.bins,
      teacherTemperature: chosen.teacherTemperature,
      ...(snapshot.teacher && { teacher: snapshot.teacher.kept }),
      ...(kind !== looksLike && { kind }),
      ...(snapshot.summary.shape.length > 2 && { classAxis }),
      chosenTargets,
      ...(chosen.appliedId !== undefined && { appliedId: chosen.appliedId }),
    });
  });
  const shown = figures(measured, floors, reduction);
  const rows = () => (
    <>
      <div class="pair">
        <RowPicture {...{ snapshot, measured, row, alpha, chosen, choose }} />
        <Curve
          smoothing={uniformSmoothing(alpha, measured.stats.classes)}
          alpha={alpha}
          samples={{ measured, row }}
        />
      </div>
      <RowsTable
        snapshot={snapshot}
        measured={measured}
        floors={floors}
        order={shownOrder}
        sort={sort}
        row={row}
        choose={choose}
      />
    </>
  );
  const smoothing = uniformSmoothing(alpha, measured.stats.classes);
  const calibration = () => <CalibrationTab {...{ snapshot, measured, alpha, bins: chosen.bins, choose }} />;
  const classes = () => <ClassWeightsTab {...{ snapshot, measured, smoothing }} />;
  const temperature = chosen.teacherTemperature;
  const teacher = () => (
    <TeacherTab {...{ snapshot, measured, floors, smoothing, row, temperature, choose }} />
  );
  return (
    <>
      <div class="bar">
        <Header snapshot={snapshot} measured={measured} alpha={alpha} reduction={reduction} />
        <Controls snapshot={snapshot} chosen={chosen} choose={choose} />
      </div>
      <Summary
        snapshot={snapshot}
        measured={measured}
        floors={floors}
        figures={shown}
        alpha={alpha}
        reduction={reduction}
      />
      <Ruler
        figures={shown}
        classes={measured.stats.classes}
        weighted={snapshot.weight !== null}
        reduction={reduction}
      />
      <Tabs
        chosen={chosen.tab}
        choose={(tab) => choose({ tab })}
        tabs={[
          { name: 'rows', title: l10n.t('Rows'), body: rows },
          { name: 'calibration', title: l10n.t('Calibration'), body: calibration },
          { name: 'classes', title: l10n.t('Class weights'), body: classes },
          { name: 'teacher', title: l10n.t('Teacher'), body: teacher },
        ]}
      />
    </>
  );
}
