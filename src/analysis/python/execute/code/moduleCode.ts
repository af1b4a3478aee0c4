import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../syntax/syntaxNodes.ts';
import { StopError } from '../run/endings.ts';
import type { ImportedName, StatementCode } from './code.ts';
import { type ChangedNames, changedNames, type NameChange } from './names/changedNames.ts';
import { importedBy } from './names/importedNames.ts';
import type { PythonSource } from './pythonSource.ts';
import { statementOf } from './statementCode.ts';

const KNOWN = new WeakMap<PythonSource, ModuleCode>();

export function moduleCodeOf(source: PythonSource): ModuleCode {
  const known = KNOWN.get(source) ?? new ModuleCode(source);
  KNOWN.set(source, known);
  return known;
}

/** The statements of a module by the names they bind. What isn't needed isn't looked into. */
export class ModuleCode {
  readonly source: PythonSource;
  readonly #binding = new Map<string, SyntaxNode[]>();
  readonly #compiled = new Map<number, readonly StatementCode[]>();
  readonly stars: ImportedName[] = [];
  #imports = false;
  #changed: ChangedNames | undefined;

  constructor(source: PythonSource) {
    this.source = source;
    for (const child of childrenOf(source.top)) this.#index(child, 0);
  }

  /** It imports nothing: what it needs is expected to be there. */
  get isSnippet(): boolean {
    return !this.#imports;
  }

  has(name: string): boolean {
    return this.#binding.has(name);
  }

  /** The statements that bind a name, in order. */
  nodesOf(name: string): readonly SyntaxNode[] {
    return this.#binding.get(name) ?? [];
  }

  /** What else in the text changes a name, or has others in the place of its attributes. */
  changeOf(name: string): NameChange {
    this.#changed ??= changedNames(this.source.text);
    const { rebound, written, attributes } = this.#changed;
    return {
      isRebound: rebound.has(name),
      isWritten: written.has(name),
      attributes: attributes.get(name) ?? [],
    };
  }

  /** What binds a name, in order; `conditional` if in a branch. Throws a StopError where it isn't Python. */
  binding(name: string): readonly { readonly statement: StatementCode; readonly conditional: boolean }[] {
    return (this.#binding.get(name) ?? []).flatMap((node) =>
      this.compiled(node).map((statement) => ({ statement, conditional: node.parent?.name === 'Body' })),
    );
  }

  /** The statement a node is, as it's executed. */
  compiled(node: SyntaxNode): readonly StatementCode[] {
    const known = this.#compiled.get(node.from) ?? statementOf(node, this.source.text);
    this.#compiled.set(node.from, known);
    return known;
  }

  #index(node: SyntaxNode, depth: number): void {
    switch (node.name) {
      case 'ImportStatement':
        for (const imported of this.#importedBy(node)) {
          this.#imports ||= imported.path[0] !== '__future__';
          if (imported.bound === null) this.stars.push(imported);
          else this.#add(imported.bound, node);
        }
        return;
      case 'FunctionDefinition':
      case 'ClassDefinition': {
        const name = node.getChild('VariableName');
        const whole = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
        if (name) this.#add(this.source.text.slice(name.from, name.to), whole);
        return;
      }
      case 'DecoratedStatement':
      case 'StatementGroup':
        for (const child of childrenOf(node)) this.#index(child, depth);
        return;
      case 'AssignStatement':
      case 'UpdateStatement':
      case 'ForStatement':
        for (const name of madeTargets(node, this.source.text)) this.#add(name, node);
        if (node.name === 'ForStatement') this.#indexBodies(node, depth);
        return;
      case 'WhileStatement':
      case 'TryStatement':
      case 'IfStatement':
      case 'WithStatement':
        // What a module does as a program isn't there when it's imported, and little of it is what a loss uses.
        if (depth > 3 || this.#isMain(node)) return;
        this.#indexBodies(node, depth);
        return;
    }
  }

  #indexBodies(node: SyntaxNode, depth: number): void {
    if (depth > 3) return;
    for (const body of node.getChildren('Body'))
      for (const child of childrenOf(body)) this.#index(child, depth + 1);
  }

  #isMain(node: SyntaxNode): boolean {
    const body = node.getChild('Body');
    return this.source.text.slice(node.from, body?.from ?? node.from).includes('__name__');
  }

  #importedBy(node: SyntaxNode): readonly ImportedName[] {
    try {
      return importedBy(node, this.source.text);
    } catch (error) {
      if (error instanceof StopError) return [];
      throw error;
    }
  }

  #add(name: string, node: SyntaxNode): void {
    const list = this.#binding.get(name);
    if (list) list.push(node);
    else this.#binding.set(name, [node]);
  }
}

/** Names that stand in front of an assignment sign, or behind `for`. */
function madeTargets(node: SyntaxNode, text: string): string[] {
  const names: string[] = [];
  let last = node.lastChild;
  while (last && last.name !== 'AssignOp' && last.name !== 'UpdateOp' && last.name !== 'in')
    last = last.prevSibling;
  for (let child = node.firstChild; child && last && child.from < last.from; child = child.nextSibling) {
    if (child.name === 'VariableName') names.push(text.slice(child.from, child.to));
    else if (child.name === 'TupleExpression' || child.name === 'ParenthesizedExpression')
      for (const each of child.getChildren('VariableName')) names.push(text.slice(each.from, each.to));
  }
  return names;
}
