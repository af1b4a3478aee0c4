import type { FileFormat, LibraryName, SourceRequest } from '../../protocol/engineChannel.ts';
import type { Running } from './workerLife.ts';

/** Gives a worker what it reads these sources with, before it's asked to. */
export async function sendLibraries(
  running: Running,
  requests: readonly (SourceRequest | null | undefined)[],
): Promise<void> {
  for (const name of librariesOf(requests)) await sendLibrary(running, name);
}

function librariesOf(requests: readonly (SourceRequest | null | undefined)[]): ReadonlySet<LibraryName> {
  const names = new Set<LibraryName>();
  for (const request of requests) {
    const format = request && 'file' in request.input ? request.input.file.format : undefined;
    if (isLibrary(format)) names.add(format);
  }
  return names;
}

function isLibrary(format: FileFormat | undefined): format is LibraryName {
  return format === 'parquet' || format === 'arrow' || format === 'hdf5';
}

/** Sends a worker the text of a bundle, once, if it can't load that itself. */
function sendLibrary({ worker, remote, libraries }: Running, name: LibraryName): Promise<void> | undefined {
  const known = libraries.get(name);
  if (known || !worker.readScript) return known;
  const sent = worker.readScript(name).then((script) => remote.library(name, script));
  libraries.set(name, sent);
  sent.catch(() => libraries.delete(name));
  return sent;
}
