import { NotebookCellKind, type NotebookDocument, type TextDocument, workspace } from 'vscode';

/** What stands above a document in the same notebook: its other Python cells. Empty for a file. */
export function cellsAbove(document: TextDocument): readonly TextDocument[] {
  const notebook = notebookOf(document);
  if (!notebook) return [];
  const documents = notebook
    .getCells()
    .filter(({ kind }) => kind === NotebookCellKind.Code)
    .map((cell) => cell.document);
  const here = documents.indexOf(document);
  // What is being typed into an interactive window comes after all of its cells.
  const above = here === -1 ? documents : documents.slice(0, here);
  return above.filter(({ languageId }) => languageId === document.languageId);
}

const INTERACTIVE_INPUT = 'vscode-interactive-input';

export function notebookOf(document: TextDocument): NotebookDocument | undefined {
  const { scheme, path } = document.uri;
  if (scheme === INTERACTIVE_INPUT) {
    // InteractiveInput-1 is the input of Interactive-1.interactive.
    const number = /\d+$/.exec(path)?.[0];
    return workspace.notebookDocuments.find(
      ({ uri }) => uri.path.endsWith(`-${number}.interactive`) && number !== undefined,
    );
  }
  if (scheme !== 'vscode-notebook-cell') return undefined;
  return workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
}

/** What people call the file a document is, or is a cell of. */
export function nameOfDocument(document: TextDocument): string {
  const { path } = notebookOf(document)?.uri ?? document.uri;
  return path.slice(path.lastIndexOf('/') + 1);
}
