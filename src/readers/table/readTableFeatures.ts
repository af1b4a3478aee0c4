import type { Work } from '../../loss/work.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { meaningOf } from '../roles/arrayNames.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { growableDoubles } from '../text/growable.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { columnName, openTable, readNumbers } from './openTable.ts';
import type { Columns } from './tableColumns.ts';

/** A table as features of examples, and their classes. */
export interface TableFeatures {
  /** (rows, columns) */
  readonly values: Float32Array;
  /** What the columns are called. */
  readonly columns: readonly string[];
  /** (rows) classes as they are written, or of names their numbers; null if no column is called like labels. */
  readonly labels: {
    readonly name: string;
    readonly values: Float64Array;
    readonly classNames: readonly string[] | null;
  } | null;
  /** Columns that are neither: names of rows, predictions, scores, texts. */
  readonly leftOut: readonly string[];
}

/**
 * Reads a table as features: the column that is called most like labels has the classes, and of the others those with numbers are features,
 * unless their names say that they were predicted, or only number the rows.
 */
export function* readTableFeatures(
  bytes: Uint8Array,
  scanner?: NumberScanner,
): Work<Outcome<TableFeatures, ReadProblem>> {
  return yield* checkReadable(function* () {
    const { fields, columns } = yield* openTable(bytes, null, scanner);
    const { label, features, leftOut } = rolesOf(columns);
    const fraction = () => fields.end / bytes.length;
    const values = growableDoubles(fraction);
    const classes = growableDoubles(fraction);
    const names: string[] = [];
    yield* readNumbers(fields, columns, features, values, () => {
      if (label === undefined) return;
      const number = fields.exactNumber(label);
      names.push(fields.text(label));
      classes.push(number ?? Number.NaN);
    });
    const found = classes.toArray();
    return {
      values: Float32Array.from(values.toArray()),
      columns: features.map((column) => columnName(columns, column)),
      labels: label === undefined ? null : { name: columnName(columns, label), ...asClasses(found, names) },
      leftOut,
    };
  });
}

/** Numbers as they are; names in their alphabetical order. */
function asClasses(values: Float64Array, names: readonly string[]) {
  if (values.every((value) => !Number.isNaN(value))) return { values, classNames: null };
  const classNames = [...new Set(names)].sort();
  const numbers = new Map(classNames.map((name, index) => [name, index]));
  return { values: Float64Array.from(names, (name) => numbers.get(name)!), classNames };
}

function rolesOf(columns: Columns) {
  const textColumns = new Set(
    columns.parts.filter(({ array }) => array.content.kind === 'texts').flatMap((part) => part.columns),
  );
  const all = Array.from({ length: columns.count }, (_, column) => column);
  const meanings = all.map((column) => meaningOf(columns.header?.[column] ?? ''));
  const strength = (column: number) => (meanings[column]!.prediction ? 0 : meanings[column]!.target);
  const [best] = all.toSorted((a, b) => strength(b) - strength(a));
  const label = best !== undefined && strength(best) > 0 ? best : undefined;
  const isFeature = (column: number) => {
    const { prediction, id, derived, scores } = meanings[column]!;
    return !textColumns.has(column) && !prediction && !id && !derived && scores < 3;
  };
  const others = all.filter((column) => column !== label);
  return {
    label,
    features: others.filter(isFeature),
    leftOut: others.filter((column) => !isFeature(column)).map((column) => columnName(columns, column)),
  };
}
