import { clipped } from '../words/clipped.ts';
import type { ToolAnswer } from './tool.ts';

/** More than this is a burden to a model, and to who pays for it. */
const MOST_CHARACTERS = 2000;

/** An answer as text of at most 2,000 characters, unless all is wanted; what is left out is said. */
export function answerText({ lines, details = [], all = false }: ToolAnswer): string {
  const whole = [...lines, ...details].join('\n');
  if (all || whole.length <= MOST_CHARACTERS) return whole;
  const head = lines.join('\n');
  if (details.length === 0) return shortText(whole);
  const kept: string[] = [];
  const rest = () => `… and ${details.length - kept.length} more; ask with "all": true for them.`;
  let length = head.length + rest().length + 1;
  for (const detail of details) {
    length += detail.length + 1;
    if (length > MOST_CHARACTERS) break;
    kept.push(detail);
  }
  return [clipped(head, MOST_CHARACTERS - rest().length - 1), ...kept, rest()].join('\n');
}

/** At most 2,000 characters; what is left out is said. */
export function shortText(text: string): string {
  return text.length <= MOST_CHARACTERS
    ? text
    : `${clipped(text, MOST_CHARACTERS - 60)}\n(${text.length.toLocaleString('en-US')} characters; the end was left out)`;
}

/** A number with seven digits that say something. */
export function digits(value: number): string {
  return Number.isFinite(value)
    ? String(Number(value.toPrecision(7)))
    : String(value).replace('Infinity', 'inf');
}

/** "[0.02, 0.02, 0.92]" */
export function numberList(values: readonly number[] | Float64Array): string {
  return `[${Array.from(values, digits).join(', ')}]`;
}

/** A share in percent. */
export function share(value: number): string {
  return `${digits(100 * value)} %`;
}

/** "3 rows", "1 row" */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
