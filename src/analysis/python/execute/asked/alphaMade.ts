import type { Execution, Figures, Reading } from '../execution.ts';

/** Figures are rounded. */
export const FIGURES_ROUNDED = 1e-4;

/** The more α, the less the true class gets; or it has an α of its own. */
export function smooths(execution: Execution): boolean {
  if (execution.kind !== 'read' || execution.focal) return false;
  const { alphaIs, parts } = execution;
  if (typeof alphaIs === 'object') return true;
  if (alphaIs === 'unused') return false;
  const sign = alphaIs === 'parameter' ? 1 : -1;
  return parts.every(({ figures: [first, ...others] }) =>
    others.every(({ alpha, classes, on }) => {
      if (!first || alpha === null || first.alpha === null || classes !== first.classes) return true;
      return sign * (alpha - first.alpha) * (on - first.on) <= 0 && on !== first.on;
    }),
  );
}

/** Targets are a line in α: of its square, or of no argument at all, the argument isn't α. */
export function makesOfAlpha({ alphaIs, alphaParameter, parts }: Reading): boolean {
  if (alphaIs === 'unused' || typeof alphaIs === 'object') return alphaParameter === null;
  // What is left to the label.
  if (alphaIs === 'oneMinus') return false;
  return parts.every(({ figures, convention, scale }) => {
    // Of a sum of losses they're those of all of them.
    const isAlone = scale === 1 || scale === 'perClass';
    if (convention === null && isAlone && isTimesAlpha(figures)) return false;
    const tried = figures.filter(({ alpha, classes }) => alpha !== null && classes === figures[0]?.classes);
    const [a, b, c] = tried;
    if (!a || !b || !c) return true;
    const slope = (from: Figures, to: Figures) => (to.on - from.on) / (to.alpha! - from.alpha!);
    return Math.abs(slope(a, b) - slope(b, c)) < FIGURES_ROUNDED;
  });
}

/** They are those of another α, which is always the same part of the argument. */
function isTimesAlpha(figures: readonly Figures[]): boolean {
  const known = figures.filter(
    ({ alpha, sum }) => alpha !== null && alpha > 0 && Math.abs((sum ?? 0) - 1) < FIGURES_ROUNDED,
  );
  if (known.length === 0 || known.length < figures.length) return false;
  const shares = [(_: number) => 1, (classes: number) => (classes - 1) / classes];
  return shares.some((of) => {
    const ratios = known.map(({ alpha, classes, on, off }) => ((1 - on + off) * of(classes ?? 2)) / alpha!);
    return ratios.every((ratio) => ratio > 0 && Math.abs(ratio - ratios[0]!) < FIGURES_ROUNDED);
  });
}
