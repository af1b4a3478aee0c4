import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticSeverity,
  l10n,
  Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { LossFinding } from '../../../analysis/checks/findings.ts';
import type { Fix } from '../../../analysis/checks/fix.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../../analysis/sourcePlace.ts';
import { labelText } from '../../../escape/label.ts';
import { IgnoreComments } from '../../../problems/ignoreComments.ts';
import { type Problem, problemsOf, withoutRepeats } from '../../../problems/problems.ts';
import type { Severity } from '../../../problems/severity.ts';
import { forEachConfig } from '../documents/eachConfig.ts';
import { linkedCode } from './checkPages.ts';
import { severityChoices } from './checkSettings.ts';

export function rangeOf({ from, to }: SourceSpan, document: TextDocument): Range {
  return new Range(document.positionAt(from), document.positionAt(to));
}

/** What is wrong with the configurations of a document. */
export function diagnosticsOf(configs: readonly LossConfig[], document: TextDocument): Diagnostic[] {
  return forEachConfig(problemsIn(configs, document), ({ problem }) => [
    diagnosticOf(problem, rangeOf(problem.span, document)),
  ]);
}

/** A problem, at its place. */
export function diagnosticOf({ code, severity, message }: Problem, range: Range): Diagnostic {
  const diagnostic = new Diagnostic(range, labelText(message), SHOWN[severity]);
  diagnostic.source = 'Smooth Labels';
  diagnostic.code = linkedCode(code);
  return diagnostic;
}

interface Found {
  readonly name: string;
  readonly line: number;
  readonly problem: Problem;
}

function problemsIn(configs: readonly LossConfig[], document: TextDocument): readonly Found[] {
  if (configs.every(({ findings }) => findings.length === 0)) return [];
  const comments = new IgnoreComments(document.getText());
  const choices = severityChoices(document);
  const found = forEachConfig(configs, (config) =>
    problemsOf(config, comments, choices).map((problem) => ({
      name: config.name,
      line: config.line,
      problem,
    })),
  );
  return withoutRepeats(found, ({ problem }) => problem);
}

/** The fixes for what is wrong within a range. */
export function fixesFor(
  configs: readonly LossConfig[],
  document: TextDocument,
  range: Range,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  return forEachConfig(problemsIn(configs, document), ({ problem }) => {
    const { finding, code, fix } = problem;
    const where = rangeOf(problem.span, document);
    if (!where.intersection(range)) return [];
    const concerned = diagnostics.filter((each) => codeText(each.code) === code && each.range.isEqual(where));
    const actionOf = (title: string, edits: Fix['edits']) => {
      const action = new CodeAction(labelText(title), CodeActionKind.QuickFix);
      action.edit = new WorkspaceEdit();
      for (const { span, text } of edits) action.edit.replace(document.uri, rangeOf(span, document), text);
      action.diagnostics = concerned;
      return action;
    };
    const fixes = fix ? [actionOf(fixTitle(finding, fix), fix.edits)] : [];
    for (const action of fixes) action.isPreferred = true;
    const comment = silencingEdit(document, where.start.line, code);
    return comment ? [...fixes, actionOf(l10n.t('Silence {0} on this line', code), [comment])] : fixes;
  });
}

function codeText(code: Diagnostic['code']): unknown {
  return typeof code === 'object' ? code.value : code;
}

/** A comment behind a line. Undefined where it would be something else: in JSON, or where the next line belongs to this one. */
function silencingEdit(document: TextDocument, line: number, code: string): Fix['edits'][number] | undefined {
  const { text, range } = document.lineAt(line);
  const sign = document.languageId === 'json' ? undefined : document.languageId === 'jsonc' ? '//' : '#';
  if (!sign || text.endsWith('\\') || /"""|'''/.test(text) || text.includes('smooth-labels:'))
    return undefined;
  const end = document.offsetAt(range.end);
  return { span: { from: end, to: end }, text: `  ${sign} smooth-labels: ignore[${code}]` };
}

function fixTitle(finding: LossFinding, fix: Fix): string {
  return FIX_TITLES[fix.kind](finding, fix.edits.map(({ text }) => text).join(' '));
}

const FIX_TITLES: Readonly<Record<Fix['kind'], (finding: LossFinding, written: string) => string>> = {
  'name-argument': (finding, written) =>
    finding.rule === 'other-parameter'
      ? l10n.t('Pass it by name: {0}={1}', finding.argument, finding.found)
      : l10n.t('Rename it to {0}', written),
  'write-as-float': (_, written) => l10n.t('Change to {0}', written),
  'insert-argument': (_, written) => l10n.t('Add {0}', written.replace(/^[, ]+/, '')),
  'remove-activation': (finding) =>
    finding.rule === 'probabilities-as-logits'
      ? l10n.t('Remove the {0}', finding.activation)
      : l10n.t('Remove the activation'),
  complement: (_, written) => l10n.t('Change to {0}', written),
  percent: (_, written) => l10n.t('Change to {0}', written),
  'call-base': (_, written) => l10n.t('Add {0}', written.trim()),
  'remove-argument': (finding) =>
    finding.rule === 'no-such-argument'
      ? l10n.t('Remove {0}', finding.argument)
      : l10n.t('Remove the argument'),
};

const SHOWN: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
