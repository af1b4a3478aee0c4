import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../vscode/paths.ts';
import { FILES, importsOf, textOfFile } from './imports.ts';

const { bundles } = createRequire(import.meta.url)(join(ROOT, 'esbuild.js'));

/** The bundles that run beside VS Code's API. */
const ENTRIES: readonly string[] = [
  ...new Set<string>(
    bundles.flatMap(
      ({ external, entryPoints }: { external?: string[]; entryPoints: Record<string, string> }) =>
        external?.includes('vscode') ? Object.values(entryPoints) : [],
    ),
  ),
];

/** All that an entry has in its bundle: what is loaded later is in another one. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached)
    for (const { to, isType, isLater } of FILES.includes(file) ? importsOf(file) : [])
      if (!isType && !isLater) reached.add(to);
  return reached;
}

describe('sentences that are written without VS Code are in its language', () => {
  it('in every bundle that has some, as its entry says which language that is', () => {
    const speaking = ENTRIES.filter((entry) => reachedFrom(entry).has('@vscode/l10n'));
    expect(speaking.length).toBeGreaterThan(2);
    const silent = speaking.filter((entry) => !/^speakDisplayLanguage\(\);$/m.test(textOfFile(entry)));
    expect(silent).toEqual([]);
  });
});
