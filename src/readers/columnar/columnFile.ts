import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import type { NumberName } from '../arrays/numberType.ts';
import { type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Guarded } from './damaged.ts';

/** A column of a file that is stored column by column. */
export interface StoredColumn {
  /** The keys it's below, and its name. */
  readonly keys: readonly string[];
  /** (rows), or of lists (rows, …). */
  readonly shape: readonly number[];
  /** What its numbers are; 'text' for texts; undefined for what is neither, and isn't read. */
  readonly type: NumberName | 'text' | undefined;
  readonly typeName: string;
  /** How many bytes of the file it takes. */
  readonly bytes: number;
  /** Why it can't be read, if that's known already. */
  readonly problem?: ReadProblem | undefined;
}

/** A file of columns, as its reader has it: what reading meets is thrown as Unreadable, or is an error of a library. */
export interface UnguardedColumns {
  readonly rows: number;
  readonly columns: readonly StoredColumn[];
  /** The first cells of a column of numbers or texts, as text; "" for what is missing. */
  sample(column: number, rows: number): Work<readonly string[]>;
  /** Puts the numbers of columns side by side, row by row. */
  fill(columns: readonly number[], into: Floats): Work<void>;
  texts(column: number): Work<readonly string[]>;
}

/** A file of columns. */
export interface ColumnFile {
  readonly rows: number;
  readonly columns: readonly StoredColumn[];
  /** The first cells of a column of numbers or texts, as text; "" for what is missing. */
  sample(column: number, rows: number): Work<Outcome<readonly string[], ReadProblem>>;
  /** Puts the numbers of columns side by side, row by row, into the room that is given. */
  fill<T extends Floats>(columns: readonly number[], room: () => T): Work<Outcome<T, ReadProblem>>;
  texts(column: number): Work<Outcome<readonly string[], ReadProblem>>;
}

/** Opens a file of columns. Of their numbers none is read. */
export type OpensColumns = (source: ByteSource) => Work<Outcome<ColumnFile, ReadProblem>>;

/** Opens a file of columns with a library: whatever that throws means that the file is damaged. */
export function* openGuarded(
  source: ByteSource,
  open: (source: ByteSource) => Work<UnguardedColumns>,
): Work<Outcome<ColumnFile, ReadProblem>> {
  const guarded = new Guarded(source);
  const opened = yield* guarded.run(() => open(guarded.source));
  if (!opened.ok) return opened;
  const { rows, columns } = opened.value;
  const file = opened.value;
  return success({
    rows,
    columns,
    sample: (column, count) => guarded.run(() => file.sample(column, count)),
    texts: (column) => guarded.run(() => file.texts(column)),
    fill: (indices, room) =>
      guarded.run(function* () {
        const into = guarded.own(room);
        yield* file.fill(indices, into);
        return into;
      }),
  });
}
