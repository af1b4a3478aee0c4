import type { Scope } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';

/** What a function returns, everywhere in it; not what functions inside return. */
export function returnsOf({ node }: Scope): readonly Expression['node'][] {
  const returned: Expression['node'][] = [];
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
}
