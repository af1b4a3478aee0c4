import { countBefore } from '../../../common/countBefore.ts';
import { remembered } from '../../../common/remembered.ts';
import { placesOfName } from '../../syntax/placesOfName.ts';
import { type PyModule, type Scope, scopeAt } from '../../syntax/pythonScopes.ts';
import { INIT } from '../visibleBindings.ts';

/** Names by which a function is reached, and places of one of them, that are looked at. */
const [MOST_NAMES, MOST_PLACES] = [64, 256];

/** A function may be run between two places of a module: something is named there that runs it, or that has it. */
export function mayRunBetween(scope: Scope, from: number, to: number): boolean {
  const names = namesReaching(scope);
  return (
    names === null ||
    names.some((name) => {
      const all = placesOfName(scope.module, name);
      return (all[countBefore(all, from, (at) => at)] ?? to) < to;
    })
  );
}

/** The function's name, those of functions that name it, of what it's kept in, and so on; null if they are too many. */
const namesReaching = remembered((scope: Scope): readonly string[] | null => {
  const { module } = scope;
  const names = new Set([nameOf(scope)]);
  for (const name of names) {
    const all = placesOfName(module, name);
    if (names.size > MOST_NAMES || all.length > MOST_PLACES) return null;
    for (const at of all) for (const other of namedWith(module, at)) names.add(other);
  }
  return [...names];
});

/** What runs a function or method: an object of a class runs some where it's made or called. */
function nameOf({ name, parent }: Scope): string {
  const isImplicit = INIT.test(name) || /^__\w+__$|^forward$/.test(name);
  return isImplicit && parent?.kind === 'class' ? parent.name : name;
}

const STATEMENT = /^\s*(?:return\s+|await\s+)?([A-Za-z_]\w{0,80})/;
const LONGEST_LINE = 300;

/** What has, or runs, what is named at a place: the function around it, or what the line begins with. */
function namedWith(module: PyModule, at: number): readonly string[] {
  const { text } = module;
  let around: Scope | null = scopeAt(module, at);
  // Where a function is defined doesn't run it.
  if (around?.node?.from !== undefined && at <= around.span.from + around.name.length + LONGEST_DEFINED) {
    const isOwn = text.slice(around.span.from, at).trimEnd() === 'def';
    if (isOwn) return [];
  }
  while (around && around.kind === 'function' && around.name === '') around = around.parent;
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start, Math.min(at, start + LONGEST_LINE));
  const first = STATEMENT.exec(line)?.[1];
  const named = first !== undefined && !KEYWORDS.has(first) ? [first] : [];
  return around && around.kind === 'function' ? [nameOf(around), ...named] : named;
}

const LONGEST_DEFINED = 10;
const KEYWORDS = new Set([
  'def',
  'class',
  'if',
  'for',
  'while',
  'with',
  'return',
  'self',
  'import',
  'from',
  'elif',
  'print',
]);
