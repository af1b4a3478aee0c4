import plain from '../../../dist/kernel/shared-plain.wasm';
import relaxed from '../../../dist/kernel/shared-relaxed.wasm';
import type { KernelBuilds } from './kernel.ts';

/** Threads share the kernel's memory. */
export const SHARED = true;
export const BUILDS: KernelBuilds = { relaxed, plain };
