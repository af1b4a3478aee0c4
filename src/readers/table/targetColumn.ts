import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { checkCount, checkedIndex, type TargetContext } from '../json/fitTargets.ts';
import { excerptOf } from '../readProblem.ts';
import { type AssumedPadding, assumedPadding } from '../roles/padding.ts';
import { Unreadable } from '../text/cursor.ts';
import { growableDoubles } from '../text/growable.ts';
import { truthIndex } from '../text/truthValues.ts';
import type { Fields } from './tableFields.ts';

const INTEGER = /^[+-]?\d+$/;

/** Collects the targets in a column of a table: indices, or names of classes. */
export class TargetColumn {
  readonly #column: number;
  /** Each class by its name. */
  readonly #classes: ReadonlyMap<string, number>;
  /** Classes whose names are numbers are meant by these: "3" is the class of that name. */
  readonly #byName: boolean;
  readonly #context: { readonly classNames: readonly string[] | null; readonly classes: number };
  readonly #targets = growableDoubles(() => 1);
  readonly #lines = growableDoubles(() => 1);

  constructor(column: number, classNames: readonly string[] | null, classes: number) {
    this.#column = column;
    this.#context = { classNames, classes };
    this.#classes = new Map(classNames?.map((name, index) => [name, index] as const));
    this.#byName = classNames?.every((name) => INTEGER.test(name)) ?? false;
  }

  /** Takes the current line. Throws Unreadable for what is no target. */
  push(fields: Fields): void {
    const column = this.#column;
    const row = this.#targets.length;
    const number = this.#byName ? undefined : fields.exactNumber(column);
    const target =
      number ?? this.#classes.get(fields.text(column)) ?? this.#truth(fields) ?? this.#ignored(fields);
    if (target === undefined) {
      const offset = fields.startOf(column);
      if (fields.isEmpty(column)) throw new Unreadable({ reason: 'target-missing', offset, row });
      const [found, named] = [excerptOf(fields.text(column)), this.#classes.size > 0];
      throw new Unreadable({ reason: 'target-name', offset, row, found, named });
    }
    this.#targets.push(target);
    this.#lines.push(fields.start);
  }

  #truth(fields: Fields): number | undefined {
    return truthIndex(fields.text(this.#column), this.#context);
  }

  /** Where classes have numbers for names, a number below 0 still is that of an ignored row. */
  #ignored(fields: Fields): number | undefined {
    const number = fields.exactNumber(this.#column);
    return number !== undefined && number < 0 ? number : undefined;
  }

  /** What of it is padding, though nothing says so. */
  padding(classes: number): Work<AssumedPadding | undefined> {
    return assumedPadding(this.#targets.toArray(), classes, null);
  }

  /** The targets, if they fit. Throws Unreadable if they don't. */
  fit(context: TargetContext): Targets {
    const [targets, lines] = [this.#targets.toArray(), this.#lines.toArray()];
    checkCount(targets.length, { start: 0 }, context);
    return {
      kind: 'indices',
      values: Int32Array.from(targets, (target, row) => checkedIndex(target, row, lines[row]!, context)),
    };
  }
}
