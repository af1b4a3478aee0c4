import { createRequire } from 'node:module';
import type * as Main from './startTfjs.ts';
import type { Tfjs } from './startTfjs.ts';

let loaded: Tfjs | undefined;

/** Loads tfjs when it's first asked for: `tfjs.js`, which is next to `engineFile`. For `module` and `shared` see `start`. */
export function loadTfjs(engineFile: string, module: WebAssembly.Module | undefined, shared: boolean): Tfjs {
  const load = () => (createRequire(engineFile)('./tfjs.js') as typeof Main).start(module, shared);
  loaded ??= load();
  return loaded;
}
