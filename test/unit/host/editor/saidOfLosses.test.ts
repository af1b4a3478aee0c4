import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isAnalysisLanguage } from '../../../../src/analysis/hintWords.ts';
import { analyzed } from '../../analysis/corpus.ts';
import { documentOf, shownOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

const FOLDER = join(import.meta.dirname, '../../../fixtures/said');

/** What the lenses of a source say, without the links behind. */
function lensesIn(source: string, language: string): readonly string[] {
  if (!isAnalysisLanguage(language)) throw new Error(`${language} isn’t analyzed`);
  const document = documentOf(source);
  return analyzed(source, language).configs.map((config) => {
    const [lens = ''] = shownOf(config, document).lens.split(' | ');
    return `${config.line + 1}: ${config.name}: ${lens.replace(' · Smooth labels', '')}`;
  });
}

/** Files are named `<language>.<topic>.txt`; a case is `#### name`, source, `==>`, lenses. With WRITE=1 they are written anew. */
for (const file of readdirSync(FOLDER)) {
  const [language = ''] = file.split('.');
  const path = join(FOLDER, file);
  const cases = readFileSync(path, 'utf8')
    .split(/^#### /m)
    .slice(1);
  const written = cases.map((text) => {
    const newline = text.indexOf('\n');
    const [source = ''] = text.slice(newline + 1).split(/^==>\n?/m);
    return `#### ${text.slice(0, newline)}\n${source}==>\n${lensesIn(source, language)
      .map((line) => `${line}\n`)
      .join('')}`;
  });
  if (process.env.WRITE) writeFileSync(path, `${written.join('\n')}`);
  describe(file, () => {
    for (const [i, text] of cases.entries())
      it(text.slice(0, text.indexOf('\n')), () => {
        expect(written[i]!.split('\n==>\n')[1]!.trimEnd()).toBe(text.split(/^==>\n?/m)[1]?.trimEnd());
      });
  });
}
