import { FileType, type TextDocument, Uri, workspace } from 'vscode';
import { notebookAt } from '../../notebook/cellAddress.ts';
import { codeOf } from '../documents/cellDocuments.ts';

/** Files of a folder that are looked into, and how large they may be. */
const MOST_FILES = 12;
const MOST_BYTES = 300_000;
/** What has a loss more often than other files. */
const TRAINS = /train|main|loss|criteri|fit|model|run/i;

/** The documents of code that a notebook or a file is, in their order: for a notebook its cells. */
export async function documentsAt(uri: Uri): Promise<readonly TextDocument[]> {
  const notebook = notebookAt(uri.toString());
  if (notebook) return codeOf(notebook, 'python');
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open ? [open] : [];
}

/** The Python files beside a file, and other notebooks of its folder that are open. Not every file system lists its folders. */
export async function documentsBeside(uri: Uri): Promise<readonly TextDocument[]> {
  const folder = Uri.joinPath(uri, '..');
  const isBeside = (other: Uri) =>
    other.toString() !== uri.toString() && Uri.joinPath(other, '..').toString() === folder.toString();
  const cells = workspace.notebookDocuments
    .filter((notebook) => isBeside(notebook.uri))
    .flatMap((notebook) => codeOf(notebook, 'python'));
  const files = (await pythonFiles(folder)).filter(isBeside);
  const texts = await Promise.all(files.map(opened));
  return [...texts.filter((text) => text !== undefined), ...cells];
}

async function pythonFiles(folder: Uri): Promise<readonly Uri[]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    const names = entries
      .filter(([name, type]) => (type & FileType.File) !== 0 && name.endsWith('.py'))
      .map(([name]) => name)
      .sort((a, b) => Number(TRAINS.test(b)) - Number(TRAINS.test(a)) || (a < b ? -1 : 1));
    return names.slice(0, MOST_FILES).map((name) => Uri.joinPath(folder, name));
  } catch {
    return [];
  }
}

async function opened(uri: Uri): Promise<TextDocument | undefined> {
  try {
    const { size } = await workspace.fs.stat(uri);
    return size > MOST_BYTES ? undefined : await workspace.openTextDocument(uri);
  } catch {
    // It was deleted meanwhile, or isn't text.
    return undefined;
  }
}
