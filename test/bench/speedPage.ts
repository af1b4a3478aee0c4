import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../vscode/paths.ts';

const PAGE = join(ROOT, 'docs/speed.md');
const START = '<!-- npm run bench -- --markdown -->';
const END = '<!-- end of bench -->';

/** Puts text between the two comments that docs/speed.md has for it. */
export function writeSpeedPage(text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`docs/speed.md has no "${START}" before "${END}"`);
  writeFileSync(PAGE, `${page.slice(0, start + START.length)}\n\n${text}\n${page.slice(end)}`);
}
