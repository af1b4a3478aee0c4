import type * as Main from './main.ts';
import type { Tfjs } from './main.ts';

let loaded: Tfjs | undefined;

/**
 * Runs tfjs when it's first asked for. A worker that was started from a blob has no files next to it, so the bundle holds the
 * whole of it; a `require` of a module isn't run before it's reached.
 */
export function loadTfjs(_engineFile: string, build: BufferSource | undefined, shared: boolean): Tfjs {
  loaded ??= (require('./main.ts') as typeof Main).start(build, shared);
  return loaded;
}
