import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  l10n,
  type Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { ExecutedFinding } from '../../../analysis/checks/executedFindings.ts';
import type { TextEdit } from '../../../analysis/edit/textEdit.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { labelText } from '../../../escape/label.ts';
import { executedWords } from '../../../problems/executedWords.ts';
import { clippedCode } from '../../../words/clipped.ts';
import { forEachConfig } from '../documents/eachConfig.ts';
import { rangeOf } from './diagnostics.ts';

/** Of code in a title. */
const MOST_LETTERS = 80;

/** PyTorch's own loss in place of hand-written ones that equal it. The editor shows the change before it's made. */
export function replacementsFor(
  configs: readonly LossConfig[],
  document: TextDocument,
  range: Range,
): CodeAction[] {
  return forEachConfig(configs, (config) => {
    const { executed } = config;
    const replacement = executed?.kind === 'read' ? executed.replacement : null;
    if (!replacement) return [];
    const where = rangeOf(replacement.span, document);
    if (!where.intersection(range)) return [];
    const title = labelText(l10n.t('Replace with {0}', clippedCode(replacement.text, MOST_LETTERS)));
    const action = new CodeAction(title, CodeActionKind.RefactorRewrite);
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, where, replacement.text, {
      needsConfirmation: true,
      label: title,
      description: labelText(executedWords(config)),
    });
    return [action];
  });
}

/** Edits that make the targets of a hand-written loss sum to 1, where one is asked about. */
export function sumActions(
  edits: readonly TextEdit[],
  finding: ExecutedFinding,
  document: TextDocument,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  return edits.map(({ span, text }) => {
    const written = clippedCode(text, MOST_LETTERS);
    const title = labelText(l10n.t('Make the targets sum to 1: {0}', written));
    const action = new CodeAction(title, CodeActionKind.QuickFix);
    action.edit = new WorkspaceEdit();
    action.edit.replace(document.uri, rangeOf(span, document), text);
    action.diagnostics = diagnostics.filter(({ range }) => range.isEqual(rangeOf(finding.span, document)));
    return action;
  });
}
