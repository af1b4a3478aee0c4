import { l10n, type TextDocument, workspace } from 'vscode';
import { effectOf } from '../../../analysis/claims/smoothingEffect.ts';
import type { Sources } from '../../../analysis/edit/alphaEdit.ts';
import { type CheckedAlphaEdit, checkedAlphaEdit } from '../../../analysis/edit/checkedEdit.ts';
import { isAnalysisLanguage } from '../../../analysis/hintWords.ts';
import type { LossConfig } from '../../../analysis/lossConfig.ts';
import { LossDocument } from '../../../analysis/lossDocument.ts';
import { convertAlpha } from '../../../loss/conventions/conventions.ts';
import { finish } from '../../../loss/work.ts';
import type { ShownAlpha } from '../../../protocol/alphaChannel.ts';
import { conventionOf } from '../configSnapshot.ts';
import type { FoundLosses } from '../documents/lossDocuments.ts';
import { refusalWords } from './applyWords.ts';

/** An edit that was tried out, and the document it's to be made in. */
export interface Proposal {
  readonly edit: CheckedAlphaEdit;
  readonly document: TextDocument;
  readonly config: LossConfig;
  /** α as the code reads it. */
  readonly alpha: number;
}

/** What sets α as it's shown, in the document as it is now. Opens the document it's set in. */
export async function propose(
  config: LossConfig,
  document: TextDocument,
  found: FoundLosses,
  { convention, labelSmoothing, classes }: ShownAlpha,
): Promise<Proposal | { readonly why: string }> {
  const { languageId } = document;
  const around = found.around();
  if (!isAnalysisLanguage(languageId)) return { why: l10n.t('α can’t be edited in this language.') };
  const { kind } = effectOf(config);
  if (kind === 'pending')
    return { why: l10n.t('{0} hasn’t been run yet. Try again in a moment.', config.name) };
  if (kind === 'executed')
    return { why: l10n.t('{0} follows none of the known definitions of α. Change it by hand.', config.name) };
  const converted = convertAlpha(convention, conventionOf(config), labelSmoothing, classes);
  if (!converted) return { why: l10n.t('{0} can’t express these targets with any α.', config.name) };
  // The same convention has the same number, to its last digit; another one has what binary fractions add.
  const alpha = converted.alpha === labelSmoothing ? labelSmoothing : Number(converted.alpha.toPrecision(12));
  let sources: Sources = { ...around.context, text: document.getText(), language: languageId };
  let current = config;
  for (let left = 2; left > 0; left--) {
    const edit = finish(checkedAlphaEdit(current, alpha, sources));
    if ('reason' in edit) return { why: refusalWords(edit, config, alpha) };
    const { cell, module } = edit.in;
    const uri = module === undefined ? undefined : around.files.get(module);
    const target =
      cell !== undefined ? around.cells[cell] : uri ? await workspace.openTextDocument(uri) : document;
    if (target && target.getText() === edit.before) return { edit, document: target, config: current, alpha };
    if (!target || module === undefined) break;
    // As an editor has it a file may be another text: line ends, edits that weren't saved.
    sources = { ...sources, modules: new Map(sources.modules).set(module, target.getText()) };
    const { configs } = finish(new LossDocument(languageId).analyze(sources.text, sources));
    current = configs.find(({ callee }) => callee.from === config.callee.from) ?? config;
  }
  return { why: l10n.t('The code that sets α has changed in the meantime. Try again.') };
}
