import { join } from 'node:path';
import { build } from 'esbuild';
import { OUTPUT } from '../../vscode/paths.ts';

const PROGRAMS = {
  smoothLabels: 'contenders/smoothLabels.ts',
  helper: 'contenders/helper.ts',
  tfjs: 'contenders/tfjs.ts',
  jsonText: 'contenders/jsonText.ts',
  npyRows: 'ingest/npyRows.ts',
} as const;

/** Bundles the programs that Node runs, minified as the engine is, with the kernel beside them. Returns where each is. */
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
    format: 'cjs',
    target: 'es2022',
    outExtension: { '.js': '.cjs' },
    external: ['@tensorflow/*'],
    loader: { '.wasm': 'file' },
    assetNames: 'kernel-[name]',
  });
  const at = (name: string) => join(outdir, `${name}.cjs`);
  return {
    smoothLabels: at('smoothLabels'),
    helper: at('helper'),
    tfjs: at('tfjs'),
    jsonText: at('jsonText'),
    npyRows: at('npyRows'),
  };
}
