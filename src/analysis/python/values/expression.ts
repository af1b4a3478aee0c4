import type { SyntaxNode } from '@lezer/common';
import type { Scope } from '../syntax/pythonScopes.ts';

/** An expression, and the scope its names are looked up in. */
export interface Expression {
  readonly node: SyntaxNode;
  readonly scope: Scope;
}
