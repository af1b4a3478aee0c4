import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import plain from '../../../dist/kernel/shared-plain.wasm';
import relaxed from '../../../dist/kernel/shared-relaxed.wasm';
import type { KernelBuilds } from './kernel.ts';

/** Threads share the kernel's memory. */
export const SHARED = true;
/** Files next to the bundle: only the one that runs here is read. */
export const BUILDS: KernelBuilds = {
  relaxed: () => readFileSync(join(__dirname, relaxed)),
  plain: () => readFileSync(join(__dirname, plain)),
};
