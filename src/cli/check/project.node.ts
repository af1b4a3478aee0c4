import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ProjectReleases, RELEASE_FILES, releasesIn } from '../../analysis/checks/releases.ts';

/** What is read without being named is small. */
const MOST_BYTES = 200_000;
const MOST_LOCKED_BYTES = 4_000_000;

/** What shows that a folder is the top of a project. */
const TOPS = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg'];

/** The files around those that are checked: modules they import, releases they ask for. Each is read once. */
export class Project {
  readonly #allows: (path: string) => boolean;
  readonly #texts = new Map<string, string | null>();
  readonly #tops = new Map<string, string>();
  readonly #releases = new Map<string, ProjectReleases>();

  /** `allows`: which files may be read. */
  constructor(allows: (path: string) => boolean = () => true) {
    this.#allows = allows;
  }

  /** The text of a file; null if there's none, or a large one. */
  text(path: string, mostBytes = MOST_BYTES): string | null {
    let text = this.#texts.get(path);
    if (text === undefined) {
      text = this.#allows(path) ? smallText(path, mostBytes) : null;
      this.#texts.set(path, text);
    }
    return text;
  }

  /** From the folder of a file up to the top of its project. */
  foldersAbove(path: string): readonly string[] {
    const folders = [dirname(path)];
    const top = this.#topOf(folders[0]!);
    for (let folder = folders[0]!; folder !== top && folder !== dirname(folder); ) {
      folder = dirname(folder);
      folders.push(folder);
    }
    return folders;
  }

  /** The releases that a folder's project asks for. */
  releases(folder: string): ProjectReleases {
    const top = this.#topOf(folder);
    let releases = this.#releases.get(top);
    if (!releases) {
      releases = releasesIn(RELEASE_FILES.map((name) => this.text(join(top, name), MOST_LOCKED_BYTES) ?? ''));
      this.#releases.set(top, releases);
    }
    return releases;
  }

  /** The nearest folder above that looks like one; without any, the folder itself. */
  #topOf(folder: string): string {
    const known = this.#tops.get(folder);
    if (known !== undefined) return known;
    const above = dirname(folder);
    const top = TOPS.some((name) => kindOf(join(folder, name)) !== null)
      ? folder
      : above === folder
        ? null
        : this.#topOf(above);
    const found = top === null || isRoot(top) ? folder : top;
    this.#tops.set(folder, found);
    return found;
  }
}

function isRoot(folder: string): boolean {
  return dirname(folder) === folder;
}

function kindOf(path: string): 'file' | 'folder' | null {
  try {
    return statSync(path).isFile() ? 'file' : 'folder';
  } catch {
    return null;
  }
}

function smallText(path: string, mostBytes: number): string | null {
  try {
    const stat = statSync(path);
    // A pipe or a device has no end.
    return stat.isFile() && stat.size <= mostBytes ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}
