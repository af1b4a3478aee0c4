import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smoothed, uniformSmoothing } from '../../src/loss/conventions/smoothing.ts';
import { argmax } from '../../src/loss/rows/rowStats.ts';
import { softmax } from '../../src/loss/rows/softmax.ts';
import { entropy } from '../../src/loss/theory/floors.ts';
import { groupedFigures } from '../../src/loss/theory/groupedRow.ts';
import { uniformOfEntropy } from '../../src/loss/theory/matchedEntropy.ts';
import { specFiguresOf } from '../../src/loss/theory/specFigures.ts';
import { LEARN_PAGES, type LearnPage } from '../../src/protocol/learnPages.ts';
import { presetLogits } from '../../src/webview/playground/played/answers.ts';
import { columnsOf } from '../../src/webview/playground/played/columns.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';

const FOLDER = join(ROOT, 'docs', 'learn');
const read = (...path: string[]) => readFileSync(join(FOLDER, ...path), 'utf8');

const figures = (classes: number, alpha = 0.1) => specFiguresOf('UNIFORM_K', alpha, classes, 'ce');
const FIVE = figures(5);
const OTHERS = specFiguresOf('UNIFORM_OTHERS', 0.1, 5, 'ce');
/** p of a class whose logit is so far above four others. */
const above = (gap: number) => softmax(Float64Array.of(gap, 0, 0, 0, 0))[0]!;

/** What the playground's “Too sure” says of the true class. */
function tooSure(): number {
  const columns = columnsOf('UNIFORM_K', 5);
  const loss = { convention: 'UNIFORM_K', form: 'ce' } as const;
  const logits = presetLogits('sure', { labelSmoothing: 0.1, classes: 5, trueClass: 2 }, loss, columns);
  const row = { logits, sizes: columns.sizes, trueGroup: 2, padding: null };
  return groupedFigures(row, { ...loss, labelSmoothing: 0.1 }).probabilities[2]!;
}

/** Of the sample, in percent. */
function sampleFigures(): readonly string[] {
  const text = readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8');
  const { logits, targets } = JSON.parse(text) as { logits: number[][]; targets: number[] };
  const right = logits.filter((row, i) => argmax(row, 0, row.length, 1) === targets[i]).length;
  const confidence = logits.reduce((sum, row) => sum + Math.max(...softmax(Float64Array.from(row))), 0);
  return [right, confidence].map((sum) => ((100 * sum) / logits.length).toFixed(1));
}

const TEACHER = [5, 2, 1];
const softened = (temperature: number) => softmax(Float64Array.from(TEACHER, (z) => z / temperature));
const MIXED = Float64Array.of(0.7, 0.3, 0, 0, 0);
const fixed = (digits: number, ...values: readonly number[]) => values.map((value) => value.toFixed(digits));

/** Every number with a point on each page, computed anew; `given`: those that are chosen, or that a paper has. */
const NUMBERS: Readonly<Record<LearnPage, { given: readonly string[]; computed: readonly string[] }>> = {
  'label-smoothing': {
    given: ['0.1'],
    computed: [...[FIVE.on, FIVE.off].map(String), ...fixed(3, FIVE.gap, tooSure()), ...fixed(4, FIVE.floor)],
  },
  implementations: {
    given: ['0.1'],
    computed: [
      ...[FIVE.on, FIVE.off, OTHERS.on, OTHERS.off].map(String),
      // (1 − α) + K·α/(K − 1)
      ...fixed(3, 0.9 + (5 * 0.1) / 4),
      // A softmax of a softmax that is one-hot.
      ...fixed(4, -Math.log(above(1))),
    ],
  },
  'typical-values': {
    given: ['0.1', '0.2', '0.5', '0.9'],
    computed: [
      ...fixed(4, figures(5).floor, figures(10).floor, figures(1000).floor),
      String(figures(5, 0.5).on),
    ],
  },
  'cross-entropy': {
    given: ['0.5', '0.996', '0.1', '3.13', '6.2'],
    computed: fixed(4, -Math.log(0.5), -Math.log(0.996), FIVE.floor, FIVE.guessing),
  },
  'softmax-and-temperature': {
    given: ['0.1', '3.5'],
    computed: [...fixed(4, above(3), above(7), above(7 / 2)), ...fixed(3, FIVE.gap)],
  },
  calibration: {
    given: ['0.1'],
    computed: [...sampleFigures(), (100 * figures(10).on).toFixed(1)],
  },
  'dropout-and-weight-decay': {
    given: ['0.1', '0.5'],
    computed: fixed(3, figures(5).gap, figures(10).gap),
  },
  mixup: {
    given: ['0.7', '0.3', '0.1'],
    computed: [
      ...fixed(4, entropy(MIXED), Math.LN2),
      ...fixed(2, ...smoothed(MIXED, uniformSmoothing(0.1, 5)).slice(0, 3)),
    ],
  },
  distillation: {
    given: [],
    computed: [
      ...fixed(4, ...softened(1), ...softened(4)),
      ...fixed(4, entropy(softened(4))),
      ...fixed(4, uniformOfEntropy(entropy(softened(4)), uniformSmoothing(0.1, 3))),
    ],
  },
};

