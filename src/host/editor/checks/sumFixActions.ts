import type { CodeAction, Diagnostic, Range, TextDocument } from 'vscode';
import { sumFixes } from '../../../analysis/edit/sumFixes.ts';
import { isAnalysisLanguage } from '../../../analysis/hintWords.ts';
import { Slices } from '../documents/analysisSlices.ts';
import type { FoundLosses } from '../documents/lossDocuments.ts';
import { rangeOf } from './diagnostics.ts';
import { sumActions } from './replaceActions.ts';

/** Fixes for targets that don't sum to 1. Each is tried out first, which takes a while: only for what is asked about. */
export async function sumFixActions(
  { configs, around }: FoundLosses,
  document: TextDocument,
  range: Range,
  diagnostics: readonly Diagnostic[],
): Promise<CodeAction[]> {
  const { languageId } = document;
  if (!isAnalysisLanguage(languageId)) return [];
  const actions: CodeAction[] = [];
  for (const config of configs) {
    const finding = config.findings.find((each) => each.rule === 'targets-sum');
    if (!finding || !rangeOf(finding.span, document).intersection(range)) continue;
    const sources = { ...around().context, text: document.getText(), language: languageId };
    const edits = await new Slices().run(sumFixes(config, sources), () => true);
    actions.push(...sumActions(edits ?? [], finding, document, diagnostics));
  }
  return actions;
}
