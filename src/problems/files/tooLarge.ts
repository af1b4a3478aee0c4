import { MOST_CHARACTERS, MOST_IN_LINE } from '../../analysis/common/sourceLimits.ts';
import { hasHintWord } from '../../analysis/hintWords.ts';
import type { FileLanguage } from './fileLanguages.ts';
import { pythonCells } from './notebookCells.ts';

/** Bytes of a notebook that is read: its pictures are in it. */
const MOST_NOTEBOOK_BYTES = 32_000_000;

/** So many bytes aren't read at all. A character takes up to four. */
export function hasTooManyBytes(bytes: number, language: FileLanguage): boolean {
  return bytes > (language === 'notebook' ? MOST_NOTEBOOK_BYTES : 4 * MOST_CHARACTERS);
}

/** It may set up a loss, and is larger than what people write: of a notebook its code. */
export function isTooLarge(text: string, language: FileLanguage): boolean {
  if (language === 'notebook') {
    if (text.length <= MOST_CHARACTERS) return false;
    const code = pythonCells(text).reduce((sum, each) => sum + each.text.length, 0);
    return code > MOST_CHARACTERS;
  }
  const isLong = text.length > MOST_IN_LINE && longestLine(text) > MOST_IN_LINE;
  return (text.length > MOST_CHARACTERS || isLong) && hasHintWord(text);
}

function longestLine(text: string): number {
  let longest = 0;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    longest = Math.max(longest, to - from);
    from = to + 1;
  }
  return longest;
}
