// @vitest-environment happy-dom
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exported, learnt, openLab } from './renderedLab.ts';

const find = <T extends HTMLElement>(selector: string) => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`There is no ${selector}`);
  return found;
};
const control = <T extends HTMLElement = HTMLButtonElement>(name: string) =>
  find<T>(`[data-control="${name}"]`);
const text = (selector: string) => (find(selector).textContent ?? '').replace(/\s+/g, ' ').trim();
const verdicts = () =>
  [...document.querySelectorAll<HTMLElement>('[data-verdict]')].map(({ dataset }) => dataset.verdict!);
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 110_000, interval: 20 });
const choose = async (name: string, value: string) => {
  const select = control<HTMLSelectElement>(name);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await until(() => control<HTMLSelectElement>(name).value === value);
};

describe('the lab', () => {
  let lab: ReturnType<typeof openLab>;

  beforeAll(async () => {
    lab = openLab();
    await until(() => document.querySelector('.lab') !== null);
  });
  afterAll(() => lab?.close());

  it('asks a question, and draws what theory says before anything is trained', () => {
    expect(text('.question')).toBe('Is a network as sure as it should be?');
    // α = 0.3 and three classes: the floor, ln 3, and ln(1 + 3·0.7/0.3).
    const drawn = text('.left');
    for (const known of ['floor 0.639', 'uniform guess: ln 3 ≈ 1.10', 'optimum of α = 0.3: 2.08'])
      expect(drawn).toContain(known);
    expect(new Set(verdicts())).toEqual(new Set(['none']));
    expect(control('train').textContent).toBe('Train 16 small networks');
  });

  it('leads to what there is to read about the story', async () => {
    find('[data-learn]').click();
    await until(() => learnt.length > 0);
    expect(learnt).toEqual(['label-smoothing']);
  });

  it('makes no claim that the data and the network can’t show', async () => {
    expect(document.querySelector('[data-claim="nearer-truth"]')).not.toBeNull();
    await choose('data', 'iris');
    await until(() => document.querySelector('[data-claim="nearer-truth"]') === null);
  });

  it('trains, and gives a verdict on each claim from the seeds’ figures', async () => {
    await choose('network', '');
    await choose('seeds', '6');
    control('train').click();
    await until(() => control('train').textContent === 'Cancel');
    await until(() => control('train').textContent === 'Train again');
    expect(verdicts()).toHaveLength(3);
    for (const verdict of verdicts())
      expect(['seen', 'opposite', 'no-difference', 'unclear']).toContain(verdict);
    expect(text('[data-figure="epoch"]')).toBe('150');
    expect(text('[data-figure="lesson"]')).toMatch(/^Often said: “.+” Here .+\. Next: .+\?$/);
    // A line for each seed in each claim.
    expect(document.querySelectorAll('[data-claim="accuracy-up"] .pair')).toHaveLength(6);
    expect(text('[data-claim="accuracy-up"] .what')).toMatch(/in the claimed direction in \d of 6 seeds/);
  });

  it('adds up the loss that is shown', () => {
    const [, loss, floor, excess] = /([\d.]+) = floor ([\d.]+) \+ excess (\d\.\d+)/.exec(text('.left'))!;
    expect(Number(floor) + Number(excess)).toBeCloseTo(Number(loss), 9);
  });

  it('says numbers that make the difference above them', () => {
    const number = (text: string) => Number(text.replace('−', '-'));
    const [without, smoothed] = ['without', 'smoothed'].map((name) =>
      number(text(`[data-figure="${name}"]`)),
    );
    const said =
      / say ([\d.]+) % on average and are right ([\d.]+) % .* they say ([\d.]+) % and are right ([\d.]+) %/;
    const [a, b, c, d] = said.exec(text('.sum'))!.slice(1).map(number) as [number, number, number, number];
    // What is shown above has a digit less, or as many.
    expect(Math.abs(a - b - without!)).toBeLessThan(0.0501);
    expect(Math.abs(c - d - smoothed!)).toBeLessThan(0.0501);
    const [, change] = / ([+−]?[\d.]+) points \[/.exec(text('[data-claim="accuracy-up"] .what'))!;
    expect(Math.abs(d - b - number(change!))).toBeLessThan(0.0501);
  });

  it('looks back without verdicts, and comes back to them', async () => {
    const before = verdicts();
    const time = control<HTMLInputElement>('time');
    time.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
    await until(() => text('[data-figure="epoch"]') === '0');
    expect(new Set(verdicts())).toEqual(new Set(['live']));
    expect(text('[data-figure="state"]')).toBe('Looking back at epoch 0.');
    expect(text('[data-figure="lesson"]')).toMatch(/”$/);
    control('time').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await until(() => text('[data-figure="epoch"]') === '150');
    expect(verdicts()).toEqual(before);
  });

  it('looks a second time after more seeds, with a wider interval, and no third time', async () => {
    const more = document.querySelector<HTMLButtonElement>('[data-control="more"]');
    // Some claim about a last layer on 60 irises is always open with six seeds.
    expect(more?.textContent).toBe('Run 6 more seeds');
    const claim = more!.closest<HTMLElement>('[data-claim]')!.dataset.claim!;
    more!.click();
    await until(() => control('train').textContent === 'Cancel');
    await until(() => control('train').textContent === 'Train again');
    expect(text(`[data-claim="${claim}"] .what`)).toContain('of 12 seeds');
    expect(text(`[data-claim="${claim}"] .what`)).toContain('the interval is wider: 98.5 %');
    expect(document.querySelector('[data-control="more"]')).toBeNull();
    // There's no third look that would make it clear, and each picture has the seeds that are counted.
    for (const each of document.querySelectorAll('[data-claim]')) {
      const said = each.querySelector('.what')!.textContent;
      expect(said).not.toContain('yet');
      const [, seeds] = / of (\d+) seeds/.exec(said)!;
      expect(each.querySelectorAll('.pair')).toHaveLength(Number(seeds));
    }
  });

  it('exports the results with every seed, and a program that repeats them', async () => {
    const menu = find('.foot .menu > button');
    for (const name of ['Markdown', 'PyTorch']) {
      menu.click();
      await until(() => document.querySelector('.foot [role="menuitem"]') !== null);
      [...document.querySelectorAll<HTMLElement>('.foot [role="menuitem"]')]
        .find(({ textContent }) => textContent === name)!
        .click();
      await until(() => exported.length > (name === 'Markdown' ? 0 : 1));
    }
    const [markdown, program] = exported;
    expect(markdown!.text).toContain('- Data: iris');
    expect(markdown!.text).toMatch(/^Often said: “.+” \*\*Here .+\.\*\*$/m);
    expect(markdown!.text).toMatch(/^- Trained in VS Code by Smooth Labels 1\.2\.3 with TensorFlow\.js \(/m);
    expect(markdown!.text.match(/^\| 12 \|/gm)).toHaveLength(3);
    expect(program!.text).toContain('datasets.load_iris');
    // “lab” is the beginning of every file's name.
    expect(program!.name).toBe('overconfidence');
  });

  it('keeps what was trained while another α is set', async () => {
    const alpha = control<HTMLInputElement>('alpha');
    alpha.value = '0';
    alpha.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => document.querySelector('.stale') !== null);
    expect(control('train').textContent).toBe('Train 12 networks with α = 0.01');
    expect(text('[data-figure="state"]')).toContain('the previous training, with α = 0.3');
  });

  it('goes to a story by keys, and tells nothing of what isn’t trained', async () => {
    find('#tab-overconfidence').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }));
    await until(() => document.querySelector('.question')?.textContent === 'Which α suits your data?');
    expect(document.querySelector('[data-control="train"]')).toBeNull();
    expect(find('[role="tabpanel"]').getAttribute('aria-labelledby')).toBe('tab-own');
  });

  it('draws a figure over every α that was trained, and trains those that weren’t', async () => {
    find('#tab-calibration').click();
    await until(() => document.querySelector('#tab-calibration[aria-selected="true"]') !== null);
    await choose('data', 'iris');
    await choose('network', '');
    await choose('seeds', '6');
    expect(document.querySelector('[data-control="others"]')).toBeNull();
    control('train').click();
    await until(() => document.querySelector('[data-control="others"]') !== null);
    // Two α were trained here, one of them already in the first story.
    const seedsDrawn = () => document.querySelectorAll('.middle section:nth-of-type(3) circle.dot').length;
    const before = seedsDrawn();
    expect(before).toBe(3 * 6);
    expect(text('[data-control="others"]')).toBe('Train 5 more values of α');
    control('others').click();
    // Cancelled before the first epoch, maybe before training has begun.
    await vi.waitUntil(() => text('[data-control="others"]') === 'Cancel', { interval: 1 });
    control('others').click();
    await until(() => text('[data-control="others"]') === 'Continue with the other values of α');
    expect(seedsDrawn()).toBe(before);
    control('others').click();
    await until(() => document.querySelector('[data-control="others"]') === null);
    expect(seedsDrawn()).toBe(8 * 6);
  });
});
