/** Statements, wherever they stand, that change what a name of a module stands for; texts are looked through once, line by line. */
const ASSIGNED =
  /^[ \t]*([A-Za-z_]\w*)((?:\.\w+|\[[^\][\n]*\])+)[ \t]*(?:[-+*/%&|^@]|\*\*|\/\/|<<|>>)?=(?!=)/gm;
const METHODS =
  /^[ \t]*([A-Za-z_]\w*)\.(?:append|extend|insert|pop|popitem|remove|clear|sort|reverse|update|setdefault|add|discard|\w+_)[ \t]*\(/gm;
const BY_NAME = /\b(?:setattr|delattr)[ \t]*\([ \t]*([A-Za-z_]\w*)/g;
const REMOVED = /^[ \t]*del[ \t]+([A-Za-z_]\w*)[.[]/gm;
const GLOBAL = /^[ \t]*global[ \t]+([\w, \t]+)/gm;

export interface ChangedNames {
  /** Names that are assigned to in functions. */
  readonly rebound: ReadonlySet<string>;
  /** Names of what has elements or attributes that are assigned to. */
  readonly written: ReadonlySet<string>;
  /** Attributes that are assigned to, by name: `.cross_entropy` of `F`. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

export interface NameChange {
  readonly isRebound: boolean;
  readonly isWritten: boolean;
  readonly attributes: readonly string[];
}

/** Names that may stand for something else than what the statement that binds them says. What stands in a text or a comment counts, too. */
export function changedNames(text: string): ChangedNames {
  const rebound = new Set<string>();
  for (const [, names = ''] of text.matchAll(GLOBAL))
    for (const name of names.split(',')) rebound.add(name.trim());
  const written = new Set<string>();
  const attributes = new Map<string, string[]>();
  for (const [, name = '', rest = ''] of text.matchAll(ASSIGNED)) {
    // Documentation changes nothing.
    if (name === 'self' || /^\.__\w+__$/.test(rest)) continue;
    written.add(name);
    if (rest.includes('[')) continue;
    const known = attributes.get(name);
    if (known) known.push(rest);
    else attributes.set(name, [rest]);
  }
  for (const pattern of [METHODS, BY_NAME, REMOVED])
    for (const [, name = ''] of text.matchAll(pattern)) written.add(name);
  return { rebound, written, attributes };
}
