import plain from '../../../dist/kernel/private-plain.wasm';
import relaxed from '../../../dist/kernel/private-relaxed.wasm';
import type { KernelBuilds } from './kernel.ts';

/** A page that isn't cross-origin isolated has no shared memory, as VS Code's in a browser. */
export const SHARED = false;
export const BUILDS: KernelBuilds = { relaxed: () => relaxed, plain: () => plain };
