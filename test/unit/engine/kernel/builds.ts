import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../vscode/paths.ts';

export type BuildName = 'shared-relaxed' | 'shared-plain' | 'private-relaxed' | 'private-plain';

/** A build of the kernel, as `npm run build` leaves it. */
export function kernelBuild(name: BuildName): Buffer<ArrayBuffer> {
  return readFileSync(join(ROOT, 'dist', 'kernel', `${name}.wasm`));
}

export function kernelModule(name: BuildName): WebAssembly.Module {
  return new WebAssembly.Module(kernelBuild(name));
}
