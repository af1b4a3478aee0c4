// The entry of dist/parquet.js, which is loaded with the first .parquet file.
import type { Floats } from '../../../loss/rows/rowLayout.ts';
import type { Work } from '../../../loss/work.ts';
import type { ByteSource } from '../../arrays/byteSource.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type OpensColumns, openGuarded, type StoredColumn, type UnguardedColumns } from '../columnFile.ts';
import { damagedFile } from '../damaged.ts';
import { ListRows, shapeOfRow } from './listRows.ts';
import { checkCodec } from './pageCodecs.ts';
import { numbersInto, shownCell, TextsOf } from './pageNumbers.ts';
import { pagesOf } from './pageReader.ts';
import { type ParquetColumn, parquetColumns } from './parquetColumns.ts';
import { type ParquetFooter, readFooter } from './parquetFooter.ts';

/** The columns of a Parquet file. */
export const openParquet: OpensColumns = (source) => openGuarded(source, parquetFile);

function* parquetFile(source: ByteSource): Work<UnguardedColumns> {
  const footer = readFooter(source);
  const columns = parquetColumns(footer.schema);
  for (const { chunks } of footer.groups) if (chunks.length !== columns.length) throw damagedFile();
  const stored: StoredColumn[] = [];
  for (const [i, column] of columns.entries()) {
    yield i / columns.length;
    stored.push(yield* storedColumn(source, footer, column));
  }
  return new ParquetFile(source, footer, columns, stored);
}

function* storedColumn(
  source: ByteSource,
  { groups, rows }: ParquetFooter,
  column: ParquetColumn,
): Work<StoredColumn> {
  const { keys, type, typeName, index, lists } = column;
  const bytes = groups.reduce((sum, { chunks }) => sum + chunks[index]!.end - chunks[index]!.offset, 0);
  const facts = { keys, type, typeName, bytes, shape: [rows] };
  try {
    for (const { chunks } of groups) checkCodec(chunks[index]!.codec);
    if (lists === 0 || type === undefined) return facts;
    if (type === 'text') return { ...facts, type: undefined, typeName: 'list of texts' };
    return { ...facts, shape: [rows, ...(yield* shapeOfRow(source, groups, column))] };
  } catch (error) {
    if (error instanceof Unreadable) return { ...facts, problem: error.problem };
    throw error;
  }
}

/** More texts than this aren't held: each takes far more memory than a number. */
const MOST_TEXTS = 1 << 23;

class ParquetFile implements UnguardedColumns {
  readonly rows: number;
  readonly columns: readonly StoredColumn[];
  readonly #source: ByteSource;
  readonly #footer: ParquetFooter;
  readonly #own: readonly ParquetColumn[];

  constructor(
    source: ByteSource,
    footer: ParquetFooter,
    own: readonly ParquetColumn[],
    columns: readonly StoredColumn[],
  ) {
    this.rows = footer.rows;
    this.columns = columns;
    this.#source = source;
    this.#footer = footer;
    this.#own = own;
  }

  *sample(index: number, rows: number): Work<readonly string[]> {
    const column = this.#own[index]!;
    const cells: string[] = [];
    for (const { chunks } of this.#footer.groups) {
      if (cells.length >= rows) break;
      yield* pagesOf(
        this.#source,
        chunks[index]!,
        column,
        (page) => {
          for (let i = 0, there = 0; i < page.count && cells.length < rows; i++) {
            const isThere = !page.definition || page.definition[i] === column.mostDefined;
            cells.push(isThere ? shownCell(page.values, there++, column.type!) : '');
          }
          return cells.length >= rows;
        },
        rows,
      );
    }
    return cells;
  }

  *fill(indices: readonly number[], into: Floats): Work<void> {
    const stride = indices.length;
    let row = 0;
    for (const { rows, chunks } of this.#footer.groups) {
      for (const [place, index] of indices.entries()) {
        const column = this.#own[index]!;
        const { shape, keys } = this.columns[index]!;
        const inner = shape.slice(1);
        const list = new ListRows(inner, column, row, keys.join('.'));
        const first = row * list.size * stride + place;
        yield* pagesOf(this.#source, chunks[index]!, column, (page) => {
          const done = list.seen;
          list.take(page);
          numbersInto(page.values, column.type!, into, first + done * stride, stride);
          return undefined;
        });
        if (list.seen !== rows * list.size) throw damagedFile(chunks[index]!.offset);
      }
      row += rows;
    }
  }

  *texts(index: number): Work<readonly string[]> {
    const column = this.#own[index]!;
    if (this.rows > MOST_TEXTS)
      throw new Unreadable({ reason: 'too-large', offset: 0, bytes: 8 * this.rows });
    const texts: string[] = [];
    for (const { chunks, rows } of this.#footer.groups) {
      const before = texts.length;
      yield* pagesOf(this.#source, chunks[index]!, column, (page) => {
        const read = new TextsOf(page.values);
        for (let i = 0, there = 0; i < page.count; i++) {
          const isThere = !page.definition || page.definition[i] === column.mostDefined;
          texts.push(isThere ? read.at(there++) : '');
        }
        return undefined;
      });
      if (texts.length - before !== rows) throw damagedFile(chunks[index]!.offset);
    }
    return texts;
  }
}
