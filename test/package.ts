import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { packagedPage } from './packagedPages.ts';
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
    cwd: await stage(kind),
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  return packagePath;
}

/** Packages an extension that tests put beside ours: the language pack that makes a VS Code Korean, or the probe of a benchmark. Returns its path. */
export async function packageFixture(name: 'koreanPack' | 'readProbe'): Promise<string> {
  const folder = join(OUTPUT, 'packages');
  mkdirSync(folder, { recursive: true });
  const packagePath = join(folder, `${name}.vsix`);
  await createVSIX({
    cwd: join(ROOT, 'test', 'fixtures', name),
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

/** The paths that go into a package, sorted. */
export async function packagedFiles(): Promise<string[]> {
  return (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).sort();
}

/**
 * A copy of what is packaged, its pages made to stand alone. Browser-only, it is without the entry for Node: VS Code then has no choice
 * of extension host.
 */
async function stage(kind: PackageKind): Promise<string> {
  const folder = join(OUTPUT, 'packages', kind);
  rmSync(folder, { recursive: true, force: true });
  for (const path of [...(await packagedFiles()), '.vscodeignore']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (path.endsWith('.md')) writeFileSync(join(folder, path), packagedPage(path));
    else cpSync(join(ROOT, path), join(folder, path));
  }
  if (kind === 'browser-only') {
    // Without its kind VS Code infers one, and for what has no `main` that's the web's only.
    const { main, extensionKind: _, ...manifest } = manifestOf(folder);
    rmSync(join(folder, main));
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  }
  return folder;
}

interface Manifest {
  readonly extensionKind?: readonly string[];
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
