import type { FrameworkPackage } from '../../frameworks/frameworkPackage.ts';

/** Aliases of aliases that are followed. */
const MOST_ALIASES = 8;

/** The names by which code imports the packages of the catalogue. */
export class ImportNames {
  readonly #aliases: readonly (readonly [module: string, of: string])[];
  readonly #customary: ReadonlyMap<string, string>;

  constructor(packages: Iterable<FrameworkPackage>) {
    const all = [...packages];
    this.#aliases = all.flatMap(({ aliases = {} }) => Object.entries(aliases));
    this.#customary = new Map(all.flatMap(({ customary = {} }) => Object.entries(customary)));
  }

  /** The packages that are aliases of others, at least in part. */
  get packages(): readonly string[] {
    return this.#aliases.map(([module]) => module.slice(0, module.indexOf('.')));
  }

  /** The full name under which the catalogue knows a thing, if it knows it. */
  canonical(path: string): string {
    let name = path;
    for (let i = 0; i < MOST_ALIASES; i++) {
      const alias = this.#aliases.find(([module]) => name.startsWith(module));
      if (!alias) break;
      name = alias[1] + name.slice(alias[0].length);
    }
    return name;
  }

  /** What everybody imports under this name. For names a document doesn't bind: a snippet, a cell of its own. */
  customary(name: string): string | undefined {
    return this.#customary.get(name);
  }
}
