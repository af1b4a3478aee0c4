import { FileType, Uri, workspace } from 'vscode';

/** The file itself, if it's in one of these folders and no link is on its way from there; else undefined. */
export async function fileWithoutLinks(uri: Uri, folders: readonly Uri[]): Promise<Uri | undefined> {
  const folder = folders.find((each) => isBelow(uri, each));
  if (!folder) return undefined;
  try {
    for (let part = uri; isBelow(part, folder); part = Uri.joinPath(part, '..'))
      if ((await workspace.fs.stat(part)).type & FileType.SymbolicLink) return undefined;
    return uri;
  } catch {
    return undefined;
  }
}

function isBelow(uri: Uri, folder: Uri): boolean {
  const isSame = uri.scheme === folder.scheme && uri.authority === folder.authority;
  return isSame && uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
}
