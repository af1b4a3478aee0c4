import type { LabFigure } from '../../../lab/measure/labFigures.ts';
import type { AlphaPoint } from '../pictures/alphaChart.tsx';
import { LAB_ALPHAS, type PlannedComparison, plannedComparison } from './labSetups.ts';
import type { LabState } from './labState.ts';
import { isFinished, type TrainedPart, valuesAt } from './trainedPart.ts';

/** The α of the whole picture: those of the slider that are far enough from each other to differ. */
const SHOWN_ALPHAS: readonly number[] = [0, ...LAB_ALPHAS.filter((alpha) => alpha >= 0.05)];

/** The same networks on the same rows; only α may differ, and what is drawn of them. */
function isAlike(one: PlannedComparison, other: PlannedComparison): boolean {
  const settings = (plan: PlannedComparison) =>
    JSON.stringify([plan.data, { ...plan.settings, alphas: null, pictures: null }, plan.seeds]);
  return settings(one) === settings(other);
}

function alikeParts({ parts }: LabState, plan: PlannedComparison): readonly TrainedPart[] {
  return [...parts.values()].filter((part) => isFinished(part) && isAlike(part.plan, plan));
}

/**
 * A figure of every seed at each α that was trained with the same networks, in whichever comparison, after the last epoch. All have the
 * seeds of a first look, so that they can be compared.
 */
export function pointsOverAlphas(
  state: LabState,
  plan: PlannedComparison,
  figure: LabFigure,
): readonly AlphaPoint[] {
  const parts = alikeParts(state, plan);
  const alphas = new Set([...SHOWN_ALPHAS, ...parts.flatMap((part) => part.plan.settings.alphas)]);
  return [...alphas]
    .sort((a, b) => a - b)
    .map((alpha) => {
      const part = parts.find((each) => each.plan.settings.alphas.includes(alpha));
      if (!part) return { alpha, values: [] };
      const firstLook = { ...part, runs: part.runs.slice(0, 1) };
      return { alpha, values: valuesAt(firstLook, part.plan.settings.alphas.indexOf(alpha), figure, null) };
    });
}

/** What is missing to see a figure over α: the same networks with the α that weren't trained; null if all were. */
export function missingAlphas(state: LabState, plan: PlannedComparison): PlannedComparison | null {
  const trained = new Set(alikeParts(state, plan).flatMap((part) => part.plan.settings.alphas));
  const alphas = SHOWN_ALPHAS.filter((alpha) => !trained.has(alpha) && !plan.settings.alphas.includes(alpha));
  if (alphas.length === 0) return null;
  const settings = { ...plan.settings, alphas, pictures: { plane: null, surface: null } };
  return plannedComparison(plan.data, settings, plan.seeds, []);
}
