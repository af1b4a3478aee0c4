import type { TextDocument } from 'vscode';
import { hasHintWord, isAnalysisLanguage, LANGUAGES } from '../../analysis/hintWords.ts';

/** Notebook cells and the input of an interactive window are documents of their language, too. */
export const SELECTOR = LANGUAGES.map((language) => ({ language }));

/** A larger document is data, or generated: nobody configures a loss there. */
const MOST_CHARACTERS = 1_000_000;

const known = new WeakMap<TextDocument, { readonly version: number; readonly eligible: boolean }>();

/** True if a document may configure a loss. Asked after every edit, so the answer is kept. */
export function isEligible(document: TextDocument): boolean {
  if (!isAnalysisLanguage(document.languageId)) return false;
  const last = known.get(document);
  if (last?.version === document.version) return last.eligible;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const eligible = document.offsetAt(end) <= MOST_CHARACTERS && hasHintWord(document.getText());
  known.set(document, { version: document.version, eligible });
  return eligible;
}
