import { NotebookCellKind, type NotebookDocument, type TextDocument, workspace } from 'vscode';

/** The code of a notebook in one language: its cells in order, and behind them what is being typed into an interactive window. */
export function codeOf(notebook: NotebookDocument, languageId: string): readonly TextDocument[] {
  const cells = notebook
    .getCells()
    .filter(({ kind }) => kind === NotebookCellKind.Code)
    .map(({ document }) => document);
  const input = notebook.uri.path.endsWith('.interactive')
    ? workspace.textDocuments.filter(
        (document) => isInteractiveInput(document) && notebookOf(document) === notebook,
      )
    : [];
  return [...cells, ...input].filter((document) => document.languageId === languageId);
}

const INTERACTIVE_INPUT = 'vscode-interactive-input';

function isInteractiveInput({ uri }: TextDocument): boolean {
  return uri.scheme === INTERACTIVE_INPUT;
}

/** A cell stays in its notebook, and there may be many. */
const known = new WeakMap<TextDocument, NotebookDocument>();

export function notebookOf(document: TextDocument): NotebookDocument | undefined {
  const { scheme, path } = document.uri;
  if (scheme === INTERACTIVE_INPUT) {
    // InteractiveInput-1 is the input of Interactive-1.interactive.
    const number = path.slice(path.lastIndexOf('-') + 1);
    return workspace.notebookDocuments.find(
      ({ uri }) => uri.path.endsWith(`-${number}.interactive`) && /^\d+$/.test(number),
    );
  }
  if (scheme !== 'vscode-notebook-cell') return undefined;
  const last = known.get(document);
  if (last && !last.isClosed) return last;
  const notebook = workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document === document),
  );
  if (notebook) known.set(document, notebook);
  return notebook;
}

/** What people call the file a document is, or is a cell of. */
export function nameOfDocument(document: TextDocument): string {
  const { path } = notebookOf(document)?.uri ?? document.uri;
  return path.slice(path.lastIndexOf('/') + 1);
}
