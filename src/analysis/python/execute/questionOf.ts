import type { SyntaxNode } from '@lezer/common';
import type { BoundCall, Given } from '../losses/boundCall.ts';
import { moduleKeyOf } from '../names/moduleStore.ts';
import { visible } from '../names/visibleBindings.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import { isDefault } from '../values/pythonValues.ts';
import type { Resolver } from '../values/resolver.ts';
import type { PythonSource } from './code/pythonSource.ts';
import type { ExecutionQuestion, SiteArgument } from './question.ts';

/** Cells that are one module with the one of a call. */
const MOST_CELLS = 200;
/** Names of an argument that are looked at. */
const MOST_NAMES = 50;
/** Arguments of a call that are handed on. */
const MOST_ARGUMENTS = 64;

const SOURCES = new WeakMap<PyModule, PythonSource>();
const MODULES = new WeakMap<PythonSource, PyModule>();

/** The module that has a text; undefined of one that was never asked for. */
export function moduleOfSource(source: PythonSource): PyModule | undefined {
  return MODULES.get(source);
}

/** The text and tree of a module. */
function pythonSourceOf(module: PyModule): PythonSource {
  const known = SOURCES.get(module);
  if (known) return known;
  const source = { text: module.text, top: module.top };
  SOURCES.set(module, source);
  MODULES.set(source, module);
  return source;
}

/**
 * What is to be executed for a class or function, as it's called by `call`; without one with nothing given. Null where it can't
 * be told what it is given.
 */
export function questionOf(
  definition: Scope,
  call: BoundCall | null,
  resolver: Resolver,
  known: Pick<ExecutionQuestion, 'alphaParameter' | 'classesParameter' | 'alpha' | 'classes'> = {},
): ExecutionQuestion | null {
  const source = pythonSourceOf(definition.module);
  if (!definition.node || call?.open) return null;
  return {
    ...known,
    source,
    node: definition.node,
    given: call ? givenBy(call, resolver) : [],
    findModule: (from, level, path) => findModule(from, level, path, resolver),
    cells: cellsOf(call?.call.scope.module ?? definition.module, resolver),
  };
}

/** As the analysis finds it: of a package undefined. What isn't read yet is asked for. */
function findModule(
  from: PythonSource,
  level: number,
  path: readonly string[],
  { store }: Resolver,
): PythonSource | null | undefined {
  const asker = MODULES.get(from);
  const [first = ''] = path;
  if (!asker || store.isLibrary(level, first)) return undefined;
  const request = { level, path, ...(asker.key !== undefined && { from: asker.key }) };
  const module = store.get({ ...request, key: moduleKeyOf(request) }, asker);
  return module ? pythonSourceOf(module) : null;
}

/** From the cell of a call to the first. */
function cellsOf({ cell, key }: PyModule, { cells }: Resolver): readonly PythonSource[] {
  if (cell === undefined || key !== undefined || cell === 0) return [];
  const all: PythonSource[] = [];
  for (let i = cell; i >= 0 && cell - i < MOST_CELLS; i--) {
    all.push(pythonSourceOf(cells.at(i)));
  }
  return all;
}

function givenBy({ positional, named }: BoundCall, resolver: Resolver): SiteArgument[] {
  const byName = named.names(MOST_ARGUMENTS).flatMap((name): SiteArgument[] => {
    const given = named.get(name);
    return given ? [argumentOf(name, given, resolver)] : [];
  });
  return [...positional.map((given) => argumentOf(null, given, resolver)), ...byName];
}

const LITERALS = new Set(['Number', 'Boolean', 'None', 'String']);

function argumentOf(name: string | null, { expression }: Given, resolver: Resolver): SiteArgument {
  const { node, scope } = expression;
  const source = pythonSourceOf(scope.module);
  if (LITERALS.has(node.name)) return { name, value: { is: 'code', node, source } };
  const value = resolver.resolve(expression);
  if (value.kind === 'number' || value.kind === 'boolean' || value.kind === 'text') {
    // A caller, or a command line, may say otherwise.
    if (isDefault(value)) return { name, value: { is: 'unknown' } };
    if (value.kind !== 'number')
      return { name, value: { is: 'value', value: value.kind === 'text' ? value.text : value.value } };
    return { name, value: { is: 'value', value: value.integer ? { int: value.value } : value.value } };
  }
  const isOfModule = namesIn(node, scope.module.text).every((each) => isGlobal(each, scope, node.from));
  return { name, value: isOfModule ? { is: 'code', node, source } : { is: 'unknown' } };
}

/** A name of the module, which has one value there. */
function isGlobal(name: string, scope: Scope, offset: number): boolean {
  const here = visible(name, scope, offset);
  return !here || (here.scope.kind === 'module' && (here.scope.bindings.get(name)?.length ?? 0) <= 1);
}

/** Names that stand in an expression, but for those of its arguments. */
function namesIn(node: SyntaxNode, text: string): readonly string[] {
  const names: string[] = [];
  node.cursor().iterate(({ name, from, to, node: each }) => {
    const isArgument = each.nextSibling?.name === 'AssignOp' && each.parent?.name === 'ArgList';
    if (name === 'VariableName' && !isArgument && names.length < MOST_NAMES) names.push(text.slice(from, to));
  });
  return names;
}
