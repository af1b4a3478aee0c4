import type { Targets } from '../../loss/targets.ts';
import { Growable } from '../growable.ts';
import { Unreadable } from '../json/cursor.ts';
import { checkCount, checkedIndex, type TargetContext } from '../json/targets.ts';
import type { Fields } from './fields.ts';

const INTEGER = /^[+-]?\d+$/;

/** Collects the targets in a column of a table: indices, or names of classes. */
export class TargetColumn {
  readonly #column: number;
  /** Each class by its name. */
  readonly #classes: ReadonlyMap<string, number>;
  /** Classes whose names are numbers are meant by these: "3" is the class of that name. */
  readonly #byName: boolean;
  readonly #targets = new Growable(
    (length) => new Float64Array(length),
    () => 1,
  );
  readonly #offsets = new Growable(
    (length) => new Float64Array(length),
    () => 1,
  );

  constructor(column: number, classNames: readonly string[] | null) {
    this.#column = column;
    this.#classes = new Map(classNames?.map((name, index) => [name, index] as const));
    this.#byName = classNames?.every((name) => INTEGER.test(name)) ?? false;
  }

  /** Takes the current line. Throws Unreadable for what is no target. */
  push(fields: Fields): void {
    const column = this.#column;
    const [row, offset] = [this.#targets.length, fields.startOf(column)];
    if (fields.isEmpty(column)) throw new Unreadable({ reason: 'target-missing', offset, row });
    const index = this.#classes.size === 0 ? undefined : this.#classes.get(fields.text(column));
    const number = index ?? fields.number(column);
    if (number === undefined || (index === undefined && this.#byName && number >= 0))
      throw new Unreadable({
        reason: 'target-name',
        offset,
        row,
        found: fields.text(column),
        named: this.#classes.size > 0,
      });
    this.#targets.push(number);
    this.#offsets.push(offset);
  }

  /** The targets, if they fit. Throws Unreadable if they don't. */
  fit(context: TargetContext): Targets {
    const [targets, offsets] = [this.#targets.toArray(), this.#offsets.toArray()];
    checkCount(targets.length, { start: 0 }, context);
    return {
      kind: 'indices',
      values: Int32Array.from(targets, (target, row) => checkedIndex(target, row, offsets[row]!, context)),
    };
  }
}
