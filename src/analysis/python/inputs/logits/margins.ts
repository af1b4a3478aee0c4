import { withoutMoves } from '../../names/movedBindings.ts';
import { visible } from '../../names/visibleBindings.ts';
import { textOf, unwrapped } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';

/** Characters of an expression that are looked through. */
const LONGEST = 1000;

/** Rows of labels, or a margin for the true class. */
export function isOfLabels(given: Expression['node'], scope: Expression['scope']): boolean {
  const node = unwrapped(given);
  const { text: code } = scope.module;
  if (ROWS_OF_LABELS.test(textOf(node, code).slice(0, LONGEST))) return true;
  const name = node.name === 'VariableName' ? textOf(node, code) : '';
  const bindings = name === '' ? [] : (visible(name, scope, node.from)?.bindings ?? []);
  const [only, ...others] = withoutMoves(name, bindings);
  return (
    only?.kind === 'value' &&
    others.length === 0 &&
    SCATTERED.test(textOf(only.value, only.scope.module.text).slice(0, LONGEST))
  );
}

const SCATTERED = /^torch\.zeros(?:_like)?\(.{0,80}\)\.scatter_\(/;
const ROWS_OF_LABELS =
  /^(?:1(?:\.0?)? ?- ?)?\w{0,20}one_?hot\w{0,20}$|^self\.m\w{0,20} ?\* ?[\w.]{0,40}one_?hot/i;

/** `(1 - hot) * z` */
export function isRest(node: Expression['node'], code: string): boolean {
  return /^\(*1(?:\.0?)? ?- ?\w+\) ?\*/.test(textOf(node, code).slice(0, LONGEST));
}