const PICTURE = /!\[[^\]]+\]\(([^)]+)\)/;

/** Without addresses, and what papers are called by them. */
const prose = (text: string) => text.replaceAll(/\[[^\]]*\]\([^)]*\)|`[^`]*`|```[\s\S]*?```/g, '');
const decimals = (text: string) => [...new Set(prose(text).match(/\d+\.\d+/g) ?? [])].sort();

describe('the pages of docs/learn', () => {
  it('are those that are offered, in both languages', () => {
    const files = LEARN_PAGES.map((name) => `${name}.md`).sort();
    expect(
      readdirSync(FOLDER)
        .filter((name) => name.endsWith('.md'))
        .sort(),
    ).toEqual(files);
    expect(readdirSync(join(FOLDER, 'ko')).sort()).toEqual(files);
  });

  it.each(LEARN_PAGES)('%s has no number but those that come out again', (name) => {
    const { given, computed } = NUMBERS[name];
    const all = [...new Set([...given, ...computed])].sort();
    expect(decimals(read(`${name}.md`))).toEqual(all);
    expect(decimals(read('ko', `${name}.md`))).toEqual(all);
  });

  it.each(LEARN_PAGES)('%s is half a page with a picture of the product and its sources', (name) => {
    const text = read(`${name}.md`);
    expect(prose(text).split(/\s+/).length).toBeLessThan(330);
    const [, picture] = PICTURE.exec(text) ?? [];
    expect(existsSync(join(FOLDER, picture!))).toBe(true);
    // In the colours of the page around it, light or dark.
    expect(readFileSync(join(FOLDER, picture!), 'utf8')).toMatch(
      /^<svg[^>]*><style>svg\{[^}]*\}@media \(prefers-color-scheme:dark\)\{svg\{[^}]*\}\}<\/style>(?!.*#[0-9a-f]{6})/,
    );
    const [, korean] = PICTURE.exec(read('ko', `${name}.md`)) ?? [];
    // Any word in Hangul: it was drawn in that language.
    expect(readFileSync(join(FOLDER, 'ko', korean!), 'utf8')).toMatch(/>[^<]*[가-힣]/);
    const sources = text.slice(text.indexOf('## Sources')).match(/^- .*https:.*$/gm) ?? [];
    expect(sources.length).toBeGreaterThanOrEqual(2);
  });

  it.each(LEARN_PAGES)('%s has the same sources, code and pages in Korean', (name) => {
    const kept = (text: string) =>
      [...text.matchAll(/\]\((?:\.\.\/)*([^)]*)\)/g), ...text.matchAll(/`([^`\n]+)`/g)]
        .map(([, each]) => each!.replace('pictures/learn/ko/', 'pictures/learn/'))
        .sort();
    expect(kept(read('ko', `${name}.md`))).toEqual(kept(read(`${name}.md`)));
  });
});
