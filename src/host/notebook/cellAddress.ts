import {
  l10n,
  type NotebookCell,
  type NotebookDocument,
  NotebookRange,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

/**
 * A cell, by the URI of its document, which stays when it's moved; or, while its notebook isn't open, by the id it has in its
 * file, or by its index.
 */
export interface CellAddress {
  readonly notebook: string;
  readonly cell: string | number;
}

/** One of the texts in a cell's outputs (`tensorTexts`). */
export interface CellOutput extends CellAddress {
  readonly output: number;
  /** Which tensor of several. */
  readonly member?: string | undefined;
}

export function addressOf({ notebook, document }: NotebookCell): CellAddress {
  return { notebook: notebook.uri.toString(), cell: document.uri.toString() };
}

/** An address that holds when the notebook is opened again: documents get other URIs then. */
export function lastingAddressOf({ notebook, metadata, index }: NotebookCell): CellAddress {
  return { notebook: notebook.uri.toString(), cell: typeof metadata.id === 'string' ? metadata.id : index };
}

/** True for what VS Code hands to a command of a cell, and whoever else may run it. */
export function isCell(of: unknown): of is NotebookCell {
  return typeof of === 'object' && of !== null && 'notebook' in of && 'outputs' in of;
}

/** Undefined if its notebook isn't open, or the cell was deleted. */
export function cellAt({ notebook, cell }: CellAddress): NotebookCell | undefined {
  return notebookAt(notebook)
    ?.getCells()
    .find(
      ({ document, metadata, index }) =>
        cell === index || cell === document.uri.toString() || cell === metadata.id,
    );
}

export function notebookAt(uri: string): NotebookDocument | undefined {
  return workspace.notebookDocuments.find((notebook) => notebook.uri.toString() === uri);
}

/** The cell a document is; undefined if it isn't one. */
export function cellOfDocument(uri: string): NotebookCell | undefined {
  for (const notebook of workspace.notebookDocuments) {
    const cell = notebook.getCells().find(({ document }) => document.uri.toString() === uri);
    if (cell) return cell;
  }
  return undefined;
}

/** "cell [3]", as the margin has it; before the cell was run "cell 5", counted from 1, cells of text included. */
export function cellName({ index, executionSummary }: NotebookCell): string {
  const run = executionSummary?.executionOrder;
  return run === undefined ? l10n.t('cell {0}', index + 1) : l10n.t('cell [{0}]', run);
}

/** Shows a cell in the editor that has its notebook, or opens one. */
export async function revealCell({ notebook, index }: NotebookCell, preserveFocus = false): Promise<void> {
  const selections = [new NotebookRange(index, index + 1)];
  const visible = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  if (!visible) {
    await window.showNotebookDocument(notebook, {
      viewColumn: ViewColumn.One,
      selections,
      preserveFocus,
    });
    return;
  }
  const viewColumn = visible.viewColumn ?? ViewColumn.One;
  const editor = await window.showNotebookDocument(notebook, { viewColumn, selections, preserveFocus });
  editor.revealRange(selections[0]!);
}
