import { oneLine } from '../../escape/characters.ts';
import { quoted } from '../../words/quoted.ts';

/** Letters of Hebrew, Arabic and the other scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** FIRST STRONG ISOLATE, and POP DIRECTIONAL ISOLATE, which ends it. */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** A class's name as its source has it, or its index: for exports. People see it by one of the two below. */
export function nameOfClass(k: number, names: readonly string[] | null): string {
  return names?.[k] ?? String(k);
}

/** A name from outside as it's seen where it stands alone: on one line, without marks that would turn it. */
export function shownName(name: string): string {
  return oneLine(name);
}

/** A name within a text, which goes on after it as if the name were from left to right. */
export function isolated(name: string): string {
  const shown = shownName(name);
  return RIGHT_TO_LEFT.test(shown) ? `${ISOLATE}${shown}${END}` : shown;
}

/** A class within a sentence: its number, or its name in quotes, so that “one” is no count. */
export function classInText(name: string): string {
  return /^\d+$/.test(name) ? name : quoted(isolated(name));
}

/** A text as a file: with nothing that isn't seen but the ends of names within it. */
export function withIsolates(text: string): string {
  return text
    .split(/([\u2068\u2069])/)
    .map((part) => (part === ISOLATE || part === END ? part : oneLine(part)))
    .join('');
}
