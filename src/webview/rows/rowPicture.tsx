import * as l10n from '@vscode/l10n';
import { isIgnored } from '../../loss/batch/accuracy.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { optimalProbabilities } from '../../loss/theory/weightedTargets.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import type { ClassLine } from '../charts/classLines.ts';
import { classLines, nameOfLine } from '../charts/classLines.ts';
import { DataTable } from '../charts/dataTable.tsx';
import { Dumbbell } from '../charts/dumbbell.tsx';
import { GradientChart, GradientWords } from '../charts/gradientChart.tsx';
import { useRowDetail } from '../state/engineAnswers.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { pushedDown } from '../summary/pushedDown.ts';
import { Checkbox } from '../widgets/checkbox.tsx';
import { nameOfClass, shownName } from '../widgets/classNames.ts';
import { TargetVector } from '../widgets/targetVector.tsx';
import { rowWords } from './rowWords.ts';

/** So many targets are written out beside a chart of half the width. */
const MOST_IN_A_LINE = 6;

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly row: number;
  readonly smoothing: Smoothing;
  /** It's the first of the table. */
  readonly isFirst: boolean;
  readonly chosen: Pick<Chosen, 'logAxis' | 'gradient' | 'sort'>;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** The classes of one row: targets and predictions on one axis, or their difference as bars. */
export function RowPicture({ snapshot, measured, row, isFirst, smoothing, chosen, choose }: Props) {
  const { logAxis, gradient } = chosen;
  const { stats, weight } = measured;
  const { shown: detail, isBusy } = useRowDetail(snapshot, row);
  const shownRow = detail?.row ?? row;
  const ignored = isIgnored(stats, shownRow);
  const lines = detail ? classLines(detail, smoothing, { weight, ignored }) : [];
  const [target, prediction] = [stats.target[shownRow]!, stats.prediction[shownRow]!];
  const name = (line: ClassLine) => nameOfLine(line, snapshot.summary.classNames);
  const isOneClass = snapshot.summary.labelling !== 'multi-label';
  const isSoft = stats.targets === 'soft';
  const isTrue = ({ index, hard }: ClassLine) => (isOneClass ? index === target : hard > 0.5);
  const mark = (line: ClassLine) =>
    isTrue(line) ? ' ✓' : isOneClass && line.index === prediction ? ' ✗' : '';
  const table = () => ({
    head: [
      l10n.t('class'),
      isSoft ? l10n.t('target without smoothing') : l10n.t('hard target'),
      l10n.t('smoothed target'),
      l10n.t('prediction'),
      l10n.t('gradient'),
    ],
    rows: lines.map((line) => [name(line), line.hard, line.target, line.prediction, line.gradient]),
  });
  // With a sigmoid per class the loss of a row is the mean over its classes.
  const formula = smoothing.activation === 'sigmoid' ? '(p\u00a0−\u00a0y′)/K' : 'p\u00a0−\u00a0y′';
  const tools = (
    <>
      <Checkbox
        name={l10n.t('as bars')}
        title={l10n.t('The gradient of each class as a bar from zero')}
        checked={gradient}
        choose={(checked) => choose({ gradient: checked })}
      />
      {!gradient && (
        <Checkbox
          name={l10n.t('log axis')}
          checked={logAxis}
          choose={(checked) => choose({ logAxis: checked })}
        />
      )}
    </>
  );
  const which = rowWords(shownRow, isFirst && shownRow === row && stats.rows > 1, chosen.sort);
  const picture = { lines, name, mark, gradientName: weight ? l10n.t('gradient') : formula };
  return (
    <DataTable
      title={
        !gradient
          ? l10n.t('{0}: p and target y′', which)
          : weight
            ? l10n.t('{0}: the gradient, with class weights', which)
            : l10n.t('{0}: the gradient {1}', which, formula)
      }
      tools={tools}
      table={table}
      isBusy={isBusy}
    >
      {snapshot.summary.targetsFrom === 'argmax' && <ChooseTarget snapshot={snapshot} row={shownRow} />}
      {gradient ? (
        <>
          <GradientChart {...picture} target={target} />
          <GradientWords
            line={lines.find(({ index }) => index === target)}
            best={
              isSoft || isIgnored(stats, shownRow)
                ? undefined
                : optimalProbabilities(smoothing, weight)[target]
            }
            pushed={pushedDown(measured, smoothing)}
            rows={measured.totals.counted}
          />
        </>
      ) : (
        <>
          <Dumbbell {...picture} {...{ logAxis, isSoft }} />
          {lines.length <= MOST_IN_A_LINE && lines.some(({ hard }) => hard > 0) && (
            <p class="vectors" dir="ltr">
              <TargetVector targets={lines.map((line) => line.target)} />
            </p>
          )}
          {weight && (
            <p class="says">{l10n.t('The numbers include the class weights; the chart doesn’t.')}</p>
          )}
        </>
      )}
    </DataTable>
  );
}

/** For sources without targets: says that the target is a guess, and lets one be chosen. */
function ChooseTarget({ snapshot, row }: { snapshot: PanelSnapshot; row: number }) {
  const { viewRequest } = usePage();
  const { classNames } = snapshot.summary;
  const all = snapshot.view.chosenTargets ?? [];
  const chosen = all.find(([of]) => of === row);
  const others = all.filter(([of]) => of !== row);
  const set = (target: number) =>
    viewRequest.change(snapshot, { chosenTargets: target === -1 ? others : [...others, [row, target]] });
  return (
    <label class="choose">
      {l10n.t('target of this row')}
      <select
        value={chosen?.[1] ?? -1}
        data-control="target"
        onChange={(event) => set(Number(event.currentTarget.value))}
      >
        <option value={-1}>{l10n.t('assumed: the most likely class')}</option>
        {Array.from({ length: snapshot.stats.classes }, (_, k) => (
          <option key={String(k)} value={k} dir="auto">
            {shownName(nameOfClass(k, classNames))}
          </option>
        ))}
      </select>
    </label>
  );
}
