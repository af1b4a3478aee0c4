import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzed } from './corpus.ts';

/** Debian's python3-torch, python3-sklearn, and Python's own library. */
const FOLDERS = [
  '/usr/lib/python3/dist-packages/torch',
  '/usr/lib/python3/dist-packages/sklearn',
  ...(existsSync('/usr/lib') ? readdirSync('/usr/lib') : [])
    .filter((name) => /^python3\.\d+$/.test(name))
    .map((name) => join('/usr/lib', name)),
];

/** The functions of PyTorch's own tests that are losses: each was looked at. */
const REFERENCES = /^cross_entropy_loss(?:_indices_target|_prob_target)?_reference$/;

function* pythonFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pythonFiles(path);
    else if (entry.isFile() && entry.name.endsWith('.py')) yield path;
  }
}

describe.each(FOLDERS)('%s', (folder) => {
  it.skipIf(!existsSync(folder))(
    'has no exception and no false finding (skipped where it isn’t installed)',
    () => {
      const start = performance.now();
      let files = 0;
      const strange: string[] = [];
      for (const path of pythonFiles(folder)) {
        const text = readFileSync(path, 'utf8');
        files++;
        for (const { api, entry, callee, line } of analyzed(text, 'python', { fileName: path }).configs) {
          // PyTorch calls its own losses by their names, and nothing else in these packages is one.
          const name = text.slice(callee.from, callee.to);
          const own =
            entry?.framework === 'PyTorch' && /cross_entropy|nll_loss|kl_div|_loss$|Loss$/.test(name);
          if (!own && !REFERENCES.test(api) && !/reference_fns/.test(name))
            strange.push(`${path}:${line + 1} ${name}`);
        }
      }
      console.log(`${folder}: ${files} files in ${Math.round(performance.now() - start)} ms`);
      expect(strange).toEqual([]);
    },
    120_000,
  );
});
