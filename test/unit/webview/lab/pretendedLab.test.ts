// @vitest-environment happy-dom
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PretendedTrainer } from '../../../fixtures/pretendedTrainer.ts';
import { openLab } from './renderedLab.ts';

/** Seeds differ by so much, and what is claimed by ten times that. */
const SEED = 0.001;

/** Students are the last networks: at each T, those of unsmoothed teachers and then those of smoothed ones, which learn less. */
const trainer = new PretendedTrainer((plan, network, figure, epoch) => {
  const seeds = plan.splits.length;
  const isStudents = plan.hidden.join() === '16';
  const group = Math.floor(network / (isStudents ? 8 : seeds));
  const isSmoothed = group % 2 === 1;
  const worse = figure === 'accuracy' && isStudents ? -1 : 1;
  const better = figure === 'accuracy' ? 10 * worse : -10;
  return 0.5 + SEED * ((network % 8) + (isSmoothed ? better : 0)) + epoch / 1e6;
});
const lab = openLab(undefined, trainer);
afterAll(() => lab.close());

const find = <T extends HTMLElement>(selector: string) => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector}`);
  return found;
};
const text = (selector: string) => (find(selector).textContent ?? '').replace(/\s+/g, ' ').trim();
const button = () => text('[data-control="train"]');
const press = () => find('[data-control="train"]').click();
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 10 });
const verdicts = () =>
  [...document.querySelectorAll<HTMLElement>('[data-verdict]')].map(({ dataset }) => dataset.verdict!);
/** What trains now; how long that takes is measured first, on networks of its own. */
const training = async (epochs: number) => {
  await until(() => {
    for (const run of trainer.begun) if (run.trains && run.plan.epochs === 6) run.reach(6);
    return trainer.begun.some((run) => run.trains && run.plan.epochs === epochs);
  });
  return trainer.begun.findLast((run) => run.trains && run.plan.epochs === epochs)!;
};

beforeAll(() => until(() => document.querySelector('.lab') !== null));

it.each(['calibration', 'wrongLabels', 'overconfidence'])(
  'the axes of “%s” go upwards before anything is measured',
  async (story) => {
    find(`#tab-${story}`).click();
    await until(() => document.querySelector(`#tab-${story}[aria-selected="true"]`) !== null);
    const charts = [...document.querySelectorAll('section.chart')].filter((each) =>
      each.querySelector('.axis'),
    );
    expect(charts.length).toBeGreaterThan(1);
    for (const chart of charts) {
      const ticks = [...chart.querySelectorAll('.tick')].map((tick) => ({
        value: Number(tick.textContent),
        height: -Number(/,([\d.]+)\)/.exec(tick.getAttribute('transform')!)![1]),
      }));
      expect(ticks.length).toBeGreaterThan(2);
      const byHeight = ticks.toSorted((a, b) => a.height - b.height);
      expect(byHeight).toEqual(ticks.toSorted((a, b) => a.value - b.value));
    }
  },
);

