import type { AnalysisContext, LossConfig } from '../../lossConfig.ts';
import type { LossInputs } from '../inputs/lossInputs.ts';
import type { RecognizedCall } from '../losses/recognized.ts';
import type { Scope } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';

/** A loss, and all that its module shows of how it's used. */
export interface UsedLoss {
  readonly config: LossConfig;
  readonly call: RecognizedCall;
  readonly inputs: LossInputs;
  readonly resolver: Resolver;
  readonly context: AnalysisContext;
}

/** α, where the code says it and it's above 0; undefined where somebody else may say otherwise. */
export function sureAlpha({ alpha, entry }: LossConfig): number | undefined {
  const { value, state } = alpha;
  if (entry?.instead !== undefined || value === undefined) return undefined;
  return (state === 'known' || state === 'default') && value > 0 && value <= 1 ? value : undefined;
}

/** K, where it's more than a guess among several. */
export function sureClasses({ classes }: LossConfig): number | undefined {
  const { guess } = classes;
  return guess && guess.sure !== 'weak' ? guess.value : undefined;
}

/** The function around a scope's code; the module if there's none. */
export function functionOf(scope: Scope): Scope {
  for (let each: Scope | null = scope; each; each = each.parent) if (each.kind === 'function') return each;
  return scope;
}

/** The statement an expression is in. */
export function statementAround({ node }: Expression): Expression['node'] {
  let statement = node;
  while (statement.parent && !/^(?:Script|Body)$/.test(statement.parent.name)) statement = statement.parent;
  return statement;
}
