import { join } from 'node:path';
import { build } from 'esbuild';
import { OUTPUT } from '../../vscode/paths.ts';

/** Programs that need the kernel, as one file each, as the engine is shipped. Returns where they are. */
export async function bundled<Name extends string>(names: readonly Name[]): Promise<Record<Name, string>> {
  const outdir = join(OUTPUT, 'bench');
  await build({
    entryPoints: names.map((name) => join(import.meta.dirname, `${name}.ts`)),
    outdir,
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: 'esm',
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    loader: { '.wasm': 'binary' },
  });
  return Object.fromEntries(names.map((name) => [name, join(outdir, `${name}.mjs`)])) as Record<Name, string>;
}
