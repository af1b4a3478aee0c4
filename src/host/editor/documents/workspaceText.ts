import { FileType, type Uri, workspace } from 'vscode';
import { realFile } from './realFile.node.ts';

/** What is read without being asked for is small. */
const MOST_BYTES = 200_000;

/**
 * The text of a file of the workspace, as it's being edited or else as it is in its file. Null if there's none, if it isn't a
 * file, or a large one, or if a link leads to it from the workspace and it's outside.
 */
export async function workspaceText(uri: Uri, mostBytes = MOST_BYTES): Promise<string | null> {
  try {
    const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri);
    const real = await realFile(uri, folders);
    if (!real) return null;
    const edited = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (edited) return edited.getText();
    const { type, size } = await workspace.fs.stat(real);
    // A pipe or a device has no end.
    if (!(type & FileType.File) || size > mostBytes) return null;
    return new TextDecoder().decode(await workspace.fs.readFile(real));
  } catch {
    return null;
  }
}
