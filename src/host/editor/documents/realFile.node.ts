import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { Uri } from 'vscode';
import { fileWithoutLinks } from './fileWithoutLinks.ts';

/** The file behind all links, if it's in one of these folders; undefined if it isn't there, or is somewhere else. */
export async function realFile(uri: Uri, folders: readonly Uri[]): Promise<Uri | undefined> {
  if (uri.scheme !== 'file') return fileWithoutLinks(uri, folders);
  const local = folders.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  const path = await realPathWithin(uri.fsPath, local);
  return path === undefined ? undefined : Uri.file(path);
}

/** The path behind all links, if it's in one of these folders, which may be links themselves. */
export async function realPathWithin(path: string, folders: readonly string[]): Promise<string | undefined> {
  const [real, ...roots] = await Promise.all([path, ...folders].map(realPath));
  if (real === undefined) return undefined;
  const isIn = (root: string | undefined) => root !== undefined && isBelow(relative(root, real));
  return roots.some(isIn) ? real : undefined;
}

/** Undefined if there's nothing, or the links go round in circles. */
async function realPath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch {
    return undefined;
  }
}

function isBelow(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}
