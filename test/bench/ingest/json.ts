import { startContender } from '../contenders/contender.ts';
import { median } from '../interleaved.ts';
import type { Shape } from '../options.ts';
import type { IngestResult } from '../report.ts';
import { takeTurns } from '../turns.ts';

/** JSON of all digits to float32. */
export async function measureJson(
  shape: Shape,
  program: string,
  rounds: number,
  patienceMs: number,
): Promise<IngestResult[]> {
  const contender = await startContender(process.execPath, [program, ...shape]);
  const sums = new Set<number>();
  const entrants = (['smooth-labels', 'json-parse'] as const).map((name) => ({
    name,
    async run() {
      const { ms, loss } = await contender.ask({ task: 'read', contender: name, threads: 1, rows: shape[0] });
      sums.add(loss);
      return ms;
    },
  }));
  const { times, failed } = await takeTurns(entrants, rounds, patienceMs);
  await contender.stop();
  for (const [{ name }, reason] of failed) throw new Error(`${name}: ${reason}`);
  if (sums.size !== 1) throw new Error(`What was read adds up to ${[...sums].join(' and ')}`);
  return [...times].map(([{ name }, taken]) => ({
    input: 'json',
    contender: name,
    shape,
    megabytes: contender.greeting.megabytes ?? Number.NaN,
    threads: 1,
    medianMs: median(taken),
  }));
}
