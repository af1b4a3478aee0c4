import { firstOf } from '../../common/firstOf.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { type Argument, argListOf, argumentsOf } from '../syntax/syntaxNodes.ts';
import { type Entries, firstLike } from '../values/dictEntries.ts';

import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';

/** An argument of a call, wherever it is written. */
export interface Given {
  readonly expression: Expression;
  /** With its name, where the call has it. */
  readonly span: SourceSpan;
  /** By position, which; null by name. */
  readonly position: number | null;
}

/** The arguments of a call, with what `*` and `**` of known lists and dicts bring. */
export interface BoundCall {
  readonly call: Expression;
  readonly positional: readonly Given[];
  readonly named: NamedArguments;
  /** There's a `*` or `**` whose contents aren't known: there may be other arguments. */
  readonly open: boolean;
  readonly written: readonly Argument[];
}

/** Elements of a list that `*` makes arguments of: no call that is of interest has more. */
const MOST_SPREAD = 64;

/** The arguments that have names. Dicts that `**` brings are looked into where they are. */
class NamedArguments {
  readonly #written = new Map<string, Given>();
  readonly #spread: { readonly entries: Entries; readonly span: SourceSpan }[] = [];

  set(name: string, given: Given): void {
    this.#written.set(name, given);
  }

  spread(entries: Entries, span: SourceSpan): void {
    this.#spread.push({ entries, span });
  }

  get(name: string): Given | undefined {
    const written = this.#written.get(name);
    if (written) return written;
    for (const { entries, span } of this.#spread) {
      const expression = entries.get(name);
      if (expression) return { expression, span, position: null };
    }
    return undefined;
  }

  has(name: string): boolean {
    return this.#written.has(name) || this.#spread.some(({ entries }) => entries.has(name));
  }

  /** The first name that a pattern finds. */
  nameLike(pattern: RegExp): string | undefined {
    const written = firstLike(this.#written.keys(), pattern);
    if (written !== undefined) return written;
    for (const { entries } of this.#spread) {
      const key = entries.keyLike(pattern);
      if (key !== undefined) return key;
    }
    return undefined;
  }

  /** At most so many names. */
  names(most: number): readonly string[] {
    const written = firstOf(this.#written.keys(), most);
    const spread = this.#spread.flatMap(({ entries }) => entries.keys(most));
    return [...new Set([...written, ...spread])].slice(0, most);
  }
}

/** `skip`: how many of the first positional arguments aren't the callee's (the callee itself, of `partial`). */
export function boundCall(resolver: Resolver, call: Expression, skip = 0): BoundCall {
  const { node, scope } = call;
  const written = argumentsOf(argListOf(node), scope.module.text);
  const positional: Given[] = [];
  const named = new NamedArguments();
  let open = false;
  for (const { name, star, value, from, to } of written) {
    const span = { from, to };
    const expression = { node: value, scope };
    if (name !== null) named.set(name, { expression, span, position: null });
    else if (star === '') positional.push({ expression, span, position: positional.length - skip });
    else {
      const inner = resolver.evaluate(expression);
      if (star === '**' && inner.kind === 'mapping') named.spread(inner.entries, span);
      else if (star === '*' && inner.kind === 'sequence' && inner.elements.length <= MOST_SPREAD) {
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
