import { describe, expect, it, vi } from 'vitest';
import { equivalentIn, TARGET_FRAMEWORKS } from '../../../../src/frameworks/equivalent.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { MOST_CLASSES } from '../../../../src/loss/conventions/smoothing.ts';
import { analyzed, CASES } from '../../analysis/corpus.ts';
import { exactly, minus } from '../../loss/arithmetic.ts';
import { documentOf, type Shown, shownIn, shownOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

const HEAD = 'from torch import nn\n';
const LOSS = 'nn.CrossEntropyLoss(label_smoothing=0.1)';

/** One loss of each convention, smoothed, hard, with an α that isn't known, ambiguous. */
const LOSSES: readonly string[] = [
  LOSS,
  'nn.CrossEntropyLoss()',
  'nn.CrossEntropyLoss(label_smoothing=cfg.x)',
  'LabelSmoothingLoss(smoothing=0.1)',
  'fairseq.criterions.label_smoothed_cross_entropy.label_smoothed_nll_loss(lprobs, target, 0.1)',
  'onmt.utils.loss.LabelSmoothingLoss(label_smoothing=0.1, tgt_vocab_size=V)',
  'classy_vision.losses.LabelSmoothingCrossEntropyLoss(smoothing_param=0.1, ignore_index=-1)',
  'keras.losses.BinaryCrossentropy(label_smoothing=0.1)',
  'timm.loss.BinaryCrossEntropy(smoothing=0.1)',
];
const IMPORTS = 'import keras, fairseq, onmt, classy_vision, timm\nfrom torch import nn\n';

function everyLoss(classes: number): readonly Shown[] {
  return LOSSES.flatMap((loss) => shownIn(`${IMPORTS}${loss}  # smooth-labels: K=${classes}\n`));
}

function textOf({ lens, tooltip, hover, snapshot, problems }: Shown): string {
  // What is noted of an API is about anything.
  const own = hover.replace(/^- .*$/gm, '');
  const pictures = own.matchAll(/base64,([\w+/=]+)/g);
  const drawn = Array.from(pictures, ([, data]) => Buffer.from(data!, 'base64').toString());
  return [
    lens,
    tooltip,
    own.replace(/base64,[\w+/=]+/g, ''),
    JSON.stringify(snapshot),
    ...problems,
    ...drawn,
  ].join('\n');
}

/** Processor time in ms of the quickest of five runs. */
function leastMs(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

describe('a single class', () => {
  it('has no logarithm of 1/0, NaN or infinity anywhere', () => {
    for (const shown of [...everyLoss(1), ...everyLoss(2)])
      expect(textOf(shown)).not.toMatch(/NaN|Infinity|∞|\/0\)|undefined|−0\b/);
  });

  it('says that there’s nothing to smooth', () => {
    const [shown] = shownIn(`${HEAD}${LOSS}  # smooth-labels: K=1\n`);
    expect(shown!.lens).toBe('α 0.1 · K 1 · nothing to smooth: only one class | Smooth labels');
    expect(shown!.hover).toContain('The softmax of a single class is always 1');
  });

  it('besides padding is as few', () => {
    const source = 'import onmt\nonmt.utils.loss.LabelSmoothingLoss(label_smoothing=0.1, tgt_vocab_size=2)\n';
    const [shown] = shownIn(source);
    expect(shown!.lens).toContain('nothing to smooth: fewer than two classes besides padding');
  });
});

describe('the largest number of classes', () => {
  it('is shown as quickly as any', () => {
    const texts = LOSSES.map((loss) => `${IMPORTS}${loss}  # smooth-labels: K=${MOST_CLASSES}\n`);
    const configs = texts.map((text) => [analyzed(text, 'python').configs[0]!, documentOf(text)] as const);
    for (const [config, document] of configs) {
      expect(config.classes.guess?.value).toBe(MOST_CLASSES);
      expect(leastMs(() => shownOf(config, document))).toBeLessThan(5);
    }
  });

  it('is converted as quickly as any', () => {
    for (const convention of CONVENTION_NAMES.filter((name) => !CONVENTIONS[name].padded))
      for (const framework of TARGET_FRAMEWORKS) {
        const wanted = {
          convention,
          alpha: 0.1,
          classes: MOST_CLASSES,
          form: 'ce',
          reduction: 'mean',
        } as const;
        expect(equivalentIn(framework, wanted)).toHaveProperty('code');
        expect(leastMs(() => equivalentIn(framework, wanted))).toBeLessThan(5);
      }
  });

  it('is no more than what may be one, and the reason is said', () => {
    const [shown] = shownIn(`${HEAD}nn.Linear(8, 10)\n${LOSS}  # smooth-labels: K=1e308\n`);
    const reason = 'K=1e308, line 3: K must be a whole number from 1 to 2,147,483,647';
    expect(shown!.lens).toBe('α 0.1 · K unknown | Set K… | Smooth labels');
    expect(shown!.tooltip).toContain(reason);
    expect(shown!.hover).toContain(reason);
    expect(shown!.snapshot.notes).toContain(reason);
  });
});

describe('a lens and the problem below it', () => {
  const more = [
    'nn.NLLLoss(label_smoothing=0.1)',
    'nn.BCEWithLogitsLoss(label_smoothing=x)',
    'nn.CrossEntropyLoss(smoothing=0.1)',
    'nn.CrossEntropyLoss(smoothing=x)',
    'nn.CrossEntropyLoss(label_smoothing=0.1, smoothing=0.2)',
    'nn.CrossEntropyLoss(label_smoothing=1e400)',
    'timm.loss.LabelSmoothingCrossEntropy(label_smoothing=0.1)',
    'timm.loss.LabelSmoothingCrossEntropy(smoothing=1)',
  ].map((loss) => ({ source: `${IMPORTS}${loss}\n`, language: 'python' as const }));

  it('both know that the code raises an error', () => {
    let raising = 0;
    for (const { source, language } of [...CASES, ...more])
      for (const { lens, hover, problems } of shownIn(source, language)) {
        const error = /(?:this|\S+) raises (\w+)/.exec(problems.join())?.[1];
        if (error === undefined) {
          expect(lens).not.toMatch(/raises/);
          continue;
        }
        raising++;
        expect(lens).toContain(`raises ${error}`);
        expect(hover).toContain(error);
        expect(lens).not.toMatch(/value unknown|hard targets|→/);
      }
    expect(raising).toBeGreaterThan(15);
  });

  it('say in the panel that α is outside of what is taken, not that it isn’t known', () => {
    const [shown] = shownIn(`${HEAD}nn.CrossEntropyLoss(label_smoothing=1.5)  # smooth-labels: K=10\n`);
    expect(shown!.snapshot.labelSmoothing).toBeNull();
    expect(shown!.snapshot.notes[0]).toBe(
      'The code’s α = 1.5 is outside [0, 1], the range nn.CrossEntropyLoss accepts; 0.1 is used as an example.',
    );
  });

  it('name the argument that isn’t there', () => {
    const [shown] = shownIn(`${HEAD}nn.CrossEntropyLoss(smoothing=0.1)\n`);
    expect(shown!.lens).toBe('no argument smoothing · raises TypeError | Smooth labels');
    expect(shown!.snapshot).toMatchObject({
      labelSmoothing: 0,
      notes: [
        'nn.CrossEntropyLoss has no argument smoothing: this raises TypeError.',
        'K can’t be inferred from the code; 5 is used as an example.',
      ],
    });
  });
});

describe('the hover of a loss that is more than the cross-entropy of its targets', () => {
  const WEIGHTED = 'nn.CrossEntropyLoss(weight=w, label_smoothing=0.1)';
  const FOCAL = 'keras.losses.CategoricalFocalCrossentropy(label_smoothing=0.1)';

  it.each([WEIGHTED, FOCAL])('has its targets, and no floor, guess or logits of another loss: %s', (loss) => {
    for (const k of ['', '  # smooth-labels: K=5']) {
      const [shown] = shownIn(`${IMPORTS}${loss}${k}\n`);
      expect(shown!.hover).toMatch(/0\.9[25]/);
      expect(textOf(shown!)).not.toMatch(
        /floor (?:0\.|\*)|\| (?:floor|uniform guess|.*logit gap)|can’t reach 0/,
      );
    }
  });

  it('says without smoothing what the targets would be, and not how low the loss would get', () => {
    const [shown] = shownIn(`${IMPORTS}nn.CrossEntropyLoss(weight=w)  # smooth-labels: K=5\n`);
    expect(shown!.hover).toContain('With **α = 0.1** the targets would be **0.92** and **0.02**:');
    expect(textOf(shown!)).not.toMatch(/floor 0\.|0\.3897/);
  });

  it('says so for an α that isn’t known, too', () => {
    const [shown] = shownIn(
      `${IMPORTS}nn.CrossEntropyLoss(weight=w, label_smoothing=x)  # smooth-labels: K=5\n`,
    );
    expect(shown!.hover).toContain('For some values of α:');
    expect(shown!.hover).not.toContain('floor |');
  });
});

describe('a picture in a hover', () => {
  const drawnIn = (classes: number) => {
    const [shown] = shownIn(`${HEAD}${LOSS}  # smooth-labels: K=${classes}\n`);
    const [, data] = /base64,([\w+/=]+)/.exec(shown!.hover)!;
    return Buffer.from(data!, 'base64').toString();
  };

  it('speaks of labels, not of a true class, where each class has a sigmoid', () => {
    const [shown] = shownIn(`${IMPORTS}keras.losses.BinaryCrossentropy(label_smoothing=0.1)\n`);
    expect(shown!.hover).toContain('label 1: 1 − 0.1/2 = **0.95**, label 0: 0.1/2 = **0.05**');
    expect(textOf(shown!)).toContain('>label 1<');
    expect(shown!.hover).toContain('![Targets: 0.95 for label 1, 0.05 for label 0]');
    expect(textOf(shown!)).not.toMatch(/true class<|true class \d|others/);
  });

  it('has the words of the panel', () => {
    expect(drawnIn(5)).toContain('uniform guess 1.6094');
  });

  it('has the target of the other classes inside', () => {
    // The bars begin at 6.
    expect(drawnIn(100_000)).toMatch(/<text x="6" y="[\d.]+" text-anchor="start" [^>]*>0\.000001<|>1e−6</);
  });
});

describe('a hover without a floor', () => {
  it('says why there is none, where class weights are the reason', () => {
    const code = (rest: string) => `${HEAD}nn.CrossEntropyLoss(weight=w, ${rest})  # smooth-labels: K=5\n`;
    expect(shownIn(code('label_smoothing=0.1'))[0]!.hover).toContain('No floor is given: with class weights');
    expect(shownIn(code('label_smoothing=0.0'))[0]!.hover).not.toContain('No floor is given');
  });
});

describe('what isn’t class smoothing', () => {
  it('has no α', () => {
    const [shown] = shownIn('from trl import DPOConfig\nconfig = DPOConfig(label_smoothing=0.1)\n');
    expect(shown!.hover).toMatch(/^\*\*0\.1\*\* · `DPOConfig` · TRL/);
    expect(shown!.hover).not.toContain('α');
  });
});

describe('a problem', () => {
  it('has numbers as the lens above it has', () => {
    const [shown] = shownIn(`${IMPORTS}keras.losses.CategoricalCrossentropy(label_smoothing=-0.1)\n`);
    expect(shown!.problems[0]).toContain('α = −0.1 is outside [0, 1].');
    expect(shown!.lens).toContain('α −0.1');
  });
});

describe('arithmetic in a hover', () => {
  /** Sums and quotients; logarithms besides. */
  const equations = (hover: string) =>
    Array.from(
      hover
        .replace(/data:[^)]*/g, '')
        .replaceAll('**', '')
        .matchAll(/((?:ln )?[(\d][\d.e()+−/ ]*[\d)]|ln\([^)]*\)) ([=≈]) (\d[\d.]*(?:e−?\d+)?)/g),
      ([, left, sign, right]) => ({ left: left!, sign: sign!, right: right! }),
    ).filter(({ left }) => /[+−/]|ln/.test(left));

  it.each([3, 5, 7, 10, 1000, 32_000, 50_257, MOST_CLASSES])('is true for K = %d', (classes) => {
    const found = everyLoss(classes).flatMap(({ hover }) => equations(hover));
    expect(found.length).toBeGreaterThan(6);
    expect(found.some(({ left }) => left.startsWith('ln'))).toBe(true);
    for (const { left, sign, right } of found) {
      const [mantissa = '', exponent = '0'] = right.replace('−', '-').split('e');
      const unit = 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length);
      const ofLogarithm = /^ln ?(.*)$/.exec(left)?.[1];
      const [n, d] = ofLogarithm === undefined ? minus(exactly(left), exactly(right)) : exactly(ofLogarithm);
      const value = Number(n) / Number(d);
      const error = ofLogarithm === undefined ? value : Math.log(value) - Number(right);
      if (sign === '=') expect(error, `${left} = ${right}`).toBe(0);
      else expect(Math.abs(error), `${left} ≈ ${right}`).toBeLessThanOrEqual(0.51 * unit);
    }
  });

  it('shows what the true class gets back', () => {
    const [shown] = shownIn(`${HEAD}nn.CrossEntropyLoss(label_smoothing=0.1)  # smooth-labels: K=1000\n`);
    expect(shown!.hover).toContain('1 − 0.1 + 0.1/1000 = **0.9001**');
    expect(shown!.hover).toContain('ln 1000 ≈ 6.9078 nats');
  });
});

describe('where K is from', () => {
  it('is an argument by its parameter’s name', () => {
    const source =
      'class LabelSmoothingLoss:\n  def __init__(self, classes, smoothing): ...\nLabelSmoothingLoss(5, 0.1)\n';
    const [shown] = shownIn(source);
    expect(shown!.hover).toContain('K = 5: argument classes, line 3');
  });
});
