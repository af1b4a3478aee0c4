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
import type { Fix, LossFinding } from '../../../analysis/checks/findings.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../../analysis/sourcePlace.ts';
import { labelText } from '../../../escape/label.ts';
import { forEachConfig } from '../documents/eachConfig.ts';
import { findingMessage } from './findingMessages.ts';

export function rangeOf({ from, to }: SourceSpan, document: TextDocument): Range {
  return new Range(document.positionAt(from), document.positionAt(to));
}

/** What is wrong with the configurations of a document. */
export function diagnosticsOf(configs: readonly LossConfig[], document: TextDocument): Diagnostic[] {
  return forEachConfig(configs, (config) =>
    config.findings.map((finding) => {
      const range = rangeOf(finding.span, document);
      const diagnostic = new Diagnostic(
        range,
        labelText(findingMessage(finding, config)),
        severityOf(finding),
      );
      diagnostic.source = 'Smooth Labels';
      diagnostic.code = finding.rule;
      return diagnostic;
    }),
  );
}

/** The fixes for what is wrong within a range. */
export function fixesFor(
  configs: readonly LossConfig[],
  document: TextDocument,
  range: Range,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  return forEachConfig(configs, ({ findings }) =>
    findings.flatMap((finding) => {
      const { fix } = finding;
      const where = rangeOf(finding.span, document);
      if (!fix || !where.intersection(range)) return [];
      const action = new CodeAction(labelText(fixTitle(finding, fix)), CodeActionKind.QuickFix);
      action.edit = new WorkspaceEdit();
      for (const { span, text } of fix.edits)
        action.edit.replace(document.uri, rangeOf(span, document), text);
      action.diagnostics = diagnostics.filter(
        (diagnostic) => diagnostic.code === finding.rule && diagnostic.range.isEqual(where),
      );
      action.isPreferred = true;
      return [action];
    }),
  );
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
  'remove-argument': (finding) =>
    finding.rule === 'no-such-argument'
      ? l10n.t('Remove {0}', finding.argument)
      : l10n.t('Remove the argument'),
};

function severityOf(finding: LossFinding): DiagnosticSeverity {
  switch (finding.rule) {
    case 'alpha-range':
      return finding.does === 'raises' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    case 'no-such-argument':
      // Of a release that isn't known the argument may be there.
      return finding.since === null ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
    case 'other-parameter':
      return DiagnosticSeverity.Warning;
  }
}
