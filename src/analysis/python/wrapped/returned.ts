import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../common/remembered.ts';
import type { Scope } from '../syntax/pythonScopes.ts';

/** What a function returns, everywhere in it; not what functions inside return. */
export const returnsOf = remembered(({ node }: Scope): readonly SyntaxNode[] => {
  const returned: SyntaxNode[] = [];
  node?.cursor().iterate((each) => {
    if (each.name === 'ReturnStatement') {
      const value = each.node.lastChild;
      if (value && value.name !== 'return') returned.push(value);
      return false;
    }
    const isInside = /^(?:FunctionDefinition|LambdaExpression|ClassDefinition)$/.test(each.name);
    return !(isInside && each.from !== node.from);
  });
  return returned;
});
