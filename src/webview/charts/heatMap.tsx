import * as l10n from '@vscode/l10n';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import { mostOf } from '../../loss/mostOf.ts';
import type { ClassOptima } from '../../loss/theory/classOptima.ts';
import { optimumAt } from '../../loss/theory/classOptima.ts';
import { exact, probability } from '../../words/numberFormat.ts';
import { useWidth } from '../state/hooks.ts';
import { classInText, isolated, shownName } from '../widgets/classNames.ts';
import { useResized } from './chartFrame.tsx';
import { DataTable } from './dataTable.tsx';
import { Legend } from './legend.tsx';
import { fitted, textWidth } from './textWidth.ts';

interface Props {
  readonly title: string;
  readonly table: Parameters<typeof DataTable>[0]['table'];
  readonly smoothing: Smoothing;
  readonly optima: ClassOptima;
  /** The classes that have a row and a column. */
  readonly shown: readonly number[];
  readonly name: (k: number) => string;
}

const TOP = 40;
const MOST_WIDTH = 72;
/** A cell this wide has room for its figure. */
const ROOM = 38;
/** Of a cell with a figure, and without. */
const MOST_HEIGHT = 36;
const BARE_HEIGHT = 22;
/** Between a name and the cells, and between two names. */
const GAP = 10;
/** Between the heads of two columns. */
const HEAD_GAP = 4;
/** Names have no more than this, and no more than this share of the width. */
const MOST_NAME = 130;
const NAME_SHARE = 0.36;

/** For each true class a row: how large each class is in what's best to predict. Arrow keys go from cell to cell. */
export function HeatMap({ title, table, ...props }: Props) {
  const [ref, width] = useWidth();
  const { smoothing, optima, shown, name } = props;
  const [reached, setReached] = useState<readonly [row: number, column: number] | null>(null);
  // Until a cell is pointed at nothing is said of any: keys begin at the first.
  const [row, column] = (reached ?? [0, 0]).map((i) => Math.min(i, shown.length - 1)) as [number, number];
  const cells = useMemo(
    () => shown.map((y) => shown.map((c) => optimumAt(smoothing, optima, y, c))),
    [optima, shown.join()],
  );
  return (
    <DataTable title={title} table={table}>
      <div ref={ref} class="canvas">
        {width > 0 && (
          <Cells {...props} cells={cells} width={width} current={[row, column]} onMove={setReached} />
        )}
      </div>
      <Legend
        entries={[
          { sign: '▢', mark: 'target', text: l10n.t('true class') },
          ...(shown.some((k) => optima.favoured[k] !== k)
            ? [
                {
                  sign: '▢',
                  mark: 'prediction',
                  text: l10n.t('optimal prediction, where it’s another class'),
                },
              ]
            : []),
        ]}
      />
      <p
        class="says"
        aria-live="polite"
        data-figure="cell"
        data-hint={reached ? undefined : ''}
        data-exact={reached ? cells[row]![column] : undefined}
        title={reached ? exact(cells[row]![column]!) : undefined}
      >
        {reached
          ? cellWords(name(shown[row]!), row === column ? null : name(shown[column]!), cells[row]![column]!)
          : l10n.t('Point at a cell to read it.')}
      </p>
    </DataTable>
  );
}

/** What is best to predict where a class is true: for itself, or for another class. */
function cellWords(trueClass: string, other: string | null, p: number): string {
  return other === null
    ? l10n.t('When class {0} is true, its own optimal p is {1}.', classInText(trueClass), probability(p))
    : l10n.t(
        'When class {0} is true, the optimal p of class {1} is {2}.',
        classInText(trueClass),
        classInText(other),
        probability(p),
      );
}

type CellsProps = Omit<Props, 'title' | 'table'> & {
  readonly cells: readonly (readonly number[])[];
  readonly width: number;
  readonly current: readonly [row: number, column: number];
  readonly onMove: (current: readonly [row: number, column: number]) => void;
};

