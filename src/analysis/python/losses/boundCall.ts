import { firstOf } from '../../common/firstOf.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { changedByAlias } from '../names/aliases/aliases.ts';
import { isChanged, isEntryChanged, isKeyChanged } from '../names/changed/changedObjects.ts';
import { isSetElsewhere } from '../names/changed/setElsewhere.ts';
import { visible } from '../names/visibleBindings.ts';
import { type Argument, argListOf, argumentsOf, textOf } from '../syntax/syntaxNodes.ts';
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

/** A dict that `**` brings. `changed`: it, if it's changed once it's made. */
interface Spread {
  readonly entries: Entries;
  readonly span: SourceSpan;
  readonly changed: Expression | null;
}

/** The arguments that have names. Dicts that `**` brings are looked into where they are. */
class NamedArguments {
  readonly #written = new Map<string, Given>();
  readonly #spread: Spread[] = [];
  /** Of a `partial`: what a call says is in front of that. */
  readonly #behind: NamedArguments | null;

  constructor(behind: NamedArguments | null = null) {
    this.#behind = behind;
  }

  set(name: string, given: Given): void {
    this.#written.set(name, given);
  }

  spread(spread: Spread): void {
    this.#spread.push(spread);
  }

  get(name: string): Given | undefined {
    const written = this.#written.get(name);
    if (written) return written;
    for (const { entries, span, changed } of this.#spread) {
      const set = changed ? lastSet(changed, name) : undefined;
      if (set) return { expression: set, span, position: null };
      const expression = entries.get(name);
      if (expression)
        return changed && isEntryChanged(changed, name) ? undefined : { expression, span, position: null };
    }
    return this.#behind?.get(name);
  }

  has(name: string): boolean {
    const isOwn = this.#written.has(name) || this.#spread.some(({ entries }) => entries.has(name));
    return isOwn || this.#behind?.has(name) === true;
  }

  /** The first name that a pattern finds. */
  nameLike(pattern: RegExp): string | undefined {
    const written = firstLike(this.#written.keys(), pattern);
    if (written !== undefined) return written;
    for (const { entries } of this.#spread) {
      const key = entries.keyLike(pattern);
      if (key !== undefined) return key;
    }
    return this.#behind?.nameLike(pattern);
  }

  /** At most so many names. */
  names(most: number): readonly string[] {
    const written = firstOf(this.#written.keys(), most);
    const spread = this.#spread.flatMap(({ entries }) => entries.keys(most));
    return [...new Set([...written, ...spread, ...(this.#behind?.names(most) ?? [])])].slice(0, most);
  }
}

/** `options["label_smoothing"] = 0.2` in front of the call: what it's set to, if it surely is, and nothing else changes it. */
function lastSet({ node, scope }: Expression, key: string): Expression | undefined {
  const name = textOf(node, scope.module.text);
  const dotted = `${name}.${key}`;
  const bound = visible(dotted, scope, node.from);
  const [only, ...others] = bound?.bindings ?? [];
  if (!bound?.isSure || only?.kind !== 'value' || others.length > 0 || only.at > node.from) return undefined;
  const isElsewhere =
    isKeyChanged(name, key, scope.module) ||
    changedByAlias(name, key, scope.module) !== undefined ||
    isSetElsewhere(dotted, scope);
  return isElsewhere ? undefined : { node: only.value, scope: only.scope };
}

/**
 * `skip`: how many of the first positional arguments aren't the callee's (the callee itself, of `partial`). `partial`: what the
 * callee was given where it was made.
 */
export function boundCall(resolver: Resolver, call: Expression, skip = 0, partial?: BoundCall): BoundCall {
  const { node, scope } = call;
  const written = argumentsOf(argListOf(node), scope.module.text);
  const positional: Given[] = [];
  const first = partial?.positional.length ?? 0;
  const named = new NamedArguments(partial?.named);
  let open = partial?.open ?? false;
  for (const { name, star, value, from, to } of written) {
    const span = { from, to };
    const expression = { node: value, scope };
    if (name !== null) named.set(name, { expression, span, position: null });
    else if (star === '') positional.push({ expression, span, position: first + positional.length - skip });
    else {
      const inner = resolver.evaluate(expression);
      if (star === '**' && inner.kind === 'mapping') {
        const changed = isChanged(expression) ? expression : null;
        named.spread({ entries: inner.entries, span, changed });
        // It may have others that aren't shown.
        if (changed || inner.entries.size === null) open = true;
      } else if (star === '*' && inner.kind === 'sequence' && inner.elements.length <= MOST_SPREAD) {
        for (const each of inner.elements)
          positional.push({ expression: each, span, position: first + positional.length - skip });
      } else open = true;
    }
  }
  const all = [...(partial?.positional ?? []), ...positional.slice(skip)];
  return { call, positional: all, named, open, written: written.slice(skip) };
}

/** Without arguments. */
export function emptyCall(call: Expression): BoundCall {
  return { call, positional: [], named: new NamedArguments(), open: false, written: [] };
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
