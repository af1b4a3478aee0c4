import { Disposable, l10n, type NotebookCell, type NotebookDocument, workspace } from 'vscode';
import type { SourceEvents } from '../sources/sourceEvents.ts';
import { addressOf, type CellAddress, cellAt, lastingAddressOf } from './cellAddress.ts';
import { closedNotebook } from './readCell.ts';

/** Follows a cell: its runs, moves, its end and that of its notebook. */
export function watchCell<S extends CellAddress>(
  current: () => S | undefined,
  events: SourceEvents<S>,
): Disposable {
  const watchedIn = ({ uri }: NotebookDocument) => {
    const source = current();
    return source?.notebook === uri.toString() ? source : undefined;
  };
  return Disposable.from(
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
      const source = watchedIn(notebook);
      if (!source) return;
      const cell = cellAt(source);
      const added = contentChanges.flatMap(({ addedCells }) => addedCells);
      const removed = contentChanges.flatMap(({ removedCells }) => removedCells);
      if (!cell) {
        const lost = removed.find(({ document }) => document.uri.toString() === source.cell);
        const successor = lost && added.find((each) => isSame(each, lost));
        if (successor) {
          events.moved({ ...source, ...addressOf(successor) });
          events.changed();
        } else if (lost) events.gone(l10n.t('The cell was deleted.'));
        return;
      }
      // Deleting it was undone; a cell that's moved is among those removed, too.
      const isBack = added.includes(cell) && !removed.includes(cell);
      const hasRun = cellChanges.some(
        (change) => change.cell === cell && (change.outputs || change.executionSummary),
      );
      if (isBack || hasRun) events.changed();
      else if (contentChanges.length > 0) events.moved(source);
    }),
    workspace.onDidCloseNotebookDocument((notebook) => {
      const source = watchedIn(notebook);
      if (!source) return;
      const cell = notebook.getCells().find(({ document }) => document.uri.toString() === source.cell);
      if (cell) events.moved({ ...source, ...lastingAddressOf(cell) });
      events.gone(closedNotebook(notebook.uri));
    }),
    workspace.onDidOpenNotebookDocument((notebook) => {
      if (watchedIn(notebook)) events.changed();
    }),
  );
}

/** True for a cell that another one is replaced by when its notebook has changed on disk. Cells of old formats have no ids. */
function isSame(cell: NotebookCell, { metadata, document }: NotebookCell): boolean {
  const hasId = metadata.id !== undefined && metadata.id === cell.metadata.id;
  return hasId || cell.document.getText() === document.getText();
}