function Cells({ cells, shown, optima, name, width, current, onMove }: CellsProps) {
  const grid = useRef<SVGSVGElement>(null);
  const resized = useResized(width);
  const labels = shown.map((k) => fitted(shownName(name(k)), Math.min(MOST_NAME, NAME_SHARE * width)));
  const left =
    GAP +
    Math.max(
      20,
      mostOf(labels, (text) => textWidth(text)),
    );
  const cell = Math.max(6, Math.min(MOST_WIDTH, (width - left - 4) / shown.length));
  const height = Math.max(12, Math.min(cell >= ROOM ? MOST_HEIGHT : BARE_HEIGHT, cell));
  const heads = headsOf(labels, shown, cell);
  const columns = l10n.t('optimal prediction →');
  const rows = l10n.t('true class ↓');
  // Beside the columns' names, or, where those begin too early, above them.
  const isBeside = textWidth(rows) <= left - GAP;
  const columnsStart = isBeside ? left : Math.max(left, textWidth(rows) + 2 * GAP);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    const clamp = (i: number) => Math.max(0, Math.min(shown.length - 1, i));
    const next = [clamp(current[0] + step[0]), clamp(current[1] + step[1])] as const;
    onMove(next);
    grid.current!.querySelector<SVGGElement>(`[data-cell="${next.join()}"]`)?.focus();
    event.preventDefault();
  };
  return (
    <svg
      ref={grid}
      class={resized ? 'heat still' : 'heat'}
      width={width}
      height={TOP + height * shown.length + 4}
      role="grid"
      aria-label={l10n.t('Rows: true class. Columns: optimal prediction')}
      onKeyDown={onKeyDown}
    >
      <text class="quiet" x={Math.max(0, Math.min(columnsStart, width - textWidth(columns)))} y={12}>
        {columns}
      </text>
      <text
        class="quiet"
        x={isBeside ? left - GAP : 0}
        y={isBeside ? TOP - 8 : 12}
        text-anchor={isBeside ? 'end' : 'start'}
      >
        {rows}
      </text>
      <g role="row">
        {shown.map((k, j) => (
          <text
            key={k}
            role="columnheader"
            class="quiet"
            x={left + cell * (j + 0.5)}
            y={TOP - 8}
            text-anchor="middle"
          >
            {heads[j]}
          </text>
        ))}
      </g>
      {shown.map((y, i) => (
        <g key={y} role="row">
          <text role="rowheader" x={left - GAP} y={TOP + height * (i + 0.5) + 4} text-anchor="end">
            {labels[i]}
          </text>
          {shown.map((c, j) => (
            <Cell
              key={c}
              p={cells[i]![j]!}
              {...{ width: cell, height, x: left + cell * j, y: TOP + height * i }}
              mark={c === y ? 'own' : hasTakenPlace(optima, y, cells[i]![j]!) ? 'moved' : ''}
              label={l10n.t(
                'true class {0}, class {1}: {2}',
                isolated(name(y)),
                isolated(name(c)),
                probability(cells[i]![j]!),
              )}
              place={`${i},${j}`}
              isCurrent={current[0] === i && current[1] === j}
              onReach={() => onMove([i, j])}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

interface CellProps {
  readonly p: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Its own class, or the class that has taken its place. */
  readonly mark: 'own' | 'moved' | '';
  readonly label: string;
  readonly place: string;
  readonly isCurrent: boolean;
  readonly onReach: () => void;
}

function Cell({ p, x, y, width, height, mark, label, place, isCurrent, onReach }: CellProps) {
  const figure = probability(p);
  return (
    <g
      role="gridcell"
      class={`cell ${mark}`}
      transform={`translate(${x},${y})`}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={label}
      data-cell={place}
      onFocus={onReach}
      onMouseEnter={onReach}
    >
      <rect class="heat" x={1} y={1} width={width - 2} height={height - 2} fill-opacity={shade(p)} />
      {textWidth(figure) + HEAD_GAP <= width && (
        <text x={width / 2} y={height / 2 + 4} text-anchor="middle">
          {figure}
        </text>
      )}
    </g>
  );
}

/** Whether a class other than the true one is predicted best; several may be, all as well. */
function hasTakenPlace({ favoured, most }: ClassOptima, y: number, p: number): boolean {
  return favoured[y] !== y && p === most[y];
}

/** Columns' names, or their numbers, if there's no room for every name, or nothing. */
function headsOf(names: readonly string[], shown: readonly number[], width: number): readonly string[] {
  const haveRoom = (texts: readonly string[]) => texts.every((text) => textWidth(text) + HEAD_GAP <= width);
  return [names, shown.map(String)].find(haveRoom) ?? [];
}

/** Small ones have to be seen, too. */
function shade(p: number): number {
  return Number.isNaN(p) ? 0 : 0.04 + 0.5 * Math.sqrt(p);
}

const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};
