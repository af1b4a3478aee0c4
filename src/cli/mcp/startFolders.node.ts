import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../command.ts';

/** What may be read at first, and whether the client has a say in it. */
export interface StartFolders {
  readonly folders: readonly string[];
  /** The person has named them: the client's don't count. */
  readonly areNamed: boolean;
}

/** Throws `UsageError` for what is named and isn't a folder. */
export function startFolders(named: readonly string[], from: string, usage: string): StartFolders {
  if (named.length === 0) return { folders: isTooWide(from) ? [] : [from], areNamed: false };
  const folders = named.map((name) => resolve(from, name));
  const odd = folders.find((folder) => !statSync(folder, { throwIfNoEntry: false })?.isDirectory());
  if (odd !== undefined) throw new UsageError(`${odd} isn’t a folder.`, usage);
  return { folders, areNamed: true };
}

/** Some clients start servers in / or at home: nobody meant all that is there. */
function isTooWide(folder: string): boolean {
  return dirname(folder) === folder || folder === homedir();
}
