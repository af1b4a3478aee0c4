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
import type { AlphaOutside, Fix, LossFinding, NoSuchArgument } from '../../../analysis/checks/findings.ts';
import type { LossConfig, SourceSpan } from '../../../analysis/lossConfig.ts';
import { labelText } from '../../../escape/label.ts';
import { intervalWords, missingArgument } from '../configWords.ts';
import { forEachConfig } from '../documents/eachConfig.ts';

export function rangeOf({ from, to }: SourceSpan, document: TextDocument): Range {
  return new Range(document.positionAt(from), document.positionAt(to));
}

/** What is wrong with the configurations of a document. */
export function diagnosticsOf(configs: readonly LossConfig[], document: TextDocument): Diagnostic[] {
  return forEachConfig(configs, (config) =>
    config.findings.map((finding) => {
      const range = rangeOf(finding.span, document);
      const diagnostic = new Diagnostic(range, labelText(messageOf(finding, config)), severityOf(finding));
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

function fixTitle(finding: LossFinding, { kind, edits }: Fix): string {
  switch (kind) {
    case 'name-argument':
      return finding.rule === 'other-parameter'
        ? l10n.t('Name the argument: {0}={1}', finding.argument, finding.found)
        : l10n.t('Rename it to {0}', edits.map(({ text }) => text).join(' '));
    case 'write-as-float':
      return l10n.t('Write {0}', edits.map(({ text }) => text).join(' '));
    case 'remove-argument':
      return finding.rule === 'no-such-argument'
        ? l10n.t('Remove {0}', finding.argument)
        : l10n.t('Remove the argument');
  }
}

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

function messageOf(finding: LossFinding, config: LossConfig): string {
  switch (finding.rule) {
    case 'alpha-range':
      return outsideMessage(finding, config);
    case 'no-such-argument':
      return argumentMessage(finding, config);
    case 'other-parameter':
      return l10n.t(
        '{0} is bound to {1} here, not to {2}: nothing is smoothed.',
        finding.found,
        finding.parameter,
        finding.argument,
      );
  }
}

function outsideMessage(
  { found, range, does, integer }: AlphaOutside,
  { name, framework }: LossConfig,
): string {
  const { error, at } = range;
  const who = framework ?? name;
  const outside = integer
    ? l10n.t('α has to be a float, {0} isn’t one.', found)
    : l10n.t('α = {0} is outside {1}.', found, intervalWords(range));
  switch (does) {
    case 'raises': {
      const raised = (error ?? l10n.t('an error')).replace(/\bX\b/, String(found));
      const when =
        at === 'construction'
          ? l10n.t('{0} raises {1} when it is constructed.', who, raised)
          : l10n.t('{0} raises {1} at the first forward.', who, raised);
      return `${outside} ${when}`;
    }
    case 'applies':
      return `${outside} ${l10n.t('{0} computes with it all the same: targets leave 0…1.', who)}`;
    case 'off':
      return `${outside} ${l10n.t('{0} takes it as 0: nothing is smoothed.', who)}`;
    case 'nan':
      return `${outside} ${l10n.t('{0} gives NaN.', who)}`;
    case 'unknown':
      return `${outside} ${l10n.t('What {0} does then is not known.', who)}`;
  }
}

function argumentMessage({ argument, since }: NoSuchArgument, { name }: LossConfig): string {
  if (since === null) return missingArgument(name, argument);
  return l10n.t(
    '{0} has {1} after {2} {3} only: up to there this raises TypeError.',
    name,
    argument,
    since.package,
    since.after,
  );
}
