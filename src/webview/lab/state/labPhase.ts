import type { TrainingProgress } from '../../../lab/training/trainer.ts';
import type { LabStop } from '../../../protocol/labChannel.ts';
import type { LabStore } from './labStore.ts';
import { isFinished, type RunRecord } from './trainedPart.ts';

/** Where the story stands. */
export type LabPhase =
  | { readonly kind: 'before' | 'stale' | 'finished' }
  /** `done`: 0…1 of all that the story trains. */
  | {
      readonly kind: 'running';
      readonly done: number;
      readonly msLeft: number | null;
      readonly isMore: boolean;
    }
  | { readonly kind: 'cancelled' | 'hidden'; readonly epoch: number }
  | {
      readonly kind: 'broken';
      readonly epoch: number;
      readonly seeds: readonly number[];
      readonly first: number;
    }
  | { readonly kind: 'failed'; readonly message: string };

/** How far a run is, 0…1. */
function shareOf({ progress, stop }: RunRecord): number {
  if (stop?.kind === 'finished') return 1;
  return progress ? progress.epoch / progress.epochs : 0;
}

/** Where the story that is in front stands. */
export function phaseOf(store: LabStore): LabPhase {
  if (store.state.story === 'teacher') return teachingPhase(store);
  const { parts, planned, isStale } = store;
  const halted = parts
    .flatMap(({ plan, runs }) => runs.map((run) => ({ plan, run })))
    .find(({ run: { stop } }) => stop && stop.kind !== 'finished');
  const running = parts.flatMap(({ runs }) => runs).find(({ stop }) => stop === null);
  if (running) {
    const isMore = running.seeds.first > 0;
    const first = parts.reduce((sum, { runs }) => sum + (runs[0] ? shareOf(runs[0]) : 0), 0);
    const done = isMore ? shareOf(running) : first / Math.max(1, planned.length);
    return { kind: 'running', done, msLeft: msLeftOf(store, running.progress), isMore };
  }
  if (halted?.run.stop && !isStale) {
    const { plan, run } = halted;
    return haltedPhase(run.stop!, run.seeds.count, run.seeds.first, plan.settings.alphas.length);
  }
  if (isStale) return { kind: 'stale' };
  const isDone = planned.length > 0 && planned.every(({ key }) => isFinished(store.state.parts.get(key)));
  return { kind: isDone ? 'finished' : 'before' };
}

function haltedPhase(stop: LabStop, count: number, first: number, alphas: number): LabPhase {
  switch (stop.kind) {
    case 'failed':
      return { kind: 'failed', message: stop.message };
    case 'broken': {
      const seeds = [...new Set(stop.networks.map((network) => network % count))];
      return alphas > 0 ? { kind: 'broken', epoch: stop.epoch, seeds, first } : { kind: 'finished' };
    }
    case 'hidden':
      return { kind: 'hidden', epoch: stop.epoch };
    default:
      return { kind: 'cancelled', epoch: stop.epoch };
  }
}

/** What's left of the comparison that trains, and of those after it as they were estimated. */
function msLeftOf({ planned, state }: LabStore, progress: TrainingProgress | null): number | null {
  if (progress?.msLeft == null) return null;
  const after = planned.filter(({ key }) => !state.parts.has(key));
  return after.reduce((sum, { key }) => sum + state.pace * (state.estimates.get(key) ?? 0), progress.msLeft);
}

/** Teachers take this part of the time, about; students the rest. */
const TEACHERS_SHARE = 0.35;

function teachingPhase({ teaching, setup }: LabStore): LabPhase {
  const { last } = teaching;
  if (!last) return { kind: 'before' };
  const { progress, part, stop } = last;
  if (!stop) {
    const share = progress ? progress.epoch / progress.epochs : 0;
    const done = part === 'students' ? TEACHERS_SHARE + (1 - TEACHERS_SHARE) * share : TEACHERS_SHARE * share;
    const msLeft = part === 'students' ? (progress?.msLeft ?? null) : null;
    return { kind: 'running', done, msLeft, isMore: last.firstSeed > 0 };
  }
  const [first] = teaching.runs;
  if (first && (first.alpha !== setup.alpha || first.seeds !== setup.seeds)) return { kind: 'stale' };
  if (stop.kind === 'finished') return { kind: 'finished' };
  return haltedPhase(stop, last.seeds, last.firstSeed, 2);
}
