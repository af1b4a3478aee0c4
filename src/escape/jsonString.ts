import { UNSEEN } from './characters.ts';

/** A string of JSON that has what isn't seen, and ends of lines, as escapes. */
export function jsonString(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u2028\u2029]/g, escaped)
    .replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
