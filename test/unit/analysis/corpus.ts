import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeText } from '../../../src/analysis/analyzeText.ts';
import { type AnalysisLanguage, isAnalysisLanguage } from '../../../src/analysis/hintWords.ts';
import type { AnalysisContext, LossAnalysis, LossConfig } from '../../../src/analysis/lossConfig.ts';
import { FRAMEWORK_APIS } from '../../../src/frameworks/catalogue.ts';
import type { FrameworkApi } from '../../../src/frameworks/frameworkApi.ts';
import { finish } from '../../../src/loss/work.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/analysis');

/** A source and what is found in it. Files are named `<language>.<topic>.txt`; a case is `# name`, source, `==>`, findings. */
export interface Case {
  readonly file: string;
  readonly name: string;
  readonly language: AnalysisLanguage;
  readonly source: string;
  readonly findings: readonly string[];
}

export const CASES: readonly Case[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .flatMap((file) => {
    const [language = ''] = file.split('.');
    if (!isAnalysisLanguage(language)) throw new Error(`${file}: ${language} isn't analyzed`);
    return readFileSync(join(FOLDER, file), 'utf8')
      .split(/^#### /m)
      .slice(1)
      .map((text) => {
        const newline = text.indexOf('\n');
        const [source = '', findings = ''] = text.slice(newline + 1).split(/^==>\n?/m);
        return {
          file,
          name: text.slice(0, newline),
          language,
          source,
          findings: findings.split('\n').filter((line) => line !== ''),
        };
      });
  });

export function analyzed(
  source: string,
  language: AnalysisLanguage,
  context: AnalysisContext = {},
  apis: readonly FrameworkApi[] = FRAMEWORK_APIS,
): LossAnalysis {
  return finish(analyzeText(source, language, context, apis));
}

/** One finding as it stands in the corpus: line, name, API, convention, α and how it's known, K and how, what is wrong. */
export function described({
  line,
  name,
  api,
  convention,
  conventionBy,
  alpha,
  classes,
  findings,
  executed,
}: LossConfig): string {
  const evidence = executed?.kind === 'read' ? 'executed' : conventionBy;
  const by = convention === null || evidence === null || evidence === 'api' ? '' : ` (${evidence})`;
  const origins = alpha.origins.map(({ kind, name: from, place }) => {
    const where = place?.module ?? (place?.cell === undefined ? '' : `cell ${place.cell}`);
    return `${kind} ${from}${place ? ` @${where === '' ? '' : `${where}:`}${place.line + 1}` : ''}`;
  });
  const { guess } = classes;
  return [
    `${line + 1}: ${name} = ${api}`,
    `${convention ?? 'no convention'}${by}`,
    `α ${alpha.value ?? (alpha.values.join(' or ') || `? ${alpha.text ?? ''}`.trim())}${origins.length > 0 ? ` (${origins.join(', ')})` : ''}`,
    ...(guess
      ? [
          `K ${guess.value} (${guess.sure}: ${guess.by} ${guess.name}${guess.place ? ` @${guess.place.line + 1}` : ''})`,
        ]
      : []),
    ...findings.map((finding) => {
      const fix = finding.fix
        ? `, fix: ${finding.fix.kind} "${finding.fix.edits.map(({ text }) => text).join()}"`
        : '';
      return finding.rule === 'alpha-range'
        ? `${finding.rule} ${finding.does}${fix}`
        : `${finding.rule}${fix}`;
    }),
  ].join(' | ');
}
