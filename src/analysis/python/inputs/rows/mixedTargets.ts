import { visible } from '../../names/visibleBindings.ts';
import {
  type Argument,
  argListOf,
  argumentsOf,
  calleeOf,
  childrenOf,
  dottedOf,
  memberOf,
  textOf,
  unwrapped,
} from '../../syntax/syntaxNodes.ts';
import type { Expression } from '../../values/expression.ts';
import { pathOf } from '../../values/pythonValues.ts';
import type { Resolver } from '../../values/resolver.ts';

/** One-hot targets that are smoothed where they're made: `0.9 * hot + 0.1 / 10`. Rows sum to 1, and α is shared by all classes. */
export interface MixedTargets {
  /** Greater than 0, at most 1. */
  readonly alpha: number;
  /** K, as the one-hot rows are made with it. */
  readonly size: Expression | null;
}

/** What targets are: so much of a one-hot row, so much for each class, and so much shared by all classes. */
interface Mixture {
  readonly hot: number;
  readonly each: number;
  readonly shared: number;
  /** What `shared` is divided by, as it's written. */
  readonly by: string | null;
  readonly size: Expression | null;
}

const MOST_STEPS = 12;
const TOLERANCE = 1e-9;
const HOT = /^(?:one_?hot|to_categorical)$/i;
const ONES = /^(?:ones|ones_like)$/;
const KEEPS = /^(?:float|double|to|cuda|type|astype|cast|stop_gradient|asarray|array|convert_to_tensor)$/;

/** Reads targets that are written as a sum of one-hot rows and a part for each class; undefined for any others. */
export function mixedTargets(targets: Expression, resolver: Resolver): MixedTargets | undefined {
  const mixture = mixtureOf(targets, resolver, MOST_STEPS);
  if (!mixture || mixture.hot === 0) return undefined;
  const { hot, each, shared, by, size } = mixture;
  const classes = size ? resolver.resolve(size) : undefined;
  const count = classes?.kind === 'number' && !classes.isDefault ? classes.value : undefined;
  if (shared !== 0 && (!size || by !== textOf(size.node, size.scope.module.text))) return undefined;
  if (each !== 0 && count === undefined) return undefined;
  const sum = hot + shared + (each === 0 ? 0 : each * (count ?? 0));
  const alpha = Number((1 - hot).toPrecision(12));
  return Math.abs(sum - 1) < TOLERANCE && alpha > 0 && alpha <= 1 ? { alpha, size } : undefined;
}

const NONE: Mixture = { hot: 0, each: 0, shared: 0, by: null, size: null };

function mixtureOf(
  { node: given, scope }: Expression,
  resolver: Resolver,
  steps: number,
): Mixture | undefined {
  if (steps === 0) return undefined;
  const node = unwrapped(given);
  const { text: code } = scope.module;
  const follow = (each: Expression['node'] | null | undefined) =>
    each ? mixtureOf({ node: each, scope }, resolver, steps - 1) : undefined;
  if (node.name === 'CallExpression') {
    const callee = calleeOf(node);
    const name = callee?.name === 'MemberExpression' ? memberOf(callee, code) : dottedOf(callee, code);
    const list = argumentsOf(argListOf(node), code);
    if (HOT.test(name ?? '')) {
      const size = list.find((each) => /^(?:num_classes|depth)$/.test(each.name ?? '')) ?? list[1];
      const values = ownValues(list);
      const [on, off] = values.map((each) => each && numberIn({ node: each.value, scope }, resolver)?.each);
      if (values.some((each, i) => each && [on, off][i] === undefined)) return undefined;
      const each = off ?? 0;
      return { ...NONE, hot: (on ?? 1) - each, each, size: size ? { node: size.value, scope } : null };
    }
    if (ONES.test(name ?? '')) return { ...NONE, each: 1 };
    // In the argument itself it's a configuration of its own.
    if (name === 'smooth_labels' && callee && steps < MOST_STEPS)
      return smoothedByOptax({ node: callee, scope }, follow(list[0]?.value), list, resolver);
    if (!KEEPS.test(name ?? '')) return numberIn({ node, scope }, resolver);
    const object = callee?.name === 'MemberExpression' ? follow(callee.firstChild) : undefined;
    return object ?? follow(list[0]?.value);
  }
  if (node.name === 'VariableName') {
    const [only, ...others] = visible(textOf(node, code), scope, node.from)?.bindings ?? [];
    if (only?.kind !== 'value' || others.length > 0) return undefined;
    return (
      numberIn({ node, scope }, resolver) ??
      mixtureOf({ node: only.value, scope: only.scope }, resolver, steps - 1)
    );
  }
  if (node.name !== 'BinaryExpression') return numberIn({ node, scope }, resolver);
  const [left, operator, right] = childrenOf(node);
  if (!left || !operator || !right) return undefined;
  return combined(textOf(operator, code), follow(left), follow(right), textOf(right, code));
}

/** `optax.smooth_labels(hot, alpha)`: α is shared by all classes. */
function smoothedByOptax(
  callee: Expression,
  hot: Mixture | undefined,
  given: readonly Argument[],
  resolver: Resolver,
): Mixture | undefined {
  const value = resolver.evaluate(callee);
  if (value.kind !== 'path' || pathOf(value) !== 'optax.smooth_labels') return undefined;
  const alpha = given.find(({ name }) => name === 'alpha') ?? given[1];
  const amount = alpha && numberIn({ node: alpha.value, scope: callee.scope }, resolver)?.each;
  const isPlain = hot?.hot === 1 && hot.each === 0 && hot.shared === 0;
  if (!isPlain || !hot.size || amount === undefined) return undefined;
  const by = textOf(hot.size.node, hot.size.scope.module.text);
  return { ...hot, hot: 1 - amount, shared: amount, by };
}

/** TensorFlow's rows have values of their own for 1 and 0, if they're told: `on_value`, `off_value`. */
export function ownValues(given: readonly Argument[]): readonly (Argument | undefined)[] {
  return ['on_value', 'off_value'].map((name) => given.find((each) => each.name === name));
}

function numberIn(expression: Expression, resolver: Resolver): Mixture | undefined {
  const value = resolver.resolve(expression);
  return value.kind === 'number' && !value.isDefault ? { ...NONE, each: value.value } : undefined;
}

function combined(
  operator: string,
  left: Mixture | undefined,
  right: Mixture | undefined,
  divisor: string,
): Mixture | undefined {
  if (operator === '/' && left && !(right && isConstant(right)))
    return isConstant(left) ? { ...NONE, shared: left.each, by: divisor } : undefined;
  if (!left || !right) return undefined;
  if (operator === '+' || operator === '-') return sumOf(left, scaled(right, operator === '+' ? 1 : -1));
  if (operator === '*' && isConstant(left)) return scaled(right, left.each);
  if (operator === '*' && isConstant(right)) return scaled(left, right.each);
  return operator === '/' && right.each !== 0 ? scaled(left, 1 / right.each) : undefined;
}

function isConstant({ hot, shared }: Mixture): boolean {
  return hot === 0 && shared === 0;
}

function scaled({ hot, each, shared, ...rest }: Mixture, by: number): Mixture {
  return { ...rest, hot: hot * by, each: each * by, shared: shared * by };
}

function sumOf(a: Mixture, b: Mixture): Mixture | undefined {
  if (a.by !== null && b.by !== null && a.by !== b.by) return undefined;
  const [hot, each, shared] = [a.hot + b.hot, a.each + b.each, a.shared + b.shared];
  return { hot, each, shared, by: a.by ?? b.by, size: a.size ?? b.size };
}
