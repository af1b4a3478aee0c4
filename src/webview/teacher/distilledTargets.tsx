import * as l10n from '@vscode/l10n';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { smoothed } from '../../loss/conventions/smoothing.ts';
import { distilled } from '../../loss/rows/softTargets.ts';
import { entropy } from '../../loss/theory/floors.ts';
import type { RowDetail } from '../../protocol/engineChannel.ts';
import type { PanelSnapshot, TeacherSnapshot } from '../../protocol/panelSnapshot.ts';
import type { PanelSpec } from '../../protocol/panelSpec.ts';
import { exact, fixedNats, nats, plain } from '../../words/numberFormat.ts';
import { fewLines, nameOfLine } from '../charts/classLines.ts';
import { ClassRows, linearTicks } from '../charts/classRows.tsx';
import { DataTable } from '../charts/dataTable.tsx';
import { probabilityScale } from '../charts/dumbbell.tsx';
import { Legend } from '../charts/legend.tsx';
import { rowWords } from '../rows/rowWords.ts';
import { useTaughtRow } from '../state/engineAnswers.ts';
import type { Chosen } from '../state/panelChoices.ts';
import { isolated } from '../widgets/classNames.ts';

/** Of a teacher's probabilities. */
const DECIMALS = 4;

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly teacher: TeacherSnapshot;
  readonly smoothing: Smoothing;
  readonly spec: PanelSpec;
  readonly row: number;
  /** It's the first of the table of rows. */
  readonly isFirst: boolean;
  readonly sort: Chosen['sort'];
  readonly temperature: number;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** One row's two kinds of soft targets for each class: the teacher's, and the smoothed one. */
export function DistilledTargets(props: Props) {
  const { snapshot, teacher, smoothing, spec, row, isFirst, sort, temperature, choose } = props;
  const { shown: detail, isBusy } = useTaughtRow(snapshot, teacher, row);
  if (!detail) return null;
  const soft = distilled(detail.teacher, temperature);
  const targets = smoothed(detail.target, smoothing);
  const lines = linesOf(detail, targets, soft);
  const name = (line: (typeof lines)[number]) => nameOfLine(line, snapshot.summary.classNames);
  const which = rowWords(detail.row, isFirst && detail.row === row && snapshot.stats.rows > 1, sort);
  const table = () => ({
    head: [l10n.t('class'), l10n.t('hard target'), l10n.t('smoothed target'), l10n.t('teacher')],
    rows: lines.map((line) => [name(line), line.hard, line.smoothed, line.teacher]),
  });
  return (
    <DataTable
      title={l10n.t('{0}: the teacher’s targets and the smoothed targets', which)}
      tools={<ChooseRow row={row} rows={snapshot.stats.rows} choose={choose} />}
      table={table}
      isBusy={isBusy}
    >
      <ClassRows
        rows={lines.map((line) => ({
          index: line.index,
          name: name(line),
          mark: line.hard === 1 ? ' ✓' : '',
          tooltip: [
            isolated(name(line)),
            l10n.t('smoothed target {0}', exact(line.smoothed)),
            l10n.t('teacher {0}', exact(line.teacher)),
          ].join('\n'),
          // As many decimals for all, so that a reader's sum of them is 1, but for what rounding leaves.
          figure: fixedNats(line.teacher, DECIMALS),
        }))}
        label={l10n.t('Targets by class: teacher and smoothing')}
        head={l10n.t('teacher')}
        scale={(range) => probabilityScale(range, undefined)}
        ticks={linearTicks}
        marks={(i, x) => {
          const { hard, smoothed: target, teacher: wanted } = lines[i]!;
          return (
            <>
              <path class="between" d={`M${x(target)},0H${x(wanted)}`} />
              <line class="hard" x1={x(hard)} x2={x(hard)} y1={-9} y2={9} />
              <circle class="target" cx={x(target)} r={4.5} />
              <path class="teacher" d={`M${x(wanted)},-6l6,6l-6,6l-6,-6z`} />
            </>
          );
        }}
      />
      <Legend
        entries={[
          { sign: '❘', mark: 'hard', text: l10n.t('hard target') },
          { sign: '●', mark: 'target', text: l10n.t('smoothed target, α = {0}', plain(spec.labelSmoothing)) },
          { sign: '◇', mark: 'teacher', text: l10n.t('teacher at T = {0}', plain(temperature)) },
        ]}
      />
      <p class="says">
        {l10n.t(
          'Entropy of this row’s targets: teacher {0}, smoothing {1} nats.',
          nats(entropy(soft)),
          nats(entropy(targets)),
        )}
      </p>
    </DataTable>
  );
}

function linesOf({ target }: RowDetail, targets: Float64Array, soft: Float64Array) {
  return fewLines(
    Array.from(target, (hard, index) => ({
      index,
      count: 1,
      hard,
      smoothed: targets[index]!,
      teacher: soft[index]!,
    })),
    (a, b) => b.hard - a.hard || b.teacher - a.teacher,
  );
}

function ChooseRow({ row, rows, choose }: Pick<Props, 'row' | 'choose'> & { readonly rows: number }) {
  return (
    <label class="check">
      {l10n.t('row')}
      <input
        type="number"
        class="number"
        min={0}
        max={rows - 1}
        value={row}
        onChange={(event) => {
          const next = event.currentTarget.valueAsNumber;
          if (Number.isInteger(next) && next >= 0 && next < rows) choose({ row: next });
        }}
      />
    </label>
  );
}
