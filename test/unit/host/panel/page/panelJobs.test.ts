import { expect, it, vi } from 'vitest';
import { CancelledError } from '../../../../../src/engine/client/engineFailures.ts';
import type { Following } from '../../../../../src/engine/client/workerLife.ts';
import { PanelJobs } from '../../../../../src/host/panel/page/panelJobs.ts';

/** Work that goes on until it's stopped. */
const endless = ({ signal }: Following) =>
  new Promise<never>((_, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))));

it('a job is stopped by its name, and no other', async () => {
  const jobs = new PanelJobs(() => {});
  let ended = '';
  const [first, second] = ['first', 'second'].map((name) =>
    jobs.run(name, name, endless).catch(() => {
      ended += name;
    }),
  );
  jobs.stop('second');
  await second;
  expect(ended).toBe('second');
  jobs.stop('unknown');
  jobs.stopAll();
  await first;
  expect(ended).toBe('secondfirst');
});

it('what a job reports comes with its name, and its answer is passed on', async () => {
  const reports: [string, number][] = [];
  const jobs = new PanelJobs((job, fraction) => reports.push([job, fraction]));
  const answer = await jobs.run('a', 'figures', async ({ onProgress }) => {
    onProgress!(0.5);
    return 7;
  });
  expect([answer, reports]).toEqual([7, [['a', 0.5]]]);
});

it('a job that has ended can’t be stopped any more', async () => {
  const jobs = new PanelJobs(() => {});
  let signal: AbortSignal | undefined;
  await jobs.run('a', 'figures', async (following) => {
    signal = following.signal;
  });
  jobs.stop('a');
  jobs.stopAll();
  expect(signal!.aborted).toBe(false);
});

it('jobs of one kind run one at a time; of those that were stopped none runs', async () => {
  const jobs = new PanelJobs(() => {});
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const release: (() => void)[] = [];
  const run = (name: string) =>
    jobs.run(name, 'floors', async ({ signal }) => {
      started.push(name);
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => {
        release.push(resolve);
        signal!.addEventListener('abort', () => resolve());
      });
      running--;
      return name;
    });
  // As a slider does that is dragged: each question stops the one before.
  const answers: Promise<string>[] = [];
  for (let i = 0; i < 10; i++) {
    if (i > 0) jobs.stop(String(i - 1));
    answers.push(run(String(i)));
    answers.at(-1)!.catch(() => {});
    await Promise.resolve();
  }
  await vi.waitFor(() => expect(started.at(-1)).toBe('9'));
  expect(most).toBe(1);
  expect(started).toEqual(['0', '9']);
  release.at(-1)!();
  expect(await answers[9]).toBe('9');
  await expect(answers[5]).rejects.toThrow(CancelledError);
});
