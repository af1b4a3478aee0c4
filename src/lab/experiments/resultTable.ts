import { FIGURES } from '../measure/labFigures.ts';
import type { TrainingSnapshot } from '../training/trainer.ts';
import type { SeedRange } from './comparison.ts';

/** What each network was measured to be, α and seed first; figures as FIGURES names them. */
export const RESULT_COLUMNS = ['alpha', 'seed', 'epoch', ...FIGURES] as const;

/** One run of a comparison: its seeds, and its snapshots in the order of their epochs. */
export interface ComparedRun {
  readonly seeds: SeedRange;
  readonly snapshots: readonly Pick<TrainingSnapshot, 'epoch' | 'figures'>[];
}

/** A row for each network and measured epoch, α by α and in each seed by seed: what a table of all results has. NaN: no such figure. */
export function resultRows(alphas: readonly number[], runs: readonly ComparedRun[]): number[][] {
  return alphas.flatMap((alpha, a) =>
    runs.flatMap(({ seeds: { first, count }, snapshots }) =>
      Array.from({ length: count }, (_, i) =>
        snapshots.map(({ epoch, figures }) => {
          const start = (a * count + i) * FIGURES.length;
          return [alpha, first + i, epoch, ...figures.subarray(start, start + FIGURES.length)];
        }),
      ).flat(),
    ),
  );
}
