import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { OUTPUT, ROOT } from './vscode/paths.ts';

/** Both packages are whole, installable extensions; the second runs in the web extension host only. */
export type PackageKind = 'complete' | 'browser-only';

export function buildForProduction(): void {
  execFileSync(process.execPath, ['esbuild.js', '--production'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Packages what was built. Returns the path of the package, in `folder`. */
export async function packageExtension(kind: PackageKind, folder: string): Promise<string> {
  const { name, version } = manifestOf(ROOT);
  mkdirSync(folder, { recursive: true });
  const packagePath = join(folder, `${name}-${version}${kind === 'complete' ? '' : '-browser'}.vsix`);
  await createVSIX({
    cwd: kind === 'complete' ? ROOT : await stageBrowserOnly(),
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    // README's pictures stay relative: there is no address to point them at.
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

/** The paths that go into a package, sorted. */
export async function packagedFiles(): Promise<string[]> {
  return (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).sort();
}

/** A copy of what is packaged, without the entry for Node: VS Code then has no choice of extension host. */
async function stageBrowserOnly(): Promise<string> {
  const stage = join(OUTPUT, 'browser-only');
  rmSync(stage, { recursive: true, force: true });
  for (const path of [...(await packagedFiles()), '.vscodeignore'])
    cpSync(join(ROOT, path), join(stage, path));
  const { main, ...manifest } = manifestOf(ROOT);
  rmSync(join(stage, main));
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  return stage;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly main: string;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

if (import.meta.main) {
  buildForProduction();
  await packageExtension('complete', ROOT);
}
