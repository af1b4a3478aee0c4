import { TabInputText, type Uri, window } from 'vscode';
import { toPlace, toPlaceRange } from './positions.ts';
import type { Source } from './source.ts';

/** What the person looks at: the selection, else the document with the cursor in it; undefined if it isn't text. */
export function sourceInView(): Source | undefined {
  const editor = window.activeTextEditor;
  if (editor) {
    const uri = editor.document.uri.toString();
    const { selection } = editor;
    if (!selection.isEmpty) return { kind: 'document', uri, range: toPlaceRange(selection) };
    return { kind: 'document', uri, cursor: toPlace(selection.active) };
  }
  // A file of more than 50 MB is shown, but kept from extensions as a document.
  const input = window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof TabInputText ? sourceOfFile(input.uri) : undefined;
}

/** The selection of each editor that is visible, or all of its document. */
export function sourcesInEditors(): Source[] {
  return window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme !== 'output')
    .map(({ document, selection }) => {
      const whole = sourceOfFile(document.uri);
      return selection.isEmpty ? whole : { ...whole, range: toPlaceRange(selection) };
    });
}

export function sourceOfFile(uri: Uri): Extract<Source, { kind: 'document' }> {
  return { kind: 'document', uri: uri.toString() };
}
