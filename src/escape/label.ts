import { clipped } from '../words/clipped.ts';
import { oneLine } from './characters.ts';

/** VS Code shows no more of a message. */
const MOST_LETTERS = 1000;

/**
 * A text that VS Code shows as it is where it would draw `$(icon)`, as in lenses, lists and the status bar, or make a link of
 * `[text](command:…)`, as in messages. Nothing there takes a backslash everywhere, so what isn't seen comes between the two.
 */
export function labelText(text: string): string {
  return oneLine(clipped(text, MOST_LETTERS)).replace(/(?<=[$\]])\(/g, '\u2060(');
}
