import type { ReadProblem } from '../../readProblem.ts';
import { nameWords } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';

/** What a row is called that has the others added up, or their mean. */
const SUMMARY = /^(?:mean|average|avg\.?|median|total|totals|sum|std|stdev|overall|grand total)$/i;
/** These are rows of a text, of which one may be such a word. */
const TEXTS = /^(?:tokens?|words?|texts?|sentences?|prompts?|labels?)$/;

/** The name of a last row that sums up the others, by the first and the last text of a column; undefined if it's one as they are. */
export function summaryName(column: string, first: string, last: string): string | undefined {
  if (nameWords(column).some((word) => TEXTS.test(word))) return undefined;
  return SUMMARY.test(last) && !SUMMARY.test(first) ? last : undefined;
}

/** Why not all rows of a table are examples: the last is called "mean". */
export function summaryRow(
  scores: NamedArray,
  targets: NamedArray | undefined,
  arrays: readonly NamedArray[],
): ReadProblem | undefined {
  const rows = scores.shape.length === 2 ? scores.shape[0]! : 0;
  if (rows < 3 || scores.content.kind !== 'numbers') return undefined;
  for (const { isColumn, content, name, start, shape } of arrays) {
    if (!isColumn || content.kind !== 'texts' || start !== scores.start || shape[0] !== rows) continue;
    if (content === targets?.content) continue;
    const found = summaryName(name, content.values[0]!, content.values.at(-1)!);
    const offset = scores.spans[2 * (rows - 1)] ?? scores.start;
    if (found !== undefined) return { reason: 'summary-row', offset, found };
  }
  return undefined;
}
