import { join } from 'node:path';
import { build } from 'esbuild';
import { OUTPUT } from '../../vscode/paths.ts';

const PROGRAMS = {
  smoothLabels: 'contenders/smoothLabels.ts',
  tfjs: 'contenders/tfjs.ts',
  jsonText: 'contenders/jsonText.ts',
  npyRows: 'ingest/npyRows.ts',
} as const;

/** Bundles the programs that Node runs, with the kernel in them and minified as the engine is. Returns where each is. */
export async function bundlePrograms(): Promise<Record<keyof typeof PROGRAMS, string>> {
  const outdir = join(OUTPUT, 'bench');
  const bench = join(import.meta.dirname, '..');
  await build({
    entryPoints: Object.fromEntries(
      Object.entries(PROGRAMS).map(([name, file]) => [name, join(bench, file)]),
    ),
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    loader: { '.wasm': 'binary' },
  });
  const at = (name: string) => join(outdir, `${name}.mjs`);
  return {
    smoothLabels: at('smoothLabels'),
    tfjs: at('tfjs'),
    jsonText: at('jsonText'),
    npyRows: at('npyRows'),
  };
}
