import { count } from '../../words/numberFormat.ts';
import type { ReportFormat } from './checkArguments.node.ts';
import type { Report, ReportedProblem } from './report.ts';
import { sarifReport } from './sarifReport.ts';

/** A report as text. */
export const REPORTS: Readonly<Record<ReportFormat, (report: Report, version: string) => string>> = {
  text: textReport,
  github: ({ problems }) => problems.map(githubLine).join(''),
  json: ({ problems }) => `${JSON.stringify(problems, null, 2)}\n`,
  sarif: sarifReport,
};

function textReport({ problems, files, losses }: Report): string {
  const lines = problems.map(
    ({ severity, code, message, ...place }) => `${placeText(place)}: ${severity} ${code} ${message}\n`,
  );
  const found = problems.length === 1 ? '1 problem' : `${count(problems.length)} problems`;
  const looked = `${count(losses)} ${losses === 1 ? 'loss' : 'losses'}, ${count(files)} ${files === 1 ? 'file' : 'files'}`;
  return `${lines.join('')}${lines.length > 0 ? '\n' : ''}${found} (${looked})\n`;
}

/** `train.py:12:5`, `train.ipynb:cell 3:12:5` */
function placeText({ path, cell, start }: Pick<ReportedProblem, 'path' | 'cell' | 'start'>): string {
  return `${path}:${cell === null ? '' : `cell ${cell + 1}:`}${start.line}:${start.column}`;
}

const GITHUB_LEVELS = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;

/** A command of GitHub's workflows. A notebook's lines are those of its JSON, so a cell has none. */
function githubLine({ path, cell, start, end, severity, code, message }: ReportedProblem): string {
  const place =
    cell === null
      ? `,line=${start.line},endLine=${end.line}${start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : ''}`
      : '';
  const said = cell === null ? message : `Cell ${cell + 1}, line ${start.line}: ${message}`;
  return `::${GITHUB_LEVELS[severity]} file=${property(path)}${place},title=${property(code)}::${data(said)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
