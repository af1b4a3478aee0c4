import type { SyntaxNode, TreeCursor } from '@lezer/common';
import type { Work } from '../../../loss/work.ts';
import { findLineStarts, type LineStarts } from '../../lineStarts.ts';
import type { Unread } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { bindTarget, importsOf, parametersOf } from '../names/bindings.ts';
import type { ParsedPython } from './parsedPython.ts';
import type {
  Binding,
  CallSite,
  EntrySet,
  Literal,
  NestedSet,
  PyModule,
  Scope,
  StarImport,
} from './pythonScopes.ts';
import { calleeOf, dottedOf, memberOf, textOf } from './syntaxNodes.ts';

/** Nodes between two yields. */
const NODES = 4000;
/** Scopes in scopes that are looked into: CPython refuses more than 100 levels of indentation. */
const DEEPEST = 100;
/** A module has no longer name. */
const LONGEST_PATH = 300;

/** One walk over the tree: every scope with what it binds, every call. */
export function* scanModule(
  { text, tree, commands, unread }: ParsedPython,
  where: Pick<PyModule, 'cell' | 'key'> = {},
): Work<PyModule> {
  const lineStarts = yield* findLineStarts(text);
  const scan = new Scan({ text, commands, unread }, lineStarts, tree.topNode, where);
  yield 0;
  const cursor = tree.cursor();
  for (let count = 1; ; count++) {
    scan.enter(cursor);
    if (count % NODES === 0) yield cursor.from / (text.length + 1);
    if (!scan.isTooDeep && cursor.firstChild()) continue;
    scan.leave(cursor);
    while (!cursor.nextSibling()) {
      if (!cursor.parent()) return scan.module;
      scan.leave(cursor);
    }
  }
}

class Scan {
  readonly module: PyModule;
  readonly #text: string;
  readonly #scopes: Scope[] = [];
  readonly #calls: CallSite[] = [];
  readonly #dicts: Literal[] = [];
  readonly #stars: StarImport[] = [];
  readonly #entrySets: EntrySet[] = [];
  readonly #nestedSets: NestedSet[] = [];
  readonly #comments: SourceSpan[] = [];
  readonly #blocks: SourceSpan[] = [];
  readonly #outer = new Map<Scope, Map<string, Scope>>();
  /** For each scope that's open, how many blocks its own statements are in. */
  readonly #bases: number[] = [1];
  /** For each scope that's open, the loops it's in the middle of. */
  readonly #loops: SourceSpan[][] = [[]];
  #scope: Scope;
  #decorators: string[] = [];
  #errors: number;
  #unread: Unread | null;

