import type { SyntaxNode } from '@lezer/common';
import { remembered } from '../../../common/remembered.ts';
import type { SourceSpan } from '../../../sourcePlace.ts';
import type { Binding, PyModule, Scope } from '../../syntax/pythonScopes.ts';
import type { HiddenSet } from './hiddenSet.ts';

/** Where something is used. */
export interface Use {
  readonly scope: Scope;
  readonly offset: number;
}

/** What stands in a module, and what does it. */
type Done = Pick<HiddenSet, 'span' | 'scope'>;

/**
 * What may have run since a module bound a name, where that is used: behind it in its own module and, in a notebook, in the cells
 * between and in that of the use. `of`: what a module does; `between`: those of the cells of a range that do something.
 */
export function mayHaveRunSince<T extends Done>(
  bindings: readonly Binding[],
  use: Use,
  of: (module: PyModule) => readonly T[],
  between: (from: number, limit: number) => readonly PyModule[],
): readonly T[] {
  const [first] = bindings;
  if (!first) return [];
  const { module } = first.scope;
  const since = Math.min(...bindings.map(({ at }) => at));
  const isHere = module === use.scope.module;
  const own = of(module).filter(
    (each) => each.span.from > since && mayHaveRun(each, isHere ? use : undefined, since),
  );
  const { cell } = use.scope.module;
  if (isHere || module.cell === undefined || cell === undefined) return own;
  const later = of(use.scope.module).filter((each) => mayHaveRun(each, use));
  return [...own, ...between(module.cell + 1, cell).flatMap(of), ...later];
}

/**
 * Code of the module that stands behind a use in the module hasn't run yet, unless a loop around both has run it, that doesn't set
 * anew what is used. `since`: where that is set.
 */
export function mayHaveRun(
  { span, scope }: Pick<HiddenSet, 'span' | 'scope'>,
  use: Use | undefined,
  since = -1,
): boolean {
  if (use?.scope.kind !== 'module' || scope.kind !== 'module' || span.to <= use.offset) return true;
  return runsAgain(span, use, since);
}

/** A loop around both runs what stands behind a use in front of it, too. */
export function runsAgain({ from }: SourceSpan, use: Use, since: number): boolean {
  const loop = loopAround(use.scope.module, use.offset);
  return loop !== undefined && from < loop.to && since < loop.from;
}

/** The outermost loop around a place: one place is asked about many times. */
function loopAround(module: PyModule, offset: number): SourceSpan | undefined {
  const asked = lastAsked(module);
  if (asked.offset === offset) return asked.loop;
  let loop: SourceSpan | undefined;
  for (let node: SyntaxNode | null = module.top.resolveInner(offset, 1); node; node = node.parent)
    if (node.name === 'ForStatement' || node.name === 'WhileStatement')
      loop = { from: node.from, to: node.to };
  Object.assign(asked, { offset, loop });
  return loop;
}

const lastAsked = remembered((_: PyModule): { offset: number; loop: SourceSpan | undefined } => ({
  offset: -1,
  loop: undefined,
}));
