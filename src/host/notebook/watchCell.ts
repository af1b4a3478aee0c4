import { Disposable, l10n, type NotebookDocument, workspace } from 'vscode';
import type { TargetsSource } from '../inputs/source.ts';
import type { SourceEvents } from '../inputs/watchSource.ts';
import { cellAt, lastingAddressOf } from './cells.ts';
import { closedNotebook } from './readCell.ts';

/** Follows a cell: its runs, moves, its end and that of its notebook. */
export function watchCell(
  current: () => TargetsSource | undefined,
  events: SourceEvents<TargetsSource>,
): Disposable {
  const watchedIn = ({ uri }: NotebookDocument) => {
    const source = current();
    return source?.kind === 'cell' && source.notebook === uri.toString() ? source : undefined;
  };
  return Disposable.from(
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges, cellChanges }) => {
      const source = watchedIn(notebook);
      if (!source) return;
      const cell = cellAt(source);
      const added = contentChanges.flatMap(({ addedCells }) => addedCells);
      const removed = contentChanges.flatMap(({ removedCells }) => removedCells);
      if (!cell) {
        if (removed.some(({ document }) => document.uri.toString() === source.cell))
          events.gone(l10n.t('The cell was deleted.'));
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
