import { type CancellationToken, FileType, Uri, workspace } from 'vscode';
import { fileLanguage, SKIPPED_FOLDERS } from '../../../problems/files/fileLanguages.ts';

/** Folders that are looked into, at most: nobody waits for more. */
const MOST_FOLDERS = 20_000;

/** What is below a folder: files that may configure losses, and those that say which files git ignores; in the order of their paths. */
interface FilesBelow {
  readonly sources: readonly Uri[];
  readonly ignoring: readonly Uri[];
}

/**
 * Looks through a folder by itself: VS Code's search isn't there for every kind of workspace. Links aren't followed: they may lead
 * anywhere, and in circles.
 */
export async function filesBelow(folder: Uri, token?: CancellationToken): Promise<FilesBelow> {
  const [folders, sources, ignoring] = [[folder], [] as Uri[], [] as Uri[]];
  for (let i = 0; i < folders.length && i < MOST_FOLDERS && !token?.isCancellationRequested; i++) {
    for (const [name, type] of await entriesOf(folders[i]!)) {
      const uri = Uri.joinPath(folders[i]!, name);
      if (type === FileType.Directory && !SKIPPED_FOLDERS.includes(name)) folders.push(uri);
      if (type !== FileType.File) continue;
      if (name === '.gitignore') ignoring.push(uri);
      else if (fileLanguage(uri.path) !== undefined) sources.push(uri);
    }
  }
  return { sources: sources.sort((a, b) => (a.path < b.path ? -1 : 1)), ignoring };
}

/** Nothing of a folder that can't be read. */
async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
