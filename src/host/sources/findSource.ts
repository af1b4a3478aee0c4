import { type NotebookCell, TabInputCustom, TabInputText, window } from 'vscode';
import { formatOf } from '../../engine/fileFormats.ts';
import { toPlace } from './editorPositions.ts';
import { type DocumentSource, documentSource } from './kinds/documentSource.ts';

/** What the person looks at: the selection, else the document with the cursor in it; undefined if it isn't text. */
export function sourceInView(): DocumentSource | undefined {
  const editor = window.activeTextEditor;
  if (editor) {
    const { document, selection } = editor;
    if (!selection.isEmpty) return documentSource(document.uri, selection);
    return { ...documentSource(document.uri), cursor: toPlace(selection.active) };
  }
  // A file of more than 50 MB is shown, but kept from extensions as a document.
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof TabInputText) return documentSource(input.uri);
  // Another extension may show files of arrays its own way.
  return input instanceof TabInputCustom && formatOf(input.uri.path) ? documentSource(input.uri) : undefined;
}

/** The selection of each editor that is visible, or all of its document. */
export function sourcesInEditors(): DocumentSource[] {
  return window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme !== 'output')
    .map(({ document, selection }) =>
      documentSource(document.uri, selection.isEmpty ? undefined : selection),
    );
}

/** The cell that's active, if its output is what the person may mean: not while some of its code is selected. */
export function cellInView(): NotebookCell | undefined {
  const editor = window.activeNotebookEditor;
  if (!editor || editor.notebook.cellCount === 0) return undefined;
  const text = window.activeTextEditor;
  if (text && !text.selection.isEmpty) return undefined;
  // The cell whose code has the cursor is known sooner than what is selected in the notebook.
  const written = editor.notebook.getCells().find(({ document }) => document === text?.document);
  return written ?? editor.notebook.cellAt(Math.min(editor.selection.start, editor.notebook.cellCount - 1));
}
