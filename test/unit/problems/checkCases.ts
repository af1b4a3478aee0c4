import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeText } from '../../../src/analysis/analyzeText.ts';
import { releasesIn } from '../../../src/analysis/checks/releases.ts';
import { type AnalysisLanguage, isAnalysisLanguage } from '../../../src/analysis/hintWords.ts';
import { lineAt, lineStartsOf } from '../../../src/analysis/lineStarts.ts';
import { finish } from '../../../src/loss/work.ts';
import { IgnoreComments } from '../../../src/problems/ignoreComments.ts';
import { type Problem, problemsOf } from '../../../src/problems/problems.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/checks');

/** Files of cases: `## SL001 SL002` names what they're about; `#### + name` is a mistake, `#### - name` looks like one. */
export interface CaseFile {
  readonly file: string;
  readonly codes: readonly string[];
  readonly cases: readonly CheckCase[];
}

interface CheckCase {
  readonly name: string;
  readonly isMistake: boolean;
  readonly source: string;
  /** `line: severity code message`, each. */
  readonly said: readonly string[];
}

export const CASE_FILES: readonly CaseFile[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => {
    const [head = '', ...parts] = readFileSync(join(FOLDER, file), 'utf8').split(/^#### /m);
    const cases = parts.map((part) => {
      const newline = part.indexOf('\n');
      const [source = '', said = ''] = part.slice(newline + 1).split(/^==>\n?/m);
      const name = part.slice(0, newline);
      return {
        name: name.slice(2),
        isMistake: name.startsWith('+'),
        source: source.trimEnd(),
        said: said.split('\n').filter((line) => line !== ''),
      };
    });
    return { file, codes: head.match(/SL\d{3}/g) ?? [], cases };
  });

/**
 * The problems of a source. `# requires: torch==1.9.1` in it is what its project asks for, `# language: yaml` what it is; what is in
 * front of `# next cell` are the cells above, whose problems aren't looked for.
 */
export function problemsIn(written: string): readonly (Problem & { readonly line: number })[] {
  const cells = written.split(/^# next cell\n/m);
  const source = cells.pop()!;
  const named = /^# language: (\w+)/m.exec(source)?.[1] ?? 'python';
  const language: AnalysisLanguage = isAnalysisLanguage(named) ? named : 'python';
  const asked = [...source.matchAll(/^# requires: (.*)$/gm)].map(([, each = '']) => each);
  const context = { ...releasesIn([asked.join('\n')]), ...(cells.length > 0 && { cells }) };
  const { configs } = finish(analyzeText(source, language, context));
  const starts = lineStartsOf(source);
  const comments = new IgnoreComments(source);
  return configs
    .flatMap((config) => problemsOf(config, comments))
    .map((problem) => ({ ...problem, line: lineAt(starts, problem.span.from) + 1 }));
}

export function described({
  line,
  severity,
  code,
  message,
  fix,
}: ReturnType<typeof problemsIn>[number]): string {
  const edits = fix?.edits.map(({ text }) => text).join(' ');
  return `${line}: ${severity} ${code} ${message}${edits === undefined ? '' : ` [${edits}]`}`;
}

/** Writes what is said now, to be read: `UPDATE_GOLDEN=1`. */
export function writeCases({ file, codes, cases }: CaseFile): void {
  const parts = cases.map(({ name, isMistake, source }) => {
    const said = problemsIn(source).map((problem) => `${described(problem)}\n`);
    return `#### ${isMistake ? '+' : '-'} ${name}\n${source}\n==>\n${said.join('')}`;
  });
  writeFileSync(join(FOLDER, file), `## ${codes.join(' ')}\n\n${parts.join('\n')}`);
}
