import type { NotebookDocument, TextDocument } from 'vscode';
import { MOST_CHARACTERS, MOST_IN_LINE } from '../../../analysis/common/sourceLimits.ts';
import { hasHintWord, isAnalysisLanguage, LANGUAGES } from '../../../analysis/hintWords.ts';
import { codeOf, notebookOf } from './cellDocuments.ts';

/** Notebook cells and the input of an interactive window are documents of their language, too. */
export const SELECTOR = LANGUAGES.map((language) => ({ language }));

/** What a document has too much of to be looked at: itself or the code of its notebook is too large, or one of its lines is. */
export type Limit = 'size' | 'line';

interface Known {
  readonly version: number;
  readonly languageId: string;
  readonly limit: Limit | undefined;
  eligible?: boolean;
}

const known = new WeakMap<TextDocument, Known>();
const sizes = new WeakMap<NotebookDocument, { readonly version: number; readonly size: number }>();

/** True if a document may configure a loss. Asked after every edit, so the answer is kept. */
export function isEligible(document: TextDocument): boolean {
  if (!isAnalysisLanguage(document.languageId) || limitOf(document) !== undefined) return false;
  const current = known.get(document)!;
  current.eligible ??= hasHintWord(document.getText());
  return current.eligible;
}

/** Why a document isn't looked at, if that is for its size. Its text isn't copied for that. */
export function limitOf(document: TextDocument): Limit | undefined {
  return ownLimit(document) ?? (isNotebookTooLarge(document) ? 'size' : undefined);
}

/** The limit of a document by itself, whatever notebook it's in. */
export function ownLimit(document: TextDocument): Limit | undefined {
  const { languageId, version } = document;
  if (!isAnalysisLanguage(languageId)) return undefined;
  const last = known.get(document);
  if (last?.version === version && last.languageId === languageId) return last.limit;
  const size = sizeOf(document);
  const limit =
    size > MOST_CHARACTERS ? 'size' : size > MOST_IN_LINE && hasLongLine(document) ? 'line' : undefined;
  known.set(document, { version, languageId, limit });
  return limit;
}

function isNotebookTooLarge(document: TextDocument): boolean {
  const { languageId } = document;
  const notebook = notebookOf(document);
  if (!notebook || !isAnalysisLanguage(languageId)) return false;
  let last = sizes.get(notebook);
  if (last?.version !== notebook.version) {
    const size = codeOf(notebook, languageId).reduce((sum, cell) => sum + sizeOf(cell), 0);
    last = { version: notebook.version, size };
    sizes.set(notebook, last);
  }
  return last.size > MOST_CHARACTERS;
}

function sizeOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

function hasLongLine(document: TextDocument): boolean {
  for (let line = 0; line < document.lineCount; line++)
    if (document.lineAt(line).text.length > MOST_IN_LINE) return true;
  return false;
}
