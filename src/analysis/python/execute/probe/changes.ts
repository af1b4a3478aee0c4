import type { ExpressionCode, StatementCode } from '../code/code.ts';
import { ancestry } from '../run/attributes.ts';
import { StopError } from '../run/endings.ts';
import { ClassValue, FunctionValue } from '../run/values.ts';
import type { Ran } from './trial/setup.ts';

/** Where a method that isn't run changes what the loss reads: the targets are those of the start only. */
export function changedElsewhere({ run, made }: Ran): StopError | null {
  if (!made) return null;
  for (const each of ancestry(made)) {
    if (!(each instanceof ClassValue)) continue;
    for (const member of each.members.values()) {
      if (!(member instanceof FunctionValue) || run.executed.has(member.code)) continue;
      // The constructor of a base that has another one in its place is never run.
      if (member.code.name === '__init__') continue;
      const self = member.code.parameters[0]?.name;
      const found = self === undefined ? undefined : assignmentIn(member.code.body, self, run.attributesRead);
      if (found) return new StopError(found.at, 'changes', found.name);
    }
  }
  return null;
}

interface Assigned {
  readonly at: { readonly from: number; readonly to: number };
  readonly name: string;
}

function assignmentIn(
  body: readonly StatementCode[],
  self: string,
  names: ReadonlySet<string>,
): Assigned | undefined {
  for (const statement of body) {
    const found = inStatement(statement, self, names);
    if (found) return found;
  }
  return undefined;
}

function inStatement(
  statement: StatementCode,
  self: string,
  names: ReadonlySet<string>,
): Assigned | undefined {
  const targets =
    statement.is === 'assign' ? statement.targets : statement.is === 'update' ? [statement.target] : [];
  for (const target of targets) {
    const name = attributeOfSelf(target, self);
    if (name !== undefined && names.has(name)) return { at: statement.at, name };
  }
  const blocks = blocksOf(statement);
  for (const block of blocks) {
    const found = assignmentIn(block, self, names);
    if (found) return found;
  }
  return undefined;
}

function blocksOf(statement: StatementCode): readonly (readonly StatementCode[])[] {
  switch (statement.is) {
    case 'if':
      return statement.branches.map(([, body]) => body);
    case 'for':
      return [statement.body, statement.otherwise];
    case 'while':
    case 'with':
      return [statement.body];
    case 'try':
      return [
        statement.body,
        ...statement.handlers.map(({ body }) => body),
        statement.otherwise,
        statement.last,
      ];
    default:
      return [];
  }
}

/** `self.x`, `self.x[…]`: x. */
function attributeOfSelf(target: ExpressionCode, self: string): string | undefined {
  let each = target;
  for (let depth = 0; depth < 20; depth++) {
    if (each.is === 'attribute') {
      if (each.of.is === 'name') return each.of.name === self ? each.name : undefined;
      each = each.of;
    } else if (each.is === 'subscript') each = each.of;
    else return undefined;
  }
  return undefined;
}
