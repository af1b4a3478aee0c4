import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildForProduction, packageExtension, packageFixture } from '../package.ts';
import { OUTPUT } from '../vscode/paths.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The package that users get. */
    vsix: string;
    /** The same, for the web extension host only. */
    browserVsix: string;
    /** A language pack without texts, that makes the display Korean. */
    koreanPack: string;
  }
}

/** Packages the extension, once for all end-to-end tests. */
export async function setup(project: TestProject): Promise<void> {
  const folder = join(OUTPUT, 'packages');
  buildForProduction();
  project.provide('vsix', await packageExtension('complete', folder));
  project.provide('koreanPack', await packageFixture('koreanPack'));
  project.provide('browserVsix', await packageExtension('browser-only', folder));
}
