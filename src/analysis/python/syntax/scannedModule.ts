import type { SyntaxNode, TreeCursor } from '@lezer/common';
import type { Work } from '../../../loss/work.ts';
import { findLineStarts, type LineStarts } from '../../lineStarts.ts';
import type { Unread } from '../../lossConfig.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { bindTarget, importsOf, parametersOf } from '../names/bindings.ts';
import type { ParsedPython } from './parsedPython.ts';
import type { Binding, CallSite, Literal, PyModule, Scope } from './pythonScopes.ts';
import { calleeOf, dottedOf, memberOf, textOf } from './syntaxNodes.ts';

/** Nodes between two yields. */
const NODES = 4000;
/** Scopes in scopes that are looked into: CPython refuses more than 100 levels of indentation. */
const DEEPEST = 100;
/** A module has no longer name. */
const LONGEST_PATH = 300;

/** One walk over the tree: every scope with what it binds, every call. */
export function* scanModule(
  { text, tree, unread }: ParsedPython,
  where: Pick<PyModule, 'cell' | 'key'> = {},
): Work<PyModule> {
  const scan = new Scan(text, yield* findLineStarts(text), tree.topNode, unread, where);
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
  readonly #stars: { level: number; path: string }[] = [];
  readonly #comments: SourceSpan[] = [];
  readonly #blocks: SourceSpan[] = [];
  /** For each scope that's open, how many blocks its own statements are in. */
  readonly #bases: number[] = [1];
  #scope: Scope;
  #decorators: string[] = [];
  #errors: number;
  #unread: Unread | null;

  constructor(
    text: string,
    lineStarts: LineStarts,
    top: SyntaxNode,
    unread: Unread | null,
    where: Pick<PyModule, 'cell' | 'key'>,
  ) {
    this.#text = text;
    this.#unread = unread;
    this.#errors = unread ? 1 : 0;
    const outcome = () => ({ errors: this.#errors, unread: this.#unread });
    const module: PyModule = {
      text,
      get scope() {
        return scope;
      },
      scopes: this.#scopes,
      calls: this.#calls,
      dicts: this.#dicts,
      stars: this.#stars,
      comments: this.#comments,
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
      case 'AssignStatement':
      case 'NamedExpression':
      case 'UpdateStatement':
      case 'ForStatement':
      case 'WithStatement':
      case 'TryStatement':
        for (const target of bindTarget(cursor.node, this.#text)) {
          const { kind, value, annotated } = target;
          const what = kind === 'value' ? { kind, value, annotated } : { kind };
          this.#bind(target.name, target.at, what);
        }
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

  leave({ name }: TreeCursor): void {
    if (name === 'Body') this.#blocks.pop();
    if (name === 'ClassDefinition' || name === 'FunctionDefinition' || name === 'LambdaExpression') {
      this.#scope = this.#scope.parent!;
      this.#blocks.pop();
      this.#bases.pop();
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
    if (this.isTooDeep) this.#unread = 'depth';
    for (const parameter of parameters)
      this.#bind(parameter.name, parameter.at, { kind: 'parameter', parameter });
  }

  #import(node: SyntaxNode): void {
    for (const { bound, at, level, path, name } of importsOf(node, this.#text)) {
      if (path.length > LONGEST_PATH) {
        if (bound !== null) this.#bind(bound, at, { kind: 'unknown' });
      } else if (bound === null) this.#stars.push({ level, path });
      else this.#bind(bound, at, { kind: 'import', level, path, name });
    }
  }

  #bind(name: string, at: number, what: BindingKind): void {
    const conditional = this.#blocks.length > this.#bases.at(-1)!;
    const binding = { ...what, at, block: this.#blocks.at(-1)!, conditional, scope: this.#scope } as Binding;
    const owner = this.#selfOf(name);
    if (owner) add(owner.attributes, name.slice(name.indexOf('.') + 1), binding);
    else add(this.#scope.bindings, name, binding);
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
    ? Omit<B, 'at' | 'block' | 'conditional' | 'scope'>
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
