import { describe, expect, it, vi } from 'vitest';
import { LabRuns, type LabTrainer } from '../../../../src/host/lab/labRuns.ts';
import { TEACHER_SETTINGS } from '../../../../src/lab/experiments/teacherStory.ts';
import { FIGURES } from '../../../../src/lab/measure/labFigures.ts';
import type { TrainingState } from '../../../../src/lab/training/trainer.ts';
import type { TrainingPlan } from '../../../../src/lab/training/trainingPlan.ts';
import type { LabFunctions } from '../../../../src/protocol/labChannel.ts';
import { comparisonsOf, firstSetup } from '../../../../src/webview/lab/state/labSetups.ts';

/** Trains nothing: a run lasts until a test ends it, or it's paused, which an unbegun one can't be. */
class PretendedTrainer implements LabTrainer {
  readonly begun: {
    readonly plan: TrainingPlan;
    end: (state: TrainingState) => void;
    isReleased: boolean;
  }[] = [];

  backend = async () => 'cpu' as const;

  begin: LabTrainer['begin'] = async (plan, { onSnapshots }) => {
    const run = { plan, end: (_: TrainingState) => {}, isReleased: false };
    this.begun.push(run);
    return {
      goOn: () =>
        new Promise<TrainingState>((resolve, reject) => {
          run.end = (state) => {
            const figures = new Float64Array(plan.networks.length * FIGURES.length).fill(0.5);
            onSnapshots?.([{ epoch: state.epoch, figures, planes: [], probe: null }]);
            run.end = () => {};
            if (run.isReleased) reject(new Error('Released'));
            else resolve(state);
          };
        }),
      pause: () => run.end({ kind: 'paused', epoch: 1 }),
      logits: async (_, rows) => new Float32Array(plan.networks.length * rows * plan.outputs),
      parameters: async () => [],
      release: async () => {
        run.isReleased = true;
        run.end({ kind: 'paused', epoch: 1 });
      },
    };
  };
}

function opened({ isSeen = true } = {}) {
  const trainer = new PretendedTrainer();
  const page = {
    started: vi.fn(),
    progress: vi.fn(),
    snapshots: vi.fn(),
    reliability: vi.fn(),
    part: vi.fn(),
    stopped: vi.fn(),
    showStory: vi.fn(),
  } satisfies LabFunctions;
  const runs = new LabRuns(
    trainer,
    page,
    () => undefined,
    () => isSeen,
  );
  /** The networks that train as number `i`, once they do. */
  const training = async (i: number) => {
    await vi.waitUntil(() => trainer.begun[i]);
    await new Promise((resolve) => setTimeout(resolve));
    return trainer.begun[i]!;
  };
  const finish = async (i: number) => (await training(i)).end({ kind: 'finished', epoch: 30 });
  return { trainer, page, runs, training, finish };
}

const TAUGHT = { ...TEACHER_SETTINGS, seeds: 2 };
const [{ data, settings }] = comparisonsOf('overconfidence', firstSetup('overconfidence'), null) as [
  ReturnType<typeof comparisonsOf>[0],
];
const COMPARISON = { data, settings, seeds: { first: 0, count: 2 } };

describe('a comparison', () => {
  it('waits while nobody sees it, and says that this is why', async () => {
    const { runs, training, finish } = opened();
    const stop = runs.train(1, COMPARISON);
    await training(0);
    runs.pauseHidden();
    expect(await stop).toEqual({ kind: 'hidden', epoch: 1 });
    // It stands still already: hidden once more, it's still to go on.
    runs.pauseHidden();
    const end = runs.goOn(1, []);
    await finish(0);
    expect(await end).toEqual({ kind: 'finished', epoch: 30 });
  });

  it.each([
    ['paused', (runs: LabRuns) => runs.pause(1)],
    ['hidden', (runs: LabRuns) => runs.pauseHidden()],
  ] as const)('that is %s before its networks are there stands still once they are', async (kind, pause) => {
    const { runs } = opened();
    const stop = runs.train(1, COMPARISON);
    pause(runs);
    expect(await stop).toEqual({ kind, epoch: 1 });
  });

  it('that is asked for while nobody sees it waits', async () => {
    const { runs } = opened({ isSeen: false });
    expect(await runs.train(1, COMPARISON)).toEqual({ kind: 'hidden', epoch: 1 });
  });

  it('that was given up before its networks are there leaves none', async () => {
    const { trainer, runs } = opened();
    const stop = runs.train(1, COMPARISON);
    await runs.release(1);
    expect(await stop).toMatchObject({ kind: 'failed' });
    expect(trainer.begun.map(({ isReleased }) => isReleased)).toEqual([true]);
    expect(await runs.goOn(1, [])).toMatchObject({ kind: 'failed' });
  });
});

describe('the story of a teacher', () => {
  it('has its teachers, then its students, and figures of both', async () => {
    const { runs, page, finish } = opened();
    const end = runs.teach(1, TAUGHT, 0);
    await finish(0);
    await finish(1);
    expect(await end).toMatchObject({
      alone: [0.5, 0.5],
      teachers: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
    });
    expect(page.part.mock.calls).toEqual([
      [1, 'teachers'],
      [1, 'students'],
    ]);
  });

  it('is paused between its parts, too: then its students wait', async () => {
    const { runs, page, training, finish } = opened();
    const end = runs.teach(1, TAUGHT, 0);
    await training(0);
    await finish(0);
    runs.pause(1);
    await vi.waitUntil(() => page.stopped.mock.calls.length > 0);
    expect(page.stopped.mock.calls).toEqual([[1, { kind: 'paused', epoch: 0 }]]);
    expect(await runs.goOn(1, [])).toEqual({ kind: 'paused', epoch: 0 });
    await finish(1);
    expect(await end).toMatchObject({ alone: [0.5, 0.5] });
  });

  it('waits while nobody sees it, and after that is paused as by whoever pauses it', async () => {
    const { runs, page, training, finish } = opened();
    const end = runs.teach(1, TAUGHT, 0);
    await training(0);
    runs.pauseHidden();
    await vi.waitUntil(() => page.stopped.mock.calls.length === 1);
    await runs.goOn(1, []);
    await finish(0);
    await training(1);
    runs.pause(1);
    await vi.waitUntil(() => page.stopped.mock.calls.length === 2);
    expect(page.stopped.mock.calls.map(([, { kind }]) => kind)).toEqual(['hidden', 'paused']);
    await runs.release(1);
    expect(await end).toMatchObject({ kind: 'paused' });
  });
});
