import type { Span } from '../lossConfig.ts';
import type { Resolver } from './resolver.ts';
import { type Argument, argListOf, argumentsOf } from './syntax.ts';
import type { Expression } from './values.ts';

/** An argument of a call, wherever it is written. */
export interface Given {
  readonly expression: Expression;
  /** With its name, where the call has it. */
  readonly span: Span;
  /** By position, which; null by name. */
  readonly position: number | null;
}

/** The arguments of a call, with what `*` and `**` of known lists and dicts bring. */
export interface BoundCall {
  readonly call: Expression;
  readonly positional: readonly Given[];
  readonly named: ReadonlyMap<string, Given>;
  /** There's a `*` or `**` whose contents aren't known: there may be other arguments. */
  readonly open: boolean;
  readonly written: readonly Argument[];
}

/** `skip`: how many of the first positional arguments aren't the callee's (the callee itself, of `partial`). */
export function boundCall(resolver: Resolver, call: Expression, skip = 0): BoundCall {
  const { node, scope } = call;
  const written = argumentsOf(argListOf(node), scope.module.text);
  const positional: Given[] = [];
  const named = new Map<string, Given>();
  let open = false;
  for (const { name, star, value, from, to } of written) {
    const span = { from, to };
    const expression = { node: value, scope };
    if (name !== null) named.set(name, { expression, span, position: null });
    else if (star === '') positional.push({ expression, span, position: positional.length - skip });
    else {
      const inner = resolver.evaluate(expression);
      if (star === '**' && inner.kind === 'mapping') {
        for (const [key, each] of inner.entries)
          if (!named.has(key)) named.set(key, { expression: each, span, position: null });
      } else if (star === '*' && inner.kind === 'sequence') {
        for (const each of inner.elements)
          positional.push({ expression: each, span, position: positional.length - skip });
      } else open = true;
    }
  }
  return { call, positional: positional.slice(skip), named, open, written: written.slice(skip) };
}

/** The argument for a parameter, by name or position. */
export function givenFor(
  { named, positional }: BoundCall,
  parameter: string | null,
  parameters: readonly string[],
): Given | undefined {
  if (parameter === null) return undefined;
  const position = parameters.indexOf(parameter);
  return named.get(parameter) ?? (position === -1 ? undefined : positional[position]);
}
