import type { ExpressionCode, StatementCode } from './code.ts';

interface NameScope {
  readonly assigned: Set<string>;
  /** Declared `global` or `nonlocal`. */
  readonly outer: Set<string>;
}

/** What statements assign to, those in their blocks included, functions and classes inside not. */
export function namesAssignedBy(statements: readonly StatementCode[], names: NameScope = empty()): NameScope {
  for (const statement of statements) addNames(statement, names);
  return names;
}

function empty(): NameScope {
  return { assigned: new Set(), outer: new Set() };
}

function addNames(statement: StatementCode, names: NameScope): void {
  const { assigned } = names;
  switch (statement.is) {
    case 'assign':
      for (const target of statement.targets) addTarget(target, assigned);
      addAssigning(statement.value, assigned);
      return;
    case 'update':
      addTarget(statement.target, assigned);
      return;
    case 'expression':
      addAssigning(statement.value, assigned);
      return;
    case 'for':
      addTarget(statement.target, assigned);
      namesAssignedBy(statement.body, names);
      namesAssignedBy(statement.otherwise, names);
      return;
    case 'while':
      addAssigning(statement.test, assigned);
      namesAssignedBy(statement.body, names);
      return;
    case 'if':
      for (const [test, body] of statement.branches) {
        if (test) addAssigning(test, assigned);
        namesAssignedBy(body, names);
      }
      return;
    case 'with':
      for (const [, target] of statement.items) if (target) addTarget(target, assigned);
      namesAssignedBy(statement.body, names);
      return;
    case 'try':
      namesAssignedBy(statement.body, names);
      for (const { name, body } of statement.handlers) {
        if (name !== null) assigned.add(name);
        namesAssignedBy(body, names);
      }
      namesAssignedBy(statement.otherwise, names);
      namesAssignedBy(statement.last, names);
      return;
    case 'function':
      assigned.add(statement.made.name);
      return;
    case 'class':
      assigned.add(statement.name);
      return;
    case 'import':
      for (const { bound } of statement.names) if (bound !== null) assigned.add(bound);
      return;
    case 'other':
      for (const name of statement.what.split(' ').slice(1)) names.outer.add(name);
      return;
    default:
      return;
  }
}

function addTarget(target: ExpressionCode, names: Set<string>): void {
  if (target.is === 'name') names.add(target.name);
  else if (target.is === 'star') addTarget(target.of, names);
  else if (target.is === 'tuple' || target.is === 'list')
    for (const each of target.items) addTarget(each, names);
}

/** `(n := …)` where a statement may have it. */
function addAssigning(value: ExpressionCode, names: Set<string>): void {
  if (value.is === 'assigning') names.add(value.name);
  else if (value.is === 'compare') addAssigning(value.first, names);
  else if (value.is === 'unary') addAssigning(value.operand, names);
  else if (value.is === 'both' || value.is === 'either' || value.is === 'binary') {
    addAssigning(value.left, names);
    addAssigning(value.right, names);
  } else if (value.is === 'call') for (const given of value.given) addAssigning(given.value, names);
}
