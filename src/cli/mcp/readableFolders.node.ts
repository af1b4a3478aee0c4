import { realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { ToolError } from '../../tools/tool.ts';

/** The folders that may be read, and what a path in them leads to. */
export class ReadableFolders {
  readonly #folders: readonly string[];
  /** Without links: a file counts by where it really is. */
  readonly #real: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
    this.#real = folders.map(realOf).filter((folder) => folder !== null);
  }

  /** Where a path that a model gave really leads. Throws `ToolError` for what may not be read, isn't there, or isn't of that kind. */
  pathOf(path: string, kind: 'file' | 'file or folder'): string {
    if (!isAbsolute(path)) throw new ToolError(`path: expected an absolute path. It was "${path}".`);
    const wanted = resolve(path);
    // Nothing outside is even looked for: that would say what is there, and of a share on another machine ask that machine.
    if (!isBelow(wanted, [...this.#folders, ...this.#real])) throw this.#outside(path);
    const real = realOf(wanted);
    if (real === null) throw new ToolError(`There’s no file ${path}.`);
    if (!isBelow(real, this.#real)) throw this.#outside(path);
    const stat = statOf(real);
    if (stat?.isFile() || (kind !== 'file' && stat?.isDirectory())) return real;
    throw new ToolError(`${path} isn’t a ${kind}.`);
  }

  /** True for a file that may be read, wherever the links to it are. */
  readonly allows = (path: string): boolean => {
    if (!isBelow(path, [...this.#folders, ...this.#real])) return false;
    const real = realOf(path);
    return real !== null && isBelow(real, this.#real) && (statOf(real)?.isFile() ?? false);
  };

  #outside(path: string): ToolError {
    const may =
      this.#folders.length > 0
        ? `Only files below ${this.#folders.join(', ')} may be read.`
        : 'No folder may be read: the person has to name one, as in “smooth-labels mcp FOLDER”.';
    return new ToolError(`${path} is outside. ${may}`);
  }
}

function isBelow(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

/** Null for what isn't there, and for what can't be a path. */
function realOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
