import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../vscode/paths.ts';

const README = join(ROOT, 'README.md');
const START = '<!-- npm run bench -- --markdown -->';
const END = '<!-- end of bench -->';

/** Puts text between the two comments that the README has for it. */
export function writeIntoReadme(text: string): void {
  const readme = readFileSync(README, 'utf8');
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start === -1 || end < start) throw new Error(`README.md has no "${START}" before "${END}"`);
  writeFileSync(README, `${readme.slice(0, start + START.length)}\n\n${text}\n${readme.slice(end)}`);
}
