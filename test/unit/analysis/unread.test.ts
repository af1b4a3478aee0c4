import { describe, expect, it } from 'vitest';
import type { AnalysisLanguage } from '../../../src/analysis/hintWords.ts';
import type { Unread } from '../../../src/analysis/lossConfig.ts';
import { analyzed } from './corpus.ts';

const LOSS = 'nn.CrossEntropyLoss(label_smoothing=0.1)\n';
const KEY = 'label_smoothing: 0.1\n';

interface Case {
  readonly what: string;
  readonly language: AnalysisLanguage;
  readonly text: string;
  readonly unread: Unread;
  /** Losses that are found in the rest. */
  readonly found: number;
}

const CASES: readonly Case[] = [
  {
    what: 'a statement with more brackets in brackets than CPython takes',
    language: 'python',
    text: `${LOSS}x = ${'('.repeat(201)}1${')'.repeat(201)}\n${LOSS}`,
    unread: 'depth',
    found: 2,
  },
  {
    what: 'functions in more functions than CPython takes',
    language: 'python',
    text: `${LOSS}f = ${'lambda: '.repeat(101)}nn.NLLLoss(label_smoothing=0.1)\n${LOSS}`,
    unread: 'depth',
    found: 2,
  },
  {
    what: 'a statement that is data',
    language: 'python',
    text: `${LOSS}x = [${'1, '.repeat(40_000)}]\n${LOSS}`,
    unread: 'length',
    found: 2,
  },
  {
    what: 'what comes behind a length that nobody writes',
    language: 'python',
    text: `${LOSS}${'f(x)\n'.repeat(80_000)}${LOSS}`,
    unread: 'length',
    found: 1,
  },
  {
    what: 'what comes behind thousands of errors',
    language: 'python',
    text: `${LOSS}${') 1 ]\n'.repeat(8_000)}${LOSS}`,
    unread: 'errors',
    found: 1,
  },
  {
    what: 'mappings in more mappings than a config has',
    language: 'yaml',
    text: `${KEY}x: ${'{a: '.repeat(80)}${KEY.trim()}${'}'.repeat(80)}\n`,
    unread: 'depth',
    found: 1,
  },
  {
    what: 'what comes behind a length that no config has',
    language: 'yaml',
    text: `${KEY}${'a: 1\n'.repeat(60_000)}b:\n  ${KEY}`,
    unread: 'length',
    found: 1,
  },
  {
    what: 'objects in more objects than a config has',
    language: 'json',
    text: `{"label_smoothing": 0.1, "x": ${'{"a": '.repeat(80)}{"label_smoothing": 0.1}${'}'.repeat(80)}}`,
    unread: 'depth',
    found: 1,
  },
  {
    what: 'a key of more parts than a config has',
    language: 'toml',
    text: `label_smoothing = 0.1\n${'a.'.repeat(100)}label_smoothing = 0.1\n[t]\nlabel_smoothing = 0.1\n`,
    unread: 'length',
    found: 2,
  },
];

describe('what is too much isn’t looked into, and said to be so', () => {
  it.each(CASES)('$what ($language)', ({ language, text, unread, found }) => {
    const analysis = analyzed(text, language);
    expect([analysis.unread, analysis.configs.length]).toEqual([unread, found]);
  });

  it('and nothing else is', () => {
    for (const [text, language] of [
      [LOSS.repeat(5_000), 'python'],
      [`x = ${'('.repeat(200)}1${')'.repeat(200)}\n${LOSS}`, 'python'],
      [KEY.repeat(5_000), 'yaml'],
      [`[${'{"label_smoothing": 0.1},'.repeat(20_000)}0]`, 'json'],
      ['[[t]]\nlabel_smoothing = 0.1\n'.repeat(2_000), 'toml'],
      ['python train.py --label-smoothing 0.1\n'.repeat(20_000), 'shellscript'],
    ] as const)
      expect(analyzed(text, language).unread).toBeNull();
  });
});

describe('a value that comes in too many steps is unknown', () => {
  const chain = (steps: number) =>
    `A0 = 0.1\n${Array.from({ length: steps }, (_, i) => `A${i + 1} = A${i}\n`).join('')}`;
  const alpha = (source: string) => analyzed(source, 'python').configs.at(-1)?.alpha.value;

  it('however many uses there are before', () => {
    const uses = Array.from({ length: 30 }, (_, i) => `F.cross_entropy(x, y, label_smoothing=A${i})\n`);
    for (const [steps, value] of [
      [5, 0.1],
      [30, undefined],
    ] as const) {
      const use = `F.cross_entropy(x, y, label_smoothing=A${steps})\n`;
      expect([alpha(chain(steps) + use), alpha(chain(30) + uses.slice(0, steps).join('') + use)]).toEqual([
        value,
        value,
      ]);
    }
  });

  it('also where each step has two', () => {
    const sums = Array.from({ length: 30 }, (_, i) => `A${i + 1} = A${i} + A${i}\n`).join('');
    const use = (i: number) => `F.cross_entropy(x, y, label_smoothing=A${i})\n`;
    expect(alpha(`A0 = 0.01\n${sums}${use(3)}`)).toBe(0.08);
    expect(alpha(`A0 = 0.01\n${sums}${use(30)}`)).toBeUndefined();
  });

  it('and one that may come from too many places', () => {
    const set = 'if x:\n  LS = 0.1\n';
    const use = 'F.cross_entropy(x, y, label_smoothing=LS)\n';
    expect(alpha(set.repeat(10) + use)).toBe(0.1);
    expect(alpha(set.repeat(100) + use)).toBeUndefined();
  });
});
