import { givenFor } from '../losses/boundCall.ts';
import type { RecognizedCall, Recognizing } from '../losses/recognized.ts';
import { callsIn } from '../names/moduleIndex.ts';
import type { CallSite, Scope } from '../syntax/pythonScopes.ts';
import { textOf, unwrapped } from '../syntax/syntaxNodes.ts';
import type { Expression } from '../values/expression.ts';

/** The parameter that the class weights of the loss inside are; null if they're set inside, undefined if there are none. */
export function weightsOf(call: RecognizedCall, scope: Scope, initializer: Scope): string | null | undefined {
  const given = givenFor(call.bound, 'weight', call.parameters) ?? call.bound.named.get('pos_weight');
  if (!given || given.expression.node.name === 'None') return undefined;
  return parameterOf(given.expression, scope, initializer, 0) ?? null;
}

/** A call inside, and the parameter it gets α from. */
export interface WrappedCall {
  readonly parameter: string;
  readonly recognized: RecognizedCall;
  readonly site: CallSite;
  /** Its α is made of the parameter, and is another number; `moves`: of something else, too, that isn't given. */
  readonly change: 'changed' | 'moves' | null;
}

/** The call inside that gets α from a parameter, as it is; else one that gets what is made of a parameter. */
export function wrappedCall(
  scope: Scope,
  initializer: Scope,
  recognizer: Recognizing,
): WrappedCall | undefined {
  let made: WrappedCall | undefined;
  for (const call of callsIn(scope.module, scope.span)) {
    const recognized = recognizer.ofCall(call);
    const alpha = recognized?.alpha;
    if (!recognized || !alpha) continue;
    const parameter = parameterOf(alpha.expression, scope, initializer, 0);
    if (parameter !== undefined) return { parameter, recognized, site: call, change: null };
    const within = made ? undefined : parameterWithin(alpha.expression, scope, initializer, 0);
    if (within) made = { parameter: within.parameter, recognized, site: call, change: within.change };
  }
  return made;
}

/** A parameter that an expression is computed from: `0.5 * smoothing`, or a name or an attribute for that. */
function parameterWithin(
  { node, scope }: Expression,
  owner: Scope,
  initializer: Scope,
  depth: number,
): { readonly parameter: string; readonly change: 'changed' | 'moves' } | undefined {
  if (depth > MOST_STEPS || node.to - node.from > LONGEST_ALPHA) return undefined;
  const { text: code } = owner.module;
  const parts: Expression['node'][] = [];
  node.cursor().iterate((each) => {
    if (each.name === 'VariableName' || each.name === 'MemberExpression') parts.push(each.node);
    return each.name !== 'MemberExpression';
  });
  let parameter: string | undefined;
  let moves = false;
  for (const part of parts.slice(0, MOST_PARTS)) {
    const own = parameterOf({ node: part, scope }, owner, initializer, 0);
    const name = textOf(part, code);
    const isAttribute = name.startsWith('self.');
    const bound = isAttribute
      ? owner.attributes.get(name.slice('self.'.length))?.at(-1)
      : scope.bindings.get(name)?.at(-1);
    const value = bound?.kind === 'value' ? { node: bound.value, scope: bound.scope } : undefined;
    const inside =
      own === undefined && value ? parameterWithin(value, owner, initializer, depth + 1) : undefined;
    parameter ??= own ?? inside?.parameter;
    // `self.epoch`, which who trains sets
    moves ||= inside?.change === 'moves' || (isAttribute && own === undefined && !inside);
  }
  return parameter === undefined ? undefined : { parameter, change: moves ? 'moves' : 'changed' };
}

/** Names from α to a parameter, names in one expression, and its characters. */
const [MOST_STEPS, MOST_PARTS, LONGEST_ALPHA] = [3, 8, 200];

/** The parameter of the initializer that an expression is, as it is or by way of an attribute. */
function parameterOf(
  { node, scope }: Expression,
  owner: Scope,
  initializer: Scope,
  depth: number,
): string | undefined {
  if (depth > 4) return undefined;
  const inner = unwrapped(node);
  const { text: code } = owner.module;
  if (inner.name === 'VariableName') {
    const name = textOf(inner, code);
    const [parameter, ...others] = initializer.bindings.get(name) ?? [];
    // It's another number by the time it's used, or may be.
    if (parameter?.kind === 'parameter' && others.length > 0) return undefined;
    if (parameter?.kind === 'parameter' && (scope === initializer || !scope.bindings.has(name))) return name;
    const local = scope.bindings.get(name)?.at(-1);
    return local?.kind === 'value' && local.value.to <= inner.from
      ? parameterOf({ node: local.value, scope: local.scope }, owner, initializer, depth + 1)
      : undefined;
  }
  if (inner.name !== 'MemberExpression') return undefined;
  const attribute = /^\w+\.(\w+)$/.exec(textOf(inner, code))?.[1];
  const bound = attribute === undefined ? undefined : owner.attributes.get(attribute)?.at(-1);
  return bound?.kind === 'value'
    ? parameterOf({ node: bound.value, scope: bound.scope }, owner, initializer, depth + 1)
    : undefined;
}
