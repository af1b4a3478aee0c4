import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { PythonSource } from '../../../../src/analysis/python/execute/code/pythonSource.ts';
import { execute } from '../../../../src/analysis/python/execute/execute.ts';
import type { Execution } from '../../../../src/analysis/python/execute/execution.ts';
import type { ExecutionQuestion, SiteArgument } from '../../../../src/analysis/python/execute/question.ts';
import { parsePython } from '../../../../src/analysis/python/syntax/parsedPython.ts';
import { argListOf, argumentsOf } from '../../../../src/analysis/python/syntax/syntaxNodes.ts';
import { finish } from '../../../../src/loss/work.ts';

export function sourceOf(text: string): PythonSource {
  return { text, top: finish(parsePython(text)).tree.topNode };
}

/** Classes and functions of a text, by name; of several the last. */
export function definitionsIn(source: PythonSource): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  source.top.cursor().iterate((each: SyntaxNodeRef) => {
    if (each.name !== 'ClassDefinition' && each.name !== 'FunctionDefinition') return;
    const name = each.node.getChild('VariableName');
    if (name) found.set(source.text.slice(name.from, name.to), each.node);
  });
  return found;
}

/** The call that begins in a line, of something that is defined in the text; the first of them. */
export function callIn(
  source: PythonSource,
  line: number,
  names: ReadonlySet<string>,
): { readonly name: string; readonly given: SiteArgument[] } | undefined {
  const lines = source.text.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length;
  const end = start + lines[line - 1]!.length + 1;
  let found: { name: string; given: SiteArgument[] } | undefined;
  source.top.cursor().iterate((each: SyntaxNodeRef) => {
    if (found || each.name !== 'CallExpression' || each.from < start || each.from > end) return;
    const callee = each.node.firstChild;
    const name = callee ? source.text.slice(callee.from, callee.to).split('.').at(-1)! : '';
    if (names.has(name)) found = { name, given: givenIn(each.node, source) };
  });
  return found;
}

export function givenIn(call: SyntaxNode, source: PythonSource): SiteArgument[] {
  return argumentsOf(argListOf(call), source.text)
    .filter(({ star }) => star === '')
    .map(({ name, value }) => ({ name, value: { is: 'code', node: value, source } }));
}

export interface Asked {
  readonly given?: readonly SiteArgument[];
  readonly classes?: number | undefined;
  readonly alpha?: number | undefined;
  readonly alphaParameter?: string | undefined;
  /** Texts of other modules, by their dotted path. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** Executes the definition of this name. */
export function executed(source: PythonSource, name: string, asked: Asked = {}): Execution {
  const node = definitionsIn(source).get(name);
  if (!node) throw new Error(`There's no ${name}`);
  const modules = new Map(Object.entries(asked.modules ?? {}).map(([path, text]) => [path, sourceOf(text)]));
  const question: ExecutionQuestion = {
    source,
    node,
    given: asked.given ?? [],
    findModule: (_, __, path) => modules.get(path.join('.')) ?? null,
    classes: asked.classes,
    alpha: asked.alpha,
    alphaParameter: asked.alphaParameter,
  };
  return finish(execute(question));
}
