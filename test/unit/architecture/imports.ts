import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { ROOT } from '../../vscode/paths.ts';

/** An import of a file of src. */
export interface Import {
  /** Paths begin at the root: `src/loss/…`. */
  readonly from: string;
  /** A file of src, or what a package or VS Code is called. */
  readonly to: string;
  readonly isType: boolean;
  /** By `import()`: later, or only a type. */
  readonly isLater: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** The files of src, the kernel’s AssemblyScript among them. */
export const ALL_FILES: readonly string[] = readdirSync(join(ROOT, 'src'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => `src/${file.split(sep).join('/')}`)
  .sort();

/** Those of TypeScript: AssemblyScript has a compiler of its own. */
export const FILES: readonly string[] = ALL_FILES.filter((file) => !file.includes('/assembly/'));

export function textOfFile(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** All that a file imports. */
export function importsOf(file: string): readonly Import[] {
  return [...textOfFile(file).matchAll(STATEMENT)].map(([, type, names, module, loaded]) => {
    const named = (names ?? '').replace(/^\s*\{|\}\s*$/g, '').split(',');
    const onlyTypes = names?.trim().startsWith('{') && named.every((name) => /^\s*(?:type\s|$)/.test(name));
    const path = module ?? loaded!;
    const to = path.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), path)) : path;
    return {
      from: file,
      to,
      isType: type !== undefined || onlyTypes === true,
      isLater: loaded !== undefined,
    };
  });
}

/** The room a file is in; undefined for extension.ts and what isn't of src. */
export function roomOf(file: string): string | undefined {
  const [src, room, ...rest] = file.split('/');
  return src === 'src' && rest.length > 0 ? room : undefined;
}

/** Files that lead back to themselves, each circle once. */
export function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const circles: (readonly string[])[] = [];
  const visit = (file: string) => {
    state.set(file, 'open');
    path.push(file);
    for (const next of imports.get(file) ?? []) {
      if (state.get(next) === 'open') circles.push([...path.slice(path.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of imports.keys()) if (!state.has(file)) visit(file);
  return circles;
}

export const folderOf = (file: string) => dirname(file);
