import ignore from 'ignore';

/** The rules of a folder's .gitignore: paths are relative to the folder. */
export interface IgnoreRules {
  /** With slashes, without one at its end. */
  readonly folder: string;
  readonly test: (inside: string) => { readonly ignored: boolean; readonly unignored: boolean };
}

/** Reads a .gitignore. */
export function ignoreRules(folder: string, text: string): IgnoreRules {
  const rules = ignore().add(text);
  return { folder, test: (inside) => rules.test(inside) };
}

/** Of rules from the outermost folder to the innermost, the last that say anything of a path decide. */
export function isPathIgnored(path: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, test } of rules.toReversed()) {
    if (!path.startsWith(`${folder}/`)) continue;
    const inside = path.slice(folder.length + 1);
    const { ignored, unignored } = test(isFolder ? `${inside}/` : inside);
    if (ignored || unignored) return ignored;
  }
  return false;
}