describe('networks over clouds', () => {
  it('are cancelled at half, looked at there, and go on to the end', async () => {
    press();
    const run = await training(300);
    run.reach(150);
    await until(() => document.querySelector('[data-figure="epoch"]')?.textContent === '150');
    expect(text('[data-figure="state"]')).toMatch(
      /^Training networks side by side: 50 %, about \d+ .+ left\.$/,
    );
    expect(button()).toBe('Cancel');
    press();
    await until(() => button() === 'Resume');
    expect(text('[data-figure="state"]')).toBe('Stopped at epoch 150. The results below are from there.');
    expect(new Set(verdicts())).toEqual(new Set(['live']));
    expect(text('[data-claim="mistakes-cheaper"] .what')).toMatch(
      /^So far: 0\.\d+ nats without smoothing, 0\.\d+ nats with it$/,
    );
    find('[data-control="time"]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await until(() => text('[data-figure="state"]') === 'Stopped at epoch 150. Looking back at epoch 0.');
    press();
    (await training(300)).reach(300);
    await until(() => button() === 'Train again');
    expect(verdicts()).not.toContain('live');
    expect(text('[data-figure="epoch"]')).toBe('300');
  });

  it('wait while nobody sees them, and say so', async () => {
    press();
    (await training(300)).reach(20);
    lab.runs.pauseHidden();
    await until(() => text('[data-figure="state"]') === 'Paused while this view is hidden.');
    expect(button()).toBe('Resume');
    press();
    (await training(300)).reach(300);
    await until(() => button() === 'Train again');
  });

  it.each([
    ['in ten steps where less motion is wanted', 'vscode-reduce-motion', 2, 11],
    ['at every measured epoch otherwise', 'usual', 15, 40],
  ])('are played %s', async (_, body, least, most) => {
    document.body.classList.add(body);
    const shown = new Set<string>();
    // A clock that goes 50 ms with each frame.
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    vi.stubGlobal('requestAnimationFrame', (frame: (now: number) => void) =>
      setTimeout(() => {
        // What the frame before has left: each is looked at, however busy the machine is.
        shown.add(text('[data-figure="epoch"]'));
        now += 50;
        frame(now);
      }),
    );
    find('[data-control="play"]').click();
    await until(() => find('[data-control="play"]').getAttribute('aria-label') === 'Pause');
    await until(() => find('[data-control="play"]').getAttribute('aria-label') === 'Play');
    shown.add(text('[data-figure="epoch"]'));
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    document.body.classList.remove(body);
    expect(shown.size).toBeGreaterThan(least);
    expect(shown.size).toBeLessThanOrEqual(most);
  });
});

it('what was learnt leads to the next question', async () => {
  expect(text('[data-figure="lesson"]')).toMatch(/Next: Does smoothing improve calibration\?$/);
  find('[data-control="next"]').click();
  await until(() => document.querySelector('#tab-calibration[aria-selected="true"]') !== null);
  // Nothing was learnt there yet.
  await until(() => document.querySelector('[data-control="next"]') === null);
});

describe('six data sets', () => {
  it('are trained in turn, what is looked at first', async () => {
    find('#tab-hurts').click();
    await until(() => document.querySelector('#tab-hurts[aria-selected="true"]') !== null);
    press();
    const first = await training(150);
    // Breast cancer has 30 columns.
    expect(first.plan.inputs).toBe(30);
    first.reach(150);
    await until(
      () => document.querySelector('[data-claim="accuracy-down"][data-verdict="opposite"]') !== null,
    );
    // Then what takes the least time.
    expect([4, 13]).toContain((await training(150)).plan.inputs);
    press();
    await until(() => button() === 'Resume');
    expect(text('[data-figure="epoch"]')).toBe('150');
    expect(text('[data-figure="state"]')).toBe('Stopped. What has been trained so far is below.');
  });
});

describe('teachers and students', () => {
  it('say what will be counted before anything is trained', async () => {
    find('#tab-teacher').click();
    await until(() => text('h2.unseen + .claims').includes('worse teacher'));
    const measures = [...document.querySelectorAll('.claims .what')].map(({ textContent }) => textContent);
    expect(measures).toEqual([
      'Accuracy of students at T = 4, on held-out rows.',
      'Accuracy of the teachers themselves, on held-out rows.',
      'Accuracy of students at T = 1, on held-out rows.',
    ]);
    // 2 teachers a seed; a student a teacher and temperature, and one from labels alone.
    expect(button()).toBe('Train 88 small networks');
  });

  it('are stopped between the two, and go on', async () => {
    press();
    await until(() => text('[data-figure="state"]') === 'Training the teachers: 0 %.');
    (await training(30)).reach(30);
    await until(() => text('[data-figure="state"]').startsWith('Training their students: '));
    press();
    await until(() => button() === 'Resume');
    expect(text('[data-figure="state"]')).toBe(
      'Stopped. Teachers and students are only compared at the end.',
    );
    press();
    (await training(600)).reach(300);
    await until(() => text('[data-figure="state"]') === 'Training their students: 67 %, about 5 min left.');
    (await training(600)).reach(600);
    await until(() => button() === 'Train again');
  });

  it('are judged by their pairs, and say what became of what is often said', () => {
    expect(verdicts()).toEqual(['seen', 'seen', 'seen']);
    expect(text('[data-figure="lesson"]')).toMatch(
      /Here the smoothed teachers were better, and their students worse\. Next: /,
    );
    expect(text('.claims')).toContain('Seen here: −1.0 points');
    expect(text('[data-figure="state"]')).toBe('88 networks trained.');
  });
});
