import { expect, it } from 'vitest';
import type { Following } from '../../../../src/engine/engineClient.ts';
import { PanelJobs } from '../../../../src/host/panel/panelJobs.ts';

/** Work that goes on until it's stopped. */
const endless = ({ signal }: Following) =>
  new Promise<never>((_, reject) => signal!.addEventListener('abort', () => reject(new Error('stopped'))));

it('a job is stopped by its name, and no other', async () => {
  const jobs = new PanelJobs(() => {});
  let ended = '';
  const [first, second] = ['first', 'second'].map((name) =>
    jobs.run(name, endless).catch(() => {
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
  const answer = await jobs.run('a', async ({ onProgress }) => {
    onProgress!(0.5);
    return 7;
  });
  expect([answer, reports]).toEqual([7, [['a', 0.5]]]);
});

it('a job that has ended can’t be stopped any more', async () => {
  const jobs = new PanelJobs(() => {});
  let signal: AbortSignal | undefined;
  await jobs.run('a', async (following) => {
    signal = following.signal;
  });
  jobs.stop('a');
  jobs.stopAll();
  expect(signal!.aborted).toBe(false);
});
