import { countBefore } from '../../common/countBefore.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { Binding, Scope } from '../syntax/pythonScopes.ts';

/** The bindings of a name a use may see. More than one: it depends on what runs. */
export interface Visible {
  readonly bindings: readonly Binding[];
  readonly scope: Scope;
  /** One of them has run wherever this is used: it isn't what the name was before. */
  readonly isSure: boolean;
}

/** A name that may have got its value in more places than this isn't followed. */
const MOST_BINDINGS = 64;

/** Looks a name up as Python does: inwards out, past classes. `offset` is where it is used. */
export function visible(name: string, from: Scope, offset: number): Visible | undefined {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === 'class' && scope !== from) continue;
    const bindings = scope.bindings.get(name);
    if (!bindings) continue;
    const seen = scope === from ? before(name, bindings, offset) : last(bindings);
    if (seen.length > 0)
      return { bindings: seen, scope, isSure: isSure(seen, scope === from ? offset : null) };
  }
  return undefined;
}

/** The scope whose name it is: `global crit` in a function says that it's the module's. */
export function ownerOf(name: string, from: Scope): Scope | undefined {
  let bound: Scope | null = from;
  while (bound && !((bound.kind !== 'class' || bound === from) && bound.bindings.has(name)))
    bound = bound.parent;
  for (let each = bound?.parent ?? null; each; each = each.parent) {
    const bindings = each.bindings.get(name) ?? [];
    // What a function says is the module's is bound there in order, too.
    const at = countBefore(bindings, bound!.span.from, (binding) => binding.at);
    if (bindings[at]?.scope === bound) return each;
  }
  return bound ?? undefined;
}

/** One of them has run, whatever does: where it's used, or once the scope has run. */
export function isSure(seen: readonly Binding[], offset: number | null): boolean {
  // What a loop sets behind a use hasn't run in its first round.
  return seen.some(({ at, block, conditional }) =>
    offset === null
      ? !conditional
      : at <= offset && (!conditional || (block.from <= offset && offset < block.to)),
  );
}

/** What the name may be at this place of its own scope: the last one that is sure to have run, and what came after. */
function before(name: string, bindings: readonly Binding[], offset: number): readonly Binding[] {
  const seen: Binding[] = [];
  const branches = new Branches();
  const end = countBefore(bindings, offset + 1, (binding) => binding.at);
  let sure: SourceSpan | undefined;
  for (let i = end - 1; i >= 0; i--) {
    const binding = bindings[i]!;
    if (end - i > MOST_BINDINGS) return [{ ...binding, kind: 'unknown' }];
    if (binding.kind === 'value' && binding.value.to > offset) continue;
    seen.push(binding);
    if (binding.block.from <= offset && offset < binding.block.to) {
      sure = binding.block;
      break;
    }
    const whole = branches.add(binding);
    if (whole && whole.from <= offset && offset < whole.to) {
      sure = whole;
      break;
    }
  }
  return [...laterInLoop(name, bindings, end, offset, sure), ...seen];
}

/** It's made of what it was before: another number each round. */
function isOfItself(binding: Binding, name: string): boolean {
  if (binding.kind !== 'value') return false;
  const { from, to } = binding.value;
  return binding.scope.module.text.slice(from, Math.min(to, from + LONGEST_VALUE)).includes(name);
}

/** Characters of a value that is looked through. */
const LONGEST_VALUE = 1000;

/** What a loop around a use sets behind it: in the next round that counts, unless the loop has set it again before. */
function laterInLoop(
  name: string,
  bindings: readonly Binding[],
  from: number,
  offset: number,
  sure: SourceSpan | undefined,
): readonly Binding[] {
  const later: Binding[] = [];
  for (let i = from; i < bindings.length; i++) {
    const binding = bindings[i]!;
    const { loop } = binding;
    if (!loop || loop.from > offset || offset >= loop.to) break;
    if (sure && sure.from > loop.from) break;
    if (later.length === MOST_BINDINGS) return [{ ...binding, kind: 'unknown' }];
    later.push(isOfItself(binding, name) ? { ...binding, kind: 'unknown' } : binding);
  }
  return later.reverse();
}

const known = new WeakMap<readonly Binding[], readonly Binding[]>();

/** What it is once the scope has run. */
export function last(bindings: readonly Binding[]): readonly Binding[] {
  let seen = known.get(bindings);
  if (!seen) {
    const sure = bindings.findLastIndex(({ conditional }) => !conditional);
    const all = sureOf(bindings.slice(Math.max(0, sure)).toReversed());
    seen = all.length > MOST_BINDINGS ? [{ ...all[0]!, kind: 'unknown' }] : all;
    known.set(bindings, seen);
  }
  return seen;
}

/** Without those in front of an `if` whose branches all set the name. Last ones first. */
function sureOf(bindings: readonly Binding[]): readonly Binding[] {
  const branches = new Branches();
  const { node } = bindings[0]?.scope ?? {};
  for (const [i, binding] of bindings.slice(0, MOST_BINDINGS).entries()) {
    const whole = branches.add(binding);
    if (whole && (whole.from === 0 || whole.from === node?.lastChild?.from)) return bindings.slice(0, i + 1);
  }
  return bindings;
}

/** Methods that run whenever an object is made. */
export const INIT = /^__(?:post_)?init__$/;

const inMethods = new WeakMap<readonly Binding[], readonly Binding[]>();

/** What an attribute may be of an object that is in use: what `__init__` sets, and what other methods do. */
export function lastOfAttribute(bindings: readonly Binding[]): readonly Binding[] {
  let seen = inMethods.get(bindings);
  if (!seen) {
    const inInit = bindings.filter(({ scope }) => INIT.test(scope.name));
    const elsewhere = bindings.filter(({ scope }) => !INIT.test(scope.name));
    seen = inInit.length > 0 ? [...last(inInit), ...elsewhere] : bindings;
    if (seen.length > MOST_BINDINGS) seen = [{ ...seen[0]!, kind: 'unknown' }];
    inMethods.set(bindings, seen);
  }
  return seen;
}

/** Branches of `if` statements that set a name: where all of one do, what was before doesn't count. */
class Branches {
  readonly #set = new Set<number>();

  /** The block that an `if` is in, if this was the last of its branches. */
  add({ kind, block, ...binding }: Binding): SourceSpan | undefined {
    this.#set.add(block.from);
    const value = 'value' in binding ? binding.value : undefined;
    if (kind !== 'value' || !value) return undefined;
    const body = value.parent?.parent;
    const statement = body?.name === 'Body' ? body.parent : null;
    // Its first branch comes last: the others are looked at once.
    const isFirst = body?.prevSibling?.prevSibling?.name === 'if';
    if (statement?.name !== 'IfStatement' || !isFirst || !statement.getChild('else')) return undefined;
    if (!statement.getChildren('Body').every(({ from }) => this.#set.has(from))) return undefined;
    const outer = statement.parent;
    return outer
      ? { from: outer.from, to: outer.name === 'Body' ? outer.to : Number.POSITIVE_INFINITY }
      : undefined;
  }
}
