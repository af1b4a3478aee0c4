import { growableDoubles } from '../../text/growable.ts';
import type { PrintedLine } from '../printedLines.ts';
import type { PrintedTable } from './printedTable.ts';
import type { CellSpan } from './tableLines.ts';

/** The rows of a printed table while they're found, with the places of their cells. */
export class TableRows {
  readonly #cells;
  readonly #lines;
  count = 0;

  /** `fraction`: how much of the text has been read, 0…1, greater than 0. */
  constructor(fraction: () => number) {
    this.#cells = growableDoubles(fraction);
    this.#lines = growableDoubles(fraction);
  }

  add(line: Pick<PrintedLine, 'start' | 'end'>, cells: readonly CellSpan[]): void {
    for (const { start, end } of cells) {
      this.#cells.push(start);
      this.#cells.push(end);
    }
    this.#lines.push(line.start);
    this.#lines.push(line.end);
    this.count++;
  }

  places(): Pick<PrintedTable, 'cells' | 'rows'> {
    return { cells: this.#cells.toArray(), rows: this.#lines.toArray() };
  }
}
