import type { SummedTargets } from '../../lossConfig.ts';
import { givenFor } from '../losses/boundCall.ts';
import type { RecognizedCall, SummedLoss } from '../losses/recognized.ts';
import { childrenOf, textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';

/** What a sum of losses comes to where it's called: each α and each factor; null if one isn't known. */
export function summedTargets(call: RecognizedCall, resolver: Resolver): SummedTargets | null {
  if (!call.sum || call.bound.open || call.convention === null) return null;
  const terms: { factor: number; alpha: number }[] = [];
  for (const { call: inner, factors } of call.sum.terms) {
    const alpha = innerAlpha(inner, call, resolver);
    const factor = product(factors, call, resolver);
    if (alpha === undefined || factor === undefined || !(factor > 0)) return null;
    terms.push({ factor, alpha });
  }
  return { terms, isSameLogits: call.sum.isSameLogits };
}

function innerAlpha(inner: RecognizedCall, call: RecognizedCall, resolver: Resolver): number | undefined {
  // Others share α out differently.
  if (inner.convention !== call.convention) return undefined;
  if (inner.alpha) return numberAt(inner.alpha.expression, call, resolver);
  return inner.entry?.offWithout || inner.entry?.default === 0 ? 0 : undefined;
}

function product(
  factors: SummedLoss['factors'],
  call: RecognizedCall,
  resolver: Resolver,
): number | undefined {
  let all = 1;
  for (const { expression, isDivisor } of factors) {
    const factor = numberAt(expression, call, resolver);
    if (factor === undefined) return undefined;
    all = isDivisor ? all / factor : all * factor;
  }
  return Number.isFinite(all) ? Number(all.toPrecision(15)) : undefined;
}

/** `1 - self.share`: operators in operators. */
const MOST_STEPS = 6;

function computed(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return undefined;
  }
}

/** What an expression of the definition is for this call: an argument, the default of one, or a number. */
function numberAt(
  expression: Expression,
  call: RecognizedCall,
  resolver: Resolver,
  steps = MOST_STEPS,
): number | undefined {
  const inner = unwrapped(expression.node);
  if (inner.name === 'BinaryExpression' && steps > 0) {
    const [left, operator, right] = childrenOf(inner);
    if (!left || !operator || !right) return undefined;
    const at = (node: Expression['node']) =>
      numberAt({ node, scope: expression.scope }, call, resolver, steps - 1);
    const [a, b] = [at(left), at(right)];
    return a === undefined || b === undefined
      ? undefined
      : computed(textOf(operator, expression.scope.module.text), a, b);
  }
  const parameter = parameterOf(expression, call.parameters);
  const given = parameter === undefined ? undefined : givenFor(call.bound, parameter, call.parameters);
  const value = resolver.resolve(given?.expression ?? expression);
  if (value.kind !== 'number') return undefined;
  // A default is what it is only of a parameter that isn't given.
  return value.isDefault && (given || parameter === undefined) ? undefined : value.value;
}

/** The parameter that an expression is, or that an attribute keeps. */
function parameterOf({ node, scope }: Expression, parameters: readonly string[]): string | undefined {
  const inner = unwrapped(node);
  const { text } = scope.module;
  const name = textOf(inner, text);
  if (inner.name === 'VariableName') return parameters.includes(name) ? name : undefined;
  const attribute = /^self\.(\w+)$/.exec(name)?.[1];
  const owner = scope.parent;
  if (attribute === undefined || owner?.kind !== 'class') return undefined;
  const [only, ...others] = owner.attributes.get(attribute) ?? [];
  return only?.kind === 'value' && others.length === 0
    ? parameterOf({ node: only.value, scope: only.scope }, parameters)
    : undefined;
}
