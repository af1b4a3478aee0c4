import { childrenOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** `z[masked, :]` */
export function isOfSomeRows(node: Expression['node'], code: string): boolean {
  return node.firstChild !== null && /^\[[\w.]+, ?:\]$/.test(code.slice(node.firstChild.to, node.to));
}

/** `z[:, :5]` */
export function isSlice(text: string): boolean {
  return text.endsWith(']') && text.includes(':', text.lastIndexOf('['));
}

/** `z[mask]`: some rows. `z[0]` may be one of several outputs, and `z[:, 0]` a column. */
export function rowsChosen(node: Expression['node']): Expression['node'] | undefined {
  const [object, open, index, close] = childrenOf(node);
  const isOne = open?.name === '[' && close?.name === ']';
  return isOne && object && index && /^(?:Variable|Member)/.test(index.name) ? object : undefined;
}
