import { CHECK_CODES, titleOf } from '../../problems/checkCodes.ts';
import type { Severity } from '../../problems/severity.ts';
import type { Report, ReportedProblem } from './report.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** A report as SARIF 2.1.0, which code hosts and editors show. Paths are relative to where the program runs. */
export function sarifReport({ problems }: Report, version: string): string {
  const rules = CHECK_CODES.map((code) => ({ id: code, shortDescription: { text: titleOf(code) } }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Smooth Labels', version, rules } },
        columnKind: 'utf16CodeUnits',
        results: problems.map(resultOf),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ path, cell, code, severity, message, start, end }: ReportedProblem) {
  const artifactLocation = { uri: path.split('/').map(encodeURIComponent).join('/') };
  const region = {
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
  // Lines of a notebook's file aren't those of its cells.
  const text = cell === null ? message : `Cell ${cell + 1}, line ${start.line}: ${message}`;
  return {
    ruleId: code,
    ruleIndex: (CHECK_CODES as readonly string[]).indexOf(code),
    level: LEVELS[severity],
    message: { text },
    locations: [{ physicalLocation: { artifactLocation, ...(cell === null && { region }) } }],
  };
}
