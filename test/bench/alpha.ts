import { startContender } from './contenders/contender.ts';
import { median } from './interleaved.ts';
import type { Shape } from './options.ts';
import type { AlphaResult } from './report.ts';
import { takeTurns } from './turns.ts';

/** What a change of α takes once logits of one shape have been measured. */
export async function measureAlpha(shape: Shape, program: string, rounds: number): Promise<AlphaResult> {
  const contender = await startContender(process.execPath, [program, ...shape]);
  const entrants = (['alpha-mean', 'alpha-rows'] as const).map((task) => ({
    name: task,
    run: async () =>
      (await contender.ask({ task, contender: 'smooth-labels', threads: 1, rows: shape[0] })).ms,
  }));
  const { times } = await takeTurns(entrants, rounds, Number.POSITIVE_INFINITY);
  await contender.stop();
  const [mean, all] = entrants.map((entrant) => median(times.get(entrant) ?? []));
  return { shape, meanMs: mean!, rowsMs: all! };
}
