import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type FileLanguage, fileLanguage, SKIPPED_FOLDERS } from '../../problems/files/fileLanguages.ts';
import { type IgnoreRules, ignoreRules, isPathIgnored } from '../../problems/files/ignoreRules.ts';

/** A file that may configure a loss. */
export interface FoundFile {
  readonly path: string;
  readonly language: FileLanguage;
}

const SKIPPED = new Set(SKIPPED_FOLDERS);

/** Files below paths, each once, in the order of their names. Throws if a path that is named isn't there. `allows`: which rules may be read. */
export function* foundFiles(
  paths: readonly string[],
  from: string,
  allows: (path: string) => boolean = () => true,
): Generator<FoundFile, void, void> {
  const seen = new Set<string>();
  for (const named of paths) {
    const path = resolve(from, named);
    const files = statSync(path).isDirectory() ? below(path, rulesAbove(path, allows), allows) : [path];
    for (const file of files) {
      const language = fileLanguage(withSlashes(file));
      if (!language || seen.has(file)) continue;
      seen.add(file);
      yield { path: file, language };
    }
  }
}

/** Links aren't followed: what they lead to is found where it is, or is outside. */
function* below(
  folder: string,
  above: readonly IgnoreRules[],
  allows: (path: string) => boolean,
): Generator<string, void, void> {
  const rules = [...above, ...rulesOf(folder, allows)];
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const isFolder = entry.isDirectory();
    if ((!isFolder && !entry.isFile()) || (isFolder && SKIPPED.has(entry.name))) continue;
    if (isPathIgnored(withSlashes(path), isFolder, rules)) continue;
    if (isFolder) yield* below(path, rules, allows);
    else yield path;
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // A folder that may not be read has nothing to say.
    return [];
  }
}

/** The rules of folders between the top of the repository and this one. */
function rulesAbove(folder: string, allows: (path: string) => boolean): readonly IgnoreRules[] {
  const rules: IgnoreRules[] = [];
  let current = folder;
  while (!existsSync(join(current, '.git'))) {
    const next = dirname(current);
    // Without a repository there's nothing above that would count.
    if (next === current) return [];
    current = next;
    rules.unshift(...rulesOf(current, allows));
  }
  return rules;
}

function rulesOf(folder: string, allows: (path: string) => boolean): readonly IgnoreRules[] {
  const file = join(folder, '.gitignore');
  try {
    return allows(file) ? [ignoreRules(withSlashes(folder), readFileSync(file, 'utf8'))] : [];
  } catch {
    return [];
  }
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}
