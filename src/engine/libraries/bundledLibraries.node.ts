import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Libraries } from './libraries.ts';

/** Loads the bundles beside that of the engine. */
export function bundledLibraries(): Libraries {
  const load = createRequire(__filename);
  return { get: (name) => load(join(__dirname, `${name}.js`)), add() {} };
}
