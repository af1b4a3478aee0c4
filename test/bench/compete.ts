import { join } from 'node:path';
import { type Contender, startContender } from './contenders/contender.ts';
import { median } from './interleaved.ts';
import type { Shape } from './options.ts';
import type { ContenderName, Result } from './report.ts';
import { CannotRun, type Entrant, takeTurns } from './turns.ts';

/** What it takes to start a contender. */
export interface Means {
  readonly programs: Readonly<Record<'smoothLabels' | 'tfjs', string>>;
  /** A Python with PyTorch. */
  readonly python: string | undefined;
  readonly rounds: number;
  readonly patienceMs: number;
}

export interface Wanted {
  readonly contender: ContenderName;
  readonly threads: number;
}

export interface Competition {
  readonly results: Result[];
  readonly versions: Record<string, string>;
  /** Who was left out, and why. */
  readonly notes: string[];
}

/** Makes glibc keep what is freed, and take it from there again. */
const KEEP_MEMORY = { MALLOC_MMAP_THRESHOLD_: String(2 ** 40), MALLOC_TRIM_THRESHOLD_: String(2 ** 40) };

/**
 * A repetition shorter than this is preceded by one that isn't timed: in its turn a contender finds the caches full of what others
 * left. Of a longer one that's no part worth telling.
 */
const WARM_MS = 1000;

/** The first of so many parts of the rows tells how long all of them would take. */
const PROBE = 100;

/** Lets those who are wanted compete at one task with logits of one shape. */
export async function compete(
  task: 'loss' | 'gradient',
  shape: Shape,
  wanted: readonly Wanted[],
  means: Means,
): Promise<Competition> {
  const [rows, classes] = shape;
  const size = `${rows}×${classes}`;
  const running = new Map<string, Contender>();
  const losses = new Map<string, number>();
  const versions: Record<string, string> = {};
  const notes = new Set<string>();
  const entrants: (Entrant & Wanted)[] = [];
  try {
    for (const { contender: name, threads } of wanted) {
      const command = commandOf(name, shape, means);
      if (command === undefined) continue;
      const env = name === 'torch-eager-kept' ? KEEP_MEMORY : {};
      const key = JSON.stringify([command, env]);
      try {
        const contender = running.get(key) ?? (await startContender(command[0]!, command.slice(1), env));
        running.set(key, contender);
        Object.assign(versions, contender.greeting.versions);
        const missing = contender.greeting.missing[name];
        if (missing !== undefined) throw new CannotRun(missing);
        const ask = (count: number) => contender.ask({ task, contender: name, threads, rows: count });
        const probed = name.startsWith('tfjs');
        const expectedMs = probed ? await estimatedMs(rows, async (count) => (await ask(count)).ms) : 0;
        if (expectedMs > 2 * means.patienceMs)
          throw new CannotRun(`takes about ${Math.round(expectedMs / 1000)} s for ${size}`);
        let last = expectedMs;
        const run = async () => {
          if (last < WARM_MS) await ask(rows);
          const { ms, loss } = await ask(rows);
          last = ms;
          losses.set(name, loss);
          return ms;
        };
        entrants.push({
          name: `${name}, ${threads}`,
          contender: name,
          threads,
          run,
          ...(probed && { expectedMs }),
        });
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        notes.add(`${name}: ${error.message}`);
      }
    }
    const { times, failed } = await takeTurns(entrants, means.rounds, means.patienceMs);
    for (const [{ contender }, reason] of failed) notes.add(`${contender}: ${size}: ${reason}`);
    checkLosses(losses, shape);
    return {
      results: [...times].map(([{ contender, threads }, taken]) => ({
        contender,
        shape,
        threads,
        medianMs: median(taken),
      })),
      versions,
      notes: [...notes],
    };
  } finally {
    for (const contender of running.values()) await contender.stop();
  }
}

function commandOf(
  contender: ContenderName,
  shape: Shape,
  { programs, python }: Means,
): readonly string[] | undefined {
  const size = shape.map(String);
  switch (contender) {
    case 'smooth-labels':
      return [process.execPath, programs.smoothLabels, ...size];
    case 'torch-eager':
    case 'torch-eager-kept':
    case 'torch-compile':
      return python === undefined
        ? undefined
        : [python, join(import.meta.dirname, 'contenders', 'pytorch.py'), ...size];
    case 'tfjs-wasm':
    case 'tfjs-cpu':
      return [process.execPath, programs.tfjs, contender.slice('tfjs-'.length), ...size];
  }
}

async function estimatedMs(rows: number, run: (rows: number) => Promise<number>): Promise<number> {
  const some = Math.ceil(rows / PROBE);
  await run(some);
  return ((await run(some)) * rows) / some;
}

/** All have drawn their own logits, so their mean losses differ, but not by more than ten of their deviations. */
function checkLosses(losses: ReadonlyMap<string, number>, [rows]: Shape): void {
  const expected = losses.get('smooth-labels');
  if (expected === undefined) return;
  for (const [name, loss] of losses) {
    if (!(Math.abs(loss - expected) < 50 / Math.sqrt(rows)))
      throw new Error(`The mean loss is ${loss} for ${name}, ${expected} for smooth-labels`);
  }
}
