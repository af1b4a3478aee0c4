import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnalysisLanguage } from '../../../src/analysis/hintWords.ts';
import { MOST_CLASSES } from '../../../src/loss/conventions/smoothing.ts';
import { analyzed } from './corpus.ts';

function classesIn(source: string, language: AnalysisLanguage = 'python'): number | null {
  const { configs } = analyzed(source, language);
  expect(configs).toHaveLength(1);
  return configs[0]!.classes.guess?.value ?? null;
}

/** How a number of classes can be written, and what it is; null: not a number of classes, or not surely one. */
const ANYWHERE: readonly (readonly [written: string, value: number | null])[] = [
  ['10', 10],
  ['2', 2],
  [String(MOST_CLASSES), MOST_CLASSES],
  [String(MOST_CLASSES + 1), null],
  ['10000000000', null],
  ['1e308', null],
  ['1e400', null],
  ['9'.repeat(400), null],
  ['10.5', null],
  ['0.1', null],
  ['0', null],
  ['-0', null],
  ['-10', null],
  ['NaN', null],
  ['nan', null],
  ['inf', null],
  ['Infinity', null],
  ['ten', null],
  ['True', null],
  ['010', null],
  ['10abc', null],
];

describe('K in a comment', () => {
  const read = (comment: string) =>
    classesIn(`from torch import nn\nnn.CrossEntropyLoss(label_smoothing=0.1)  # ${comment}\n`);

  it.each([
    ...ANYWHERE,
    ['1', 1],
    ['1_000', 1000],
    ['0x10', null],
    ['1e3', null],
    ['1.000', null],
    ['1,000', null],
    ['1 000', null],
    ['1\u202f000', null],
    ['1__0', null],
    ['_10', null],
    ['10_', null],
    ['10%', null],
    ['10k', null],
    ['10-20', null],
    ['10/20', null],
    ['10*2', null],
    ['+10', null],
    ['', null],
  ] as const)('K=%s is %s', (written, value) => {
    expect(read(`smooth-labels: K=${written}`)).toBe(value);
    expect(read(`smooth-labels: K = ${written} `)).toBe(value);
  });

  it.each(['K=10.', 'K=10, as in the paper', 'K=10; see below', '(smooth-labels: K=10)', 'K=10 classes'])(
    'may go on as a sentence does: %s',
    (comment) => expect(read(comment.startsWith('(') ? comment : `smooth-labels: ${comment}`)).toBe(10),
  );

  it('that isn’t a number of classes leaves K unknown, and is named', () => {
    const source =
      'from torch import nn\nhead = nn.Linear(512, 10)\n# smooth-labels: K=1e308\nnn.CrossEntropyLoss(label_smoothing=0.1)\n';
    const { guess, refused } = analyzed(source, 'python').configs[0]!.classes;
    expect([guess, refused?.name, refused?.place?.line]).toEqual([null, 'K=1e308', 2]);
  });

  it.each([
    ['yaml', 'label_smoothing: 0.1 # smooth-labels: K=1e308\n'],
    ['toml', 'label_smoothing = 0.1 # smooth-labels: K=10.5\n'],
    ['jsonc', '{"label_smoothing": 0.1} // smooth-labels: K=0x10\n'],
    ['shellscript', 'train --label-smoothing 0.1 # smooth-labels: K=-1\n'],
  ] as const)('is refused in %s, too', (language, source) => {
    expect(classesIn(source, language)).toBe(null);
    expect(classesIn(source.replace(/K=.*/, 'K=7'), language)).toBe(7);
  });
});

