import { specFiguresOf } from '../../../../loss/theory/specFigures.ts';
import type { Work } from '../../../../loss/work.ts';
import type { LossConfig } from '../../../lossConfig.ts';
import type { RecognizedCall } from '../../losses/recognized.ts';
import type { Resolver } from '../../values/resolver.ts';
import type { Figures, Reading, ReadPart } from '../execution.ts';
import type { ExecutionBudget } from '../executionBudget.ts';
import type { ExecutionQuestion } from '../question.ts';
import { executeOnce } from '../rememberedExecutions.ts';
import { FIGURES_ROUNDED } from './alphaMade.ts';

/** A place that is asked about. `classes`: tried as its K where that isn't known; null where it may be told another. */
export interface Site {
  readonly resolver: Resolver;
  readonly budget: ExecutionBudget;
  readonly question: ExecutionQuestion;
  readonly classes: number | null;
}

/** It's given a whole number that may be K, or something that isn't known. */
export function tellsCount({ bound, alpha }: RecognizedCall, resolver: Resolver): boolean {
  const named = bound.named.names(MOST_ARGUMENTS).map((name) => bound.named.get(name));
  return [...bound.positional, ...named].some((each) => {
    if (!each || each.expression === alpha?.expression) return false;
    const value = resolver.resolve(each.expression);
    return value.kind === 'unknown' || (value.kind === 'number' && value.integer && value.value > 1);
  });
}

const MOST_ARGUMENTS = 64;
/** Tried where K isn't known: a convention is the same for any. */
export const CLASSES_TRIED = 4;
/** Other numbers than that: as few, and so many that shares are capped. */
const OTHER_CLASSES = [7, 300];

/** With what it's given here its targets are those of its convention, too: α isn't clamped on its way. */
export function* isAtSite(execution: Reading, site: Site): Work<boolean> {
  const [part] = execution.parts;
  const { alpha } = site.question;
  if (!part?.convention || alpha === undefined || execution.alphaIs !== 'parameter') return true;
  const atSite = yield* siteFigures(part, site);
  if (!atSite) return true;
  const { on, off, alone } = specFiguresOf(part.convention, alpha, atSite.classes ?? CLASSES_TRIED, 'ce');
  return (
    alone || (Math.abs(on - atSite.on) < FIGURES_ROUNDED && Math.abs(off - atSite.off) < FIGURES_ROUNDED)
  );
}

/** Whatever it may do elsewhere, here it smooths nothing. */
export function* isHard({ parts: [part] }: Reading, site: Site): Work<boolean> {
  const atSite = part && (yield* siteFigures(part, site));
  return atSite?.on === 1 && atSite.off === 0;
}

/** With what it's given here it has its own α, too: no argument switches that off. */
export function* isFixedHere(execution: Reading, site: Site, { alpha }: LossConfig): Work<boolean> {
  const { parts, alphaIs, alphaParameter } = execution;
  const [part, ...others] = parts;
  if (!part?.convention || others.length > 0 || typeof alphaIs !== 'object') return false;
  if (alpha.state === 'callers' || alpha.state === 'several') return false;
  const atSite = yield* siteFigures(part, site);
  if (!atSite) return alphaParameter === null;
  const { on, off } = specFiguresOf(part.convention, alphaIs.fixed, atSite.classes ?? CLASSES_TRIED, 'ce');
  return Math.abs(on - atSite.on) < FIGURES_ROUNDED && Math.abs(off - atSite.off) < FIGURES_ROUNDED;
}

/** Sigmoids may have the same targets for any K: those of a few are those where K isn't known. */
export function* withAnyCount(execution: Reading, site: Site): Work<Reading> {
  const [part, ...others] = execution.parts;
  const isOpen =
    part !== undefined && others.length === 0 && part.atSite === null && part.convention === null;
  if (execution.form !== 'sigmoid' || !isOpen || site.classes === null) return execution;
  const few = yield* siteFigures(part, site);
  if (!few) return execution;
  for (const classes of OTHER_CLASSES) {
    const more = yield* siteFigures(part, { ...site, classes });
    if (few.on !== more?.on || few.off !== more.off) return execution;
  }
  return { ...execution, parts: [{ ...part, atSite: { ...few, classes: null } }] };
}

function* siteFigures(
  { atSite }: ReadPart,
  { resolver, budget, question, classes }: Site,
): Work<Figures | null> {
  if (atSite || classes === null) return atSite;
  const again = yield* executeOnce({ ...question, classes }, resolver, budget);
  return (again.kind === 'read' && again.parts[0]?.atSite) || null;
}
