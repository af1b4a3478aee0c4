import { visible } from '../../names/visibleBindings.ts';
import type { Binding } from '../../syntax/pythonScopes.ts';
import { textOf } from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { type FollowedOutput, NO_LAYER } from '../outputs.ts';

/** `cos_sim = self.sim(a, b)` */
const COSINES = /^(?:cos(?:ine)?_?sims?|cosines?|cos_?theta|cos_?thetas?)$/;

/** It's called so, and is what a call gives. */
export function isCosineOf(name: string, bindings: readonly Binding[]): boolean {
  return (
    COSINES.test(name) &&
    bindings.some((each) => each.kind === 'value' && each.value.name === 'CallExpression')
  );
}

/** Characters of an expression that are looked through. */
const LONGEST = 1000;

/** Products of rows have as many classes as there are rows; of rows of length 1 they're cosines. */
export function ofProduct(
  parts: readonly (Expression['node'] | undefined)[],
  scope: Expression['scope'],
): FollowedOutput {
  const isBounded = areNormalized(
    parts.flatMap((each) => each ?? []),
    scope,
  );
  return isBounded ? { ...NO_LAYER, isBounded } : NO_LAYER;
}

/** Two of these are normalised, where they're written or where their names are set. */
export function areNormalized(parts: readonly Expression['node'][], scope: Expression['scope']): boolean {
  const { text: code } = scope.module;
  const isNormalized = (node: Expression['node']) => {
    const written = textOf(node, code).slice(0, LONGEST);
    if (NORMALIZES.test(written)) return true;
    const name = /^\w+/.exec(written)?.[0];
    const bindings = name === undefined ? [] : (visible(name, scope, node.from)?.bindings ?? []);
    return bindings.some(
      (each) =>
        each.kind === 'value' &&
        NORMALIZES.test(textOf(each.value, each.scope.module.text).slice(0, LONGEST)),
    );
  };
  return parts.filter(isNormalized).length >= 2;
}

const NORMALIZES =
  /(?<![_\w])(?:l2_)?normalize\(|\.norm\(|\bdiv\([\w.]{1,40}, ?\w{0,20}norm\w{0,20}\)|\/ ?\w{0,20}norm\b/;