describe('K in Python', () => {
  const numerals = [
    ...ANYWHERE,
    ['1_000', 1000],
    ['0x10', 16],
    ['0o20', 16],
    ['0b100', 4],
    ['1e3', 1000],
    ['10.0', 10],
    ['int(10.5)', 10],
    ['round(10.6)', 11],
    ['round(2.5)', 2],
    ['round(3.5)', 4],
    ['round(1234, -2)', null],
    ['10j', null],
    ['None', null],
    ['"10"', null],
    ['2 ** 31 - 1', MOST_CLASSES],
    ['2 ** 31', null],
    ['10 ** 400', null],
    ['10 / 4', null],
    ['len(["a", "b", "a"])', 3],
    ['len({"a", "b"})', 2],
    ['len({"a", "b", "a"})', null],
    ['len({"a": 0, "b": 1, "a": 2})', 2],
    ['len({0: "a", 1: "b", 2: "c"})', 3],
    ['len({0: "a", **more})', null],
    ['len([*names, "a", "b"])', null],
    ['len([x for x in y])', null],
  ] as const;

  it.each(numerals)('num_classes = %s is %s', (written, value) => {
    const loss = 'nn.CrossEntropyLoss(label_smoothing=0.1)';
    expect(classesIn(`from torch import nn\nnum_classes = ${written}\n${loss}\n`)).toBe(value);
    expect(classesIn(`from torch import nn\nhead = nn.Linear(8, ${written})\n${loss}\n`)).toBe(value);
    expect(classesIn(`from torch import nn\nload(num_classes=${written})\n${loss}\n`)).toBe(value);
    expect(classesIn(`LabelSmoothingLoss(num_classes=${written}, smoothing=0.1)\n`)).toBe(value);
  });

  it.each([
    ['torch.ones(10)', 10],
    ['torch.ones(10.5)', null],
    ['torch.ones(1e10)', null],
    ['torch.tensor([1., 2., 3.])', 3],
  ] as const)('weight=%s is %s', (written, value) => {
    const source = `import torch\nfrom torch import nn\nnn.CrossEntropyLoss(weight=${written}, label_smoothing=0.1)\n`;
    expect(classesIn(source)).toBe(value);
  });

  it.each([
    ['{0: "a", 1: "b", 2: "c"}', 3],
    ['{**base, "x": 0, "y": 1}', null],
    ['["a", "b", "c"]', 3],
  ] as const)('id2label = %s has %s', (written, value) => {
    const source = `from torch import nn\nid2label = ${written}\nnn.CrossEntropyLoss(label_smoothing=0.1)\n`;
    expect(classesIn(source)).toBe(value);
  });
});

describe('K in config files and on command lines', () => {
  const numerals = [...ANYWHERE, ['1e3', 1000], ['10.0', 10]] as const;

  it.each(numerals)('%s is %s', (written, value) => {
    expect(classesIn(`label_smoothing: 0.1\nnum_classes: ${written}\n`, 'yaml')).toBe(value);
    expect(classesIn(`label_smoothing: 0.1\nmodel: {num_classes: ${written}}\n`, 'yaml')).toBe(value);
    expect(classesIn(`train --label-smoothing 0.1 --num-classes ${written}\n`, 'shellscript')).toBe(value);
    expect(classesIn(`train --label-smoothing 0.1 --num-classes=${written}\n`, 'shellscript')).toBe(value);
    expect(classesIn(`N=${written}\ntrain --label-smoothing 0.1 --num-classes $N\n`, 'shellscript')).toBe(
      value,
    );
    expect(classesIn(`{"label_smoothing": 0.1, "num_classes": ${written}}`, 'json')).toBe(value);
  });

  it('is a number in quotes nowhere', () => {
    expect(classesIn('label_smoothing: 0.1\nnum_classes: "10"\n', 'yaml')).toBe(null);
    expect(classesIn('label_smoothing = 0.1\nnum_classes = "10"\n', 'toml')).toBe(null);
  });

  it.each([
    ['10', 10],
    ['1_000', 1000],
    ['1e10', null],
    ['10.5', null],
    ['10000000000', null],
  ] as const)('%s is %s in TOML', (written, value) =>
    expect(classesIn(`label_smoothing = 0.1\nnum_classes = ${written}\n`, 'toml')).toBe(value),
  );
});

it('no text makes a K that isn’t a whole number from 1 to 2³¹ − 1', () => {
  const numeral = fc.oneof(
    fc.double().map(String),
    fc.bigInt().map(String),
    fc.stringMatching(/^[-+]?[\d_.]{1,12}(?:[eE][-+]?\d{1,3})?$/),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(numeral, (text) => {
      const written = text.replace(/[\r\n]/g, ' ');
      const sources: readonly (readonly [string, AnalysisLanguage])[] = [
        [`nn.CrossEntropyLoss(label_smoothing=0.1)  # smooth-labels: K=${written}`, 'python'],
        [`num_classes = ${written}\nnn.CrossEntropyLoss(label_smoothing=0.1)`, 'python'],
        [`label_smoothing: 0.1\nnum_classes: ${written}`, 'yaml'],
        [`label_smoothing = 0.1\nnum_classes = ${written}`, 'toml'],
        [`train --label-smoothing 0.1 --num-classes ${written}`, 'shellscript'],
      ];
      for (const [source, language] of sources)
        for (const { classes } of analyzed(source, language).configs) {
          const { guess } = classes;
          if (!guess) continue;
          expect(Number.isInteger(guess.value) && guess.value >= 1 && guess.value <= MOST_CLASSES).toBe(true);
          // Nothing but what is written there, as a number.
          if (/^\s*[\d_]+\s*$/.test(written)) expect(guess.value).toBe(Number(written.replaceAll('_', '')));
        }
    }),
    { numRuns: 1000 },
  );
});
