import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../../syntax/syntaxNodes.ts';
import { moduleCodeOf } from '../../code/moduleCode.ts';
import type { ExecutionQuestion } from '../../question.ts';
import { attributeOf } from '../../run/attributes.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import { ClassValue, FunctionValue, Instance, NameScope, type PyValue } from '../../run/values.ts';

export function initializerOf(made: ClassValue): FunctionValue | undefined {
  for (let each: PyValue | undefined = made, depth = 0; each instanceof ClassValue && depth < 20; depth++) {
    const init: PyValue | undefined = each.members.get('__init__');
    if (init instanceof FunctionValue) return init;
    each = each.bases[0];
  }
  return undefined;
}

/** The class or function a node is, in a run. A method is bound to an object whose attributes aren't known. */
export function definedBy(run: Interpreter, { source, node }: ExecutionQuestion): PyValue {
  const module = run.moduleNames(source);
  const whole = node.parent?.name === 'DecoratedStatement' ? node.parent : node;
  const owner = whole.parent?.name === 'Body' ? whole.parent.parent : null;
  if (owner?.name === 'ClassDefinition') {
    const made = definedBy(run, { source, node: owner } as ExecutionQuestion);
    const name = node.getChild('VariableName');
    if (!(made instanceof ClassValue) || !name) throw run.stop('roles');
    const self = new Instance(made);
    self.isOpen = true;
    return attributeOf(run, self, source.text.slice(name.from, name.to));
  }
  const [statement] = moduleCodeOf(source).compiled(whole);
  if (!statement) throw run.stop('syntax');
  if (statement.is === 'class') {
    run.consult(source, statement.name);
    run.at = statement.at;
    // A method or a constant of it is replaced behind it.
    if (module.code.changeOf(statement.name).isWritten) throw run.stop('changes', statement.name);
  }
  const around = aroundOf(whole, source.text, run, module);
  const values = run.define(statement, module, around);
  const value = [...values.values()].at(-1);
  if (value === undefined) throw run.stop('roles');
  // Where it uses its own name, it is this one: `super(Loss, self)`.
  const name = node.getChild('VariableName');
  if (name && whole.parent?.name === 'Script')
    module.values.set(source.text.slice(name.from, name.to), value);
  return value;
}

/** Names of the functions around a definition: they're there, but what they are isn't known. */
function aroundOf(
  node: SyntaxNode,
  text: string,
  run: Interpreter,
  module: NameScope['module'],
): NameScope | null {
  let names: NameScope | null = null;
  for (let outer = node.parent, depth = 0; outer && depth < 100; outer = outer.parent, depth++) {
    if (outer.name !== 'FunctionDefinition') continue;
    names ??= new NameScope(new Set(), null, module);
    for (const list of [outer.getChild('ParamList'), outer.getChild('Body')])
      for (const child of list ? childrenOf(list) : [])
        for (const each of child.name === 'VariableName' ? [child] : child.getChildren('VariableName')) {
          const name = text.slice(each.from, each.to);
          if (!names.values.has(name)) names.values.set(name, run.unknown(name));
        }
  }
  return names;
}