  constructor(
    { text, commands, unread }: Pick<ParsedPython, 'text' | 'commands' | 'unread'>,
    lineStarts: LineStarts,
    top: SyntaxNode,
    where: Pick<PyModule, 'cell' | 'key'>,
  ) {
    this.#text = text;
    this.#unread = unread;
    this.#errors = unread ? 1 : 0;
    const outcome = () => ({ errors: this.#errors, unread: this.#unread });
    const module: PyModule = {
      text,
      top,
      get scope() {
        return scope;
      },
      scopes: this.#scopes,
      calls: this.#calls,
      dicts: this.#dicts,
      stars: this.#stars,
      entrySets: this.#entrySets,
      nestedSets: this.#nestedSets,
      comments: this.#comments,
      commands,
      get errors() {
        return outcome().errors;
      },
      get unread() {
        return outcome().unread;
      },
      lineStarts,
      get cell() {
        return where.cell;
      },
      key: where.key,
    };
    const scope = scopeOf('module', module, null, '', { from: top.from, to: top.to }, null);
    this.#scopes.push(scope);
    this.module = module;
    this.#scope = scope;
    this.#blocks.push({ from: 0, to: text.length + 1 });
  }

  /** What is in the scope that was just opened isn't looked into. */
  get isTooDeep(): boolean {
    return this.#bases.length > DEEPEST;
  }

  enter(cursor: TreeCursor): void {
    if (cursor.type.isError) this.#errors++;
    switch (cursor.name) {
      case 'Body':
        this.#blocks.push({ from: cursor.from, to: cursor.to });
        break;
      case 'WhileStatement':
        this.#loops.at(-1)!.push({ from: cursor.from, to: cursor.to });
        break;
      case 'Decorator':
        this.#decorators.push(this.#decorator(cursor.node));
        break;
      case 'ClassDefinition':
      case 'FunctionDefinition':
      case 'LambdaExpression':
        this.#define(cursor.node);
        break;
      case 'ImportStatement':
        this.#import(cursor.node);
        break;
      case 'ForStatement':
        this.#loops.at(-1)!.push({ from: cursor.from, to: cursor.to });
        this.#bindTargets(cursor.node);
        break;
      case 'AssignStatement':
      case 'NamedExpression':
      case 'UpdateStatement':
      case 'WithStatement':
      case 'TryStatement':
        this.#bindTargets(cursor.node);
        break;
      case 'CapturePattern':
      case 'AsPattern':
        this.#capture(cursor.node);
        break;
      case 'ScopeStatement':
        this.#declareOuter(cursor.node);
        break;
      case 'CallExpression':
        this.#call(cursor.node);
        break;
      case 'DictionaryExpression':
        this.#dicts.push({ node: cursor.node, scope: this.#scope });
        break;
      case 'Comment':
        if (this.#text.slice(cursor.from, cursor.to).includes('smooth-labels'))
          this.#comments.push({ from: cursor.from, to: cursor.to });
        break;
    }
  }

  #bindTargets(node: SyntaxNode): void {
    for (const target of bindTarget(node, this.#text)) {
      const { kind, value, annotated } = target;
      if (kind === 'entry') {
        const set = { object: target.name, node: value, scope: this.#scope };
        if (target.inner) this.#nestedSets.push({ ...set, inner: target.inner });
        else this.#entrySets.push(set);
        continue;
      }
      const what =
        kind === 'value' ? { kind, value, annotated } : kind === 'element' ? { kind, of: value } : { kind };
      this.#bind(target.name, target.at, what);
    }
  }

  /** `case {"eps": eps}:`, `case Loss() as c:` */
  #capture(pattern: SyntaxNode): void {
    const name = pattern.lastChild;
    const isName = name?.name === 'VariableName' && textOf(name, this.#text) !== '_';
    if (isName) this.#bind(textOf(name, this.#text), name.from, { kind: 'unknown' });
  }

  leave({ name }: TreeCursor): void {
    if (name === 'Body') this.#blocks.pop();
    if (name === 'ForStatement' || name === 'WhileStatement') this.#loops.at(-1)!.pop();
    if (name === 'ClassDefinition' || name === 'FunctionDefinition' || name === 'LambdaExpression') {
      this.#scope = this.#scope.parent!;
      this.#blocks.pop();
      this.#bases.pop();
      this.#loops.pop();
    }
  }

  #decorator(node: SyntaxNode): string {
    return textOf(node, this.#text).replace(/^@\s*/, '').trim();
  }

  #define(node: SyntaxNode): void {
    const kind = node.name === 'ClassDefinition' ? 'class' : 'function';
    const named = node.name === 'LambdaExpression' ? null : node.getChild('VariableName');
    const name = named ? textOf(named, this.#text) : '';
    const parameters = kind === 'function' ? parametersOf(node, this.#text) : [];
    const span = { from: node.from, to: node.to };
    const decorators = named ? this.#decorators.splice(0) : [];
    const scope = scopeOf(kind, this.module, this.#scope, name, span, node, parameters, decorators);
    this.#scopes.push(scope);
    if (named) this.#bind(name, node.from, { kind: 'definition', defined: scope });
    this.#scope = scope;
    this.#blocks.push(span);
    this.#bases.push(this.#blocks.length + 1);
    this.#loops.push([]);
    if (this.isTooDeep) this.#unread = 'depth';
    for (const parameter of parameters)
      this.#bind(parameter.name, parameter.at, { kind: 'parameter', parameter });
  }

  #import(node: SyntaxNode): void {
    for (const { bound, at, level, path, name } of importsOf(node, this.#text)) {
      if (path.length > LONGEST_PATH) {
        if (bound !== null) this.#bind(bound, at, { kind: 'unknown' });
      } else if (bound === null) {
        const span = { from: node.from, to: node.to };
        this.#stars.push({ level, path, at, span, block: this.#blocks.at(-1)!, scope: this.#scope });
      } else this.#bind(bound, at, { kind: 'import', level, path, name });
    }
  }

  #bind(name: string, at: number, what: BindingKind): void {
    const conditional = this.#blocks.length > this.#bases.at(-1)!;
    const [loop = null] = this.#loops.at(-1)!;
    const block = this.#blocks.at(-1)!;
    const binding = { ...what, at, block, loop, conditional, scope: this.#scope } as Binding;
    // It may run before or after any use.
    const outer = this.#outer.get(this.#scope)?.get(name);
    if (outer) add(outer.bindings, name, { ...binding, kind: 'unknown', conditional: true } as Binding);
    const owner = this.#selfOf(name);
    if (owner) add(owner.attributes, name.slice(name.indexOf('.') + 1), binding);
    else add(this.#scope.bindings, name, binding);
  }

  /** `global SMOOTHING`, `nonlocal eps`: what the function binds is the module's, or that of a function around it. */
  #declareOuter(node: SyntaxNode): void {
    const isGlobal = node.firstChild?.name === 'global';
    const names = this.#outer.get(this.#scope) ?? new Map<string, Scope>();
    for (let child = node.firstChild?.nextSibling; child; child = child.nextSibling) {
      if (child.name !== 'VariableName') continue;
      const name = textOf(child, this.#text);
      const owner = isGlobal ? this.module.scope : this.#enclosing(name);
      if (owner) names.set(name, owner);
    }
    this.#outer.set(this.#scope, names);
  }

  /** The nearest function around this one that binds the name. */
  #enclosing(name: string): Scope | null {
    let scope = this.#scope.parent;
    while (scope && !(scope.kind === 'function' && scope.bindings.has(name))) scope = scope.parent;
    return scope;
  }

  /** The class whose object `self` is, if the name begins with it. */
  #selfOf(name: string): Scope | undefined {
    const dot = name.indexOf('.');
    const { kind, parent, parameters } = this.#scope;
    if (dot === -1 || kind !== 'function' || parent?.kind !== 'class') return undefined;
    return parameters[0]?.name === name.slice(0, dot) ? parent : undefined;
  }

  #call(node: SyntaxNode): void {
    const callee = calleeOf(node);
    if (!callee) return;
    const name =
      callee.name === 'MemberExpression' ? memberOf(callee, this.#text) : dottedOf(callee, this.#text);
    this.#calls.push({ node, name: name ?? '', scope: this.#scope });
  }
}

type BindingKind = Binding extends infer B
  ? B extends Binding
    ? Omit<B, 'at' | 'block' | 'loop' | 'conditional' | 'scope'>
    : never
  : never;

function scopeOf(
  kind: Scope['kind'],
  module: PyModule,
  parent: Scope | null,
  name: string,
  span: SourceSpan,
  node: SyntaxNode | null,
  parameters: Scope['parameters'] = [],
  decorators: readonly string[] = [],
): Scope {
  const [bindings, attributes] = [new Map<string, Binding[]>(), new Map<string, Binding[]>()];
  return { kind, module, parent, name, span, node, bindings, attributes, parameters, decorators };
}

function add(map: Map<string, Binding[]>, name: string, binding: Binding): void {
  const list = map.get(name);
  if (list) list.push(binding);
  else map.set(name, [binding]);
}
