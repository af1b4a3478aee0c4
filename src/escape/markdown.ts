import { oneLine } from './characters.ts';

/** ASCII punctuation that can mean something: CommonMark takes a backslash before any of it. */
const PUNCTUATION = /[!#$&()*+\-.:<=>@[\\\]^_`{|}~]/g;

/**
 * A text that Markdown shows as it is, on one line: no link, image, HTML, emphasis, icon of VS Code, cell of a table, or
 * beginning of a block.
 */
export function markdownText(text: string): string {
  const line = lineOf(text);
  return line.replace(PUNCTUATION, (mark, at: number) => {
    const isName = /[-._]/.test(mark) && isWord(line[at - 1]) && isWord(line[at + 1]);
    return isName && !isAddress(line, at) ? mark : `\\${mark}`;
  });
}

/** A text as code within a line of Markdown; "" for one of nothing but space. */
export function markdownCode(text: string): string {
  const line = lineOf(text).trim();
  if (line === '') return '';
  const ticks = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + ticks.reduce((most, run) => Math.max(most, run.length), 0));
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** VS Code looks for `$(icon)` when Markdown has become HTML, where no backslash is left: what isn't seen comes between. */
function lineOf(text: string): string {
  return oneLine(text).replace(/ {2,}/g, ' ').replaceAll('$(', '$\u2060(');
}

/** Within a word these three mean nothing: `digits.logits.json`, `on_value`. */
function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** `www.example.org` becomes a link by itself. */
function isAddress(line: string, dot: number): boolean {
  return /www$/i.test(line.slice(Math.max(0, dot - 3), dot));
}
