import { describe, expect, it, vi } from 'vitest';
import { LabRuns } from '../../../../src/host/lab/labRuns.ts';
import { TEACHER_SETTINGS } from '../../../../src/lab/experiments/teacherStory.ts';
import type { LabFunctions } from '../../../../src/protocol/labChannel.ts';
import { comparisonsOf, firstSetup } from '../../../../src/webview/lab/state/labSetups.ts';
import { PretendedTrainer } from '../../../fixtures/pretendedTrainer.ts';

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
    await vi.waitUntil(() => trainer.begun[i]?.trains);
    return trainer.begun[i]!;
  };
  const finish = async (i: number) => {
    const run = await training(i);
    run.reach(run.plan.epochs);
  };
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
    expect(await stop).toEqual({ kind: 'hidden', epoch: 0 });
    // It stands still already: hidden once more, it's still to go on.
    runs.pauseHidden();
    const end = runs.goOn(1, []);
    await finish(0);
    expect(await end).toEqual({ kind: 'finished', epoch: 300 });
  });

  it.each([
    ['paused', (runs: LabRuns) => runs.pause(1)],
    ['hidden', (runs: LabRuns) => runs.pauseHidden()],
  ] as const)('that is %s before its networks are there stands still once they are', async (kind, pause) => {
    const { runs } = opened();
    const stop = runs.train(1, COMPARISON);
    pause(runs);
    expect(await stop).toEqual({ kind, epoch: 0 });
  });

  it('that is asked for while nobody sees it waits', async () => {
    const { runs } = opened({ isSeen: false });
    expect(await runs.train(1, COMPARISON)).toEqual({ kind: 'hidden', epoch: 0 });
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
