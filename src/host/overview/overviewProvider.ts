import {
  type CustomDocument,
  type CustomReadonlyEditorProvider,
  FileSystemError,
  FileType,
  type Uri,
  type WebviewPanel,
  workspace,
} from 'vscode';

/** The editor that VS Code offers for files of arrays. It loads what it needs with the first of them. */
export function overviewProvider(
  show: (uri: Uri, panel: WebviewPanel) => Promise<void>,
): CustomReadonlyEditorProvider {
  return {
    openCustomDocument: async (uri): Promise<CustomDocument> => {
      // A file that isn't there, or a folder, is told as VS Code tells it.
      const { type } = await workspace.fs.stat(uri);
      if ((type & FileType.Directory) !== 0) throw FileSystemError.FileIsADirectory(uri);
      return { uri, dispose() {} };
    },
    resolveCustomEditor: ({ uri }, panel) => show(uri, panel),
  };
}
