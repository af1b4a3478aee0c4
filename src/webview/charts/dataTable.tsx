import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { exact } from '../../words/numberFormat.ts';
import { shownName } from '../widgets/classNames.ts';
import { ChartMenu } from './chartMenu.tsx';
import type { Cell, ChartTable } from './chartTable.ts';

interface Props {
  readonly title: string;
  /** Further controls in the title's line. */
  readonly tools?: ComponentChildren;
  /** The same numbers as the picture shows: a head and rows. */
  readonly table: () => ChartTable;
  /** What is drawn is on its way: until then it's another row, as the title says, or nothing. */
  readonly isBusy?: boolean;
  readonly children: ComponentChildren;
}

/** A picture with a table of the same numbers, one at a time. */
export function DataTable({ title, tools, table, isBusy = false, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  const chart = useRef<HTMLElement>(null);
  return (
    <section ref={chart} class="chart" aria-label={title} aria-busy={isBusy}>
      <div class="title">
        <h2>{title}</h2>
        <span class="tools">
          {tools}
          <button type="button" class="link" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? l10n.t('Chart') : l10n.t('Table')}
          </button>
          <ChartMenu title={title} chart={chart} drawn={!asTable} table={table} />
        </span>
      </div>
      {asTable ? <Numbers title={title} {...table()} /> : children}
    </section>
  );
}

function Numbers({ title, head, rows }: ReturnType<Props['table']> & Pick<Props, 'title'>) {
  return (
    // What scrolls has to be reached by keys.
    <div class="numbers" role="group" tabIndex={0} aria-label={l10n.t('Table: {0}', title)}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // Names may be the same.
            <tr key={String(row)}>
              {cells.map((cell, i) => (
                <td key={head[i]}>
                  <bdi>{textOf(cell)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function textOf(cell: Cell): string {
  if (typeof cell === 'number') return exact(cell);
  return typeof cell === 'string' ? shownName(cell) : cell.shown;
}
