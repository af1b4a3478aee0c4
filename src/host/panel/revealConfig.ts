import {
  l10n,
  type NotebookDocument,
  NotebookRange,
  Position,
  Range,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { ConfigSnapshot } from '../../protocol/panel.ts';

/** Shows where a configuration is: in its file, or its cell. */
export async function revealConfig(
  { source }: Pick<ConfigSnapshot, 'source'>,
  preserveFocus = false,
): Promise<void> {
  const place = new Position(source.line, source.character);
  const uri = Uri.parse(source.uri);
  const visible = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === source.uri);
  try {
    const cell = cellOf(uri);
    if (cell) {
      const selections = [new NotebookRange(cell.index, cell.index + 1)];
      await window.showNotebookDocument(cell.notebook, {
        viewColumn: ViewColumn.One,
        selections,
        preserveFocus,
      });
      return;
    }
    await window.showTextDocument(uri, {
      viewColumn: visible?.viewColumn ?? ViewColumn.One,
      selection: new Range(place, place),
      preserveFocus,
    });
  } catch {
    window.showWarningMessage(l10n.t('{0} can’t be shown: it was closed or deleted.', source.name));
  }
}

function cellOf(uri: Uri): { readonly notebook: NotebookDocument; readonly index: number } | undefined {
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === uri.toString());
    if (cell) return { notebook, index: cell.index };
  }
  return undefined;
}
