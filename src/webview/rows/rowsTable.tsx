import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isIgnored } from '../../loss/batch/accuracy.ts';
import { lossOfRow } from '../../loss/batch/lossTerms.ts';
import type { RowFloors } from '../../loss/batch/rowFloors.ts';
import type { SortColumn } from '../../protocol/panelKept.ts';
import type { PanelSnapshot } from '../../protocol/panelSnapshot.ts';
import { count, minus, nats, PENDING_TEXT, probability } from '../../words/numberFormat.ts';
import { usePage } from '../state/page.ts';
import type { Chosen } from '../state/panelChoices.ts';
import type { Measured } from '../summary/measuredRows.ts';
import { nameOfClass, shownName } from '../widgets/classNames.ts';
import { rowsText } from '../widgets/rowsText.ts';
import { ColumnHead } from './columnHead.tsx';
import { ROW_HEIGHT, scrolledHeight, scrollTo, windowAt } from './virtualRows.ts';

interface Props {
  readonly snapshot: PanelSnapshot;
  readonly measured: Measured;
  readonly floors: RowFloors;
  readonly order: Uint32Array;
  readonly sort: Chosen['sort'];
  readonly row: number;
  readonly choose: (part: Partial<Chosen>) => void;
}

/** All rows, sortable; only those in view are drawn. */
export function RowsTable({ snapshot, measured, floors, order, sort, row, choose }: Props) {
  const { host } = usePage();
  const body = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [viewHeight, setViewHeight] = useState(20 * ROW_HEIGHT);
  useEffect(() => {
    const element = body.current!;
    // The head stays in view; where names of columns are long it has two lines.
    const head = element.querySelector('thead')!;
    const observer = new ResizeObserver(() => setViewHeight(element.clientHeight - head.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = order.length;
  const select = (place: number) => {
    const next = order[Math.max(0, Math.min(rows - 1, place))]!;
    choose({ row: next });
    body.current!.scrollTop = scrollTo(order.indexOf(next), body.current!.scrollTop, viewHeight, rows);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]?.(Math.floor(viewHeight / ROW_HEIGHT), rows);
    if (event.key === 'Enter') host.revealRow(row);
    else if (step !== undefined) select(order.indexOf(row) + step);
    else return;
    event.preventDefault();
  };
  const { first, end, offset } = windowAt(scrollTop, viewHeight, rows);
  const withFloor = floorsDiffer(measured);
  return (
    <section class="rows" aria-label={l10n.t('Rows')}>
      <div class="title">
        <h2>
          {measured.sums
            ? l10n.t('a sample: {0} of {1} rows', count(rows), count(measured.sums.rows))
            : rowsText(rows)}
        </h2>
        <JumpTo rows={rows} onJump={(to) => select(order.indexOf(to))} />
      </div>
      <div
        ref={body}
        class="scroller"
        tabIndex={0}
        role="group"
        aria-label={l10n.t('Rows: arrow keys select a row, Enter shows it in the editor')}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <table
          class={withFloor ? 'with-floor' : undefined}
          aria-rowcount={rows + 1}
          aria-busy={floors.sum === undefined}
          style={{ '--row-digits': String(rows - 1).length }}
        >
          <thead>
            <tr aria-rowindex={1}>
              {columns(withFloor).map(([column, name, title]) => (
                <ColumnHead
                  key={column}
                  {...{ column, name, title, sort }}
                  firstDescending={!['row', 'target', 'prediction', 'pTarget'].includes(column)}
                  onSort={(next) => choose({ sort: next })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            <Space key="above" height={offset} />
            {Array.from(order.subarray(first, end), (each, i) => (
              <Line
                key={each}
                {...{
                  snapshot,
                  measured,
                  floors,
                  row: each,
                  selected: each === row,
                  withFloor,
                  place: first + i,
                }}
                sorted={sort.column}
                onSelect={() => choose({ row: each })}
              />
            ))}
            <Space key="below" height={scrolledHeight(rows) - offset - (end - first) * ROW_HEIGHT} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Stands for the rows out of view. */
function Space({ height }: { height: number }) {
  return <tr class="space" style={{ height: `${Math.max(0, height)}px` }} />;
}

const STEPS: Readonly<Record<string, (page: number, rows: number) => number>> = {
  ArrowDown: () => 1,
  ArrowUp: () => -1,
  PageDown: (page) => page,
  PageUp: (page) => -page,
  Home: (_, rows) => -rows,
  End: (_, rows) => rows,
};

/** With class weights or soft targets a row's floor isn't that of all rows. */
function floorsDiffer({ weight, stats }: Measured): boolean {
  return weight !== null || stats.targets === 'soft';
}

function columns(withFloor: boolean): ReadonlyArray<readonly [SortColumn, string, string]> {
  return [
    ['row', l10n.t('row'), l10n.t('Row index, from 0')],
    ['target', l10n.t('target'), l10n.t('The true class')],
    ['prediction', l10n.t('prediction'), l10n.t('The class with the largest logit')],
    ['pTarget', l10n.t('p(true class)'), l10n.t('The probability of the target')],
    ['loss', l10n.t('loss'), l10n.t('Loss with smoothing, in nats')],
    ['nll', l10n.t('NLL'), l10n.t('Loss without smoothing, in nats')],
    ...(withFloor
      ? [['floor', l10n.t('floor'), l10n.t('The lowest loss this row can have, in nats')] as const]
      : []),
    ['excess', l10n.t('excess'), l10n.t('Loss of the row minus its floor, in nats')],
  ];
}

type LineProps = Pick<Props, 'snapshot' | 'measured' | 'floors' | 'row'> & {
  readonly selected: boolean;
  readonly withFloor: boolean;
  readonly place: number;
  readonly sorted: SortColumn;
  readonly onSelect: () => void;
};

function Line({ snapshot, measured, floors, row, selected, withFloor, place, sorted, onSelect }: LineProps) {
  const { host } = usePage();
  const { stats } = measured;
  const { classNames, labelling } = snapshot.summary;
  // Where several classes can be right, none is the target.
  const isOneClass = labelling !== 'multi-label';
  const name = (index: number) => <bdi>{shownName(nameOfClass(index, classNames))}</bdi>;
  const ignored = isIgnored(stats, row);
  const [target, prediction] = [stats.target[row]!, stats.prediction[row]!];
  const wrong = isOneClass && !ignored && target !== prediction;
  const loss = lossOfRow(stats, row, floors.terms);
  const floor = floors.of(row);
  const isKnown = floors.sum !== undefined;
  const kind = (column: SortColumn, more = '') => (column === sorted ? `sorted ${more}` : more);
  return (
    <tr
      class={`${selected ? 'selected' : ''}${ignored ? ' ignored' : ''}`}
      aria-rowindex={place + 2}
      aria-selected={selected}
      data-row={row}
      title={l10n.t('Double-click to show the row in the editor')}
      onClick={onSelect}
      onDblClick={() => host.revealRow(row)}
    >
      <td class={kind('row')}>{row}</td>
      <td class={kind('target')} title={ignored ? minus(String(target)) : undefined}>
        {ignored ? l10n.t('ignored') : isOneClass ? name(target) : '–'}
      </td>
      <td class={kind('prediction', wrong ? 'mistaken' : '')}>
        {wrong && <span title={l10n.t('wrong')}>✗ </span>}
        {name(prediction)}
      </td>
      <td class={kind('pTarget')}>{ignored || !isOneClass ? '–' : probability(stats.pTarget[row]!)}</td>
      <td class={kind('loss')}>{nats(loss)}</td>
      <td class={kind('nll')}>{nats(stats.hard[row]!)}</td>
      {withFloor && <td class={kind('floor')}>{isKnown ? nats(floor) : PENDING_TEXT}</td>}
      <td
        class={kind('excess')}
        title={isKnown ? l10n.t('Floor of this row: {0} nats', nats(floor)) : undefined}
      >
        {isKnown ? nats(loss - floor) : PENDING_TEXT}
      </td>
    </tr>
  );
}

function JumpTo({ rows, onJump }: { rows: number; onJump: (row: number) => void }) {
  return (
    <label class="tools">
      {l10n.t('go to row')}
      <input
        type="number"
        class="number"
        min={0}
        max={rows - 1}
        onChange={(event) => {
          const row = event.currentTarget.valueAsNumber;
          if (Number.isInteger(row) && row >= 0 && row < rows) onJump(row);
        }}
      />
    </label>
  );
}
