import { meaningOf } from '../arrayNames.ts';
import { bareName, endWithout, SEPARATORS } from './columnNames.ts';
import type { ColumnGroup, GridColumn } from './gridColumns.ts';

/** With more classes, or more other columns, none is looked for. */
const MOST_TRIED = 128;

const FLAG = /^is$/i;

/**
 * Columns with a target of 0…1 for each of these classes: "label_cat", "label_dog", or "cat", "dog" beside "prob_cat", "prob_dog".
 * Without a word they have no name. Undefined if one is missing.
 */
export function targetGroup(
  { classes }: ColumnGroup,
  single: readonly GridColumn[],
): ColumnGroup | undefined {
  if (classes.length > MOST_TRIED || single.length > MOST_TRIED) return undefined;
  const byWord = new Map<string, GridColumn[]>();
  for (const column of single) {
    if (!column.isNumbers || column.flaw || !column.values.every((value) => value >= 0 && value <= 1))
      continue;
    for (const [k, name] of classes.entries()) {
      const word = wordBeside(column.name, name);
      if (word === undefined) continue;
      // "is_cat" of 0 and 1 says it, too.
      const isFlag = FLAG.test(word) && column.digits.whole;
      if (word !== '' && !isFlag && meaningOf(word).target === 0) continue;
      const own = byWord.get(word) ?? [];
      own[k] ??= column;
      byWord.set(word, own);
    }
  }
  for (const [word, columns] of byWord) {
    const isWhole = classes.every((_, k) => columns[k] !== undefined);
    if (isWhole) return { name: FLAG.test(word) ? null : word || null, columns, classes };
  }
  return undefined;
}

/** What a name has before or after that of a class, without what is between them: "label" of "label_cat" and of "cat_label". */
function wordBeside(name: string, className: string): string | undefined {
  if (name.endsWith(className)) {
    const before = name.slice(0, name.length - className.length);
    return before.slice(0, endWithout(SEPARATORS, before, before.length));
  }
  return name.startsWith(className) ? bareName(name.slice(className.length)) : undefined;
}
