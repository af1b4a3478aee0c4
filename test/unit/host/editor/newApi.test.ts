import { describe, expect, it, vi } from 'vitest';
import type { AnalysisLanguage } from '../../../../src/analysis/hintWords.ts';
import { UNCHECKED } from '../../../../src/frameworks/acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction, ofKeys } from '../../../../src/frameworks/callForm.ts';
import { FRAMEWORK_APIS } from '../../../../src/frameworks/catalogue.ts';
import type { FrameworkApi } from '../../../../src/frameworks/frameworkApi.ts';
import { analyzed, described } from '../../analysis/corpus.ts';
import { docsTable } from '../../frameworks/docsTable.ts';
import { documentOf, shownOf } from './shown.ts';

vi.mock('vscode', () => import('../vscode.ts'));

/** A framework that doesn't exist. Everything below follows from this entry. */
const WOBBLE: FrameworkApi = {
  id: 'wobble.WobblyCrossEntropy',
  framework: 'Wobble',
  package: {
    name: 'wobble',
    customary: { wb: 'wobble' },
    aliases: { 'wobble.compat.': 'wobble.' },
    handwritten: { framework: 'Wobble', code: /\bwb\./ },
    layers: { WobblyLayer: { parameter: 'width', position: 1 } },
  },
  calls: [
    ofClass('wobble.losses.WobblyCrossEntropy', 'gain wobble_smoothing', 'wobble_smoothing', {
      registered: { names: ['WobblyCrossEntropy'], withArgument: true },
      traps: ['gain'],
      ifTrue: 0.2,
      switch: 'soft',
    }),
    ofFunction('wobble.losses.soft_loss', 'logits confidence', 'confidence', { complement: true }),
    ofKeys('wobble_smoothing'),
    ofKeys('label_smoothing', { signs: [{ keys: 'wobble_version wobble_gain', least: 2 }] }),
    ofFlags('--label-smoothing', { signs: [{ words: [/\bwobble-train\b/] }], bare: 0.3 }),
  ],
  conventions: ['UNIFORM_K', 'UNIFORM_OTHERS'],
  choice: 'spread="all" is UNIFORM_K',
  chosenBy: {
    argument: 'spread',
    values: { all: 'UNIFORM_K', others: 'UNIFORM_OTHERS' },
    otherwise: 'UNIFORM_OTHERS',
  },
  default: 0.1,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'rows',
  copiedAs: 'LabelSmoothingWobble',
  notes: ['It wobbles.'],
  verified: 'read',
  source: 'nowhere',
};

const APIS = [...FRAMEWORK_APIS, WOBBLE];

function found(source: string, language: AnalysisLanguage, apis: readonly FrameworkApi[] = APIS) {
  return analyzed(source, language, {}, apis).configs.map(described);
}

describe('a new API is one entry', () => {
  const LOSS =
    'from wobble.losses import WobblyCrossEntropy\nloss = WobblyCrossEntropy(wobble_smoothing=0.1)  # smooth-labels: K=10\n';

  it('has a lens and a hover with its numbers and traps', () => {
    const [config] = analyzed(LOSS, 'python', {}, APIS).configs;
    const { lens, hover } = shownOf(config!, documentOf(LOSS));
    expect(lens).toBe('α 0.1 · K 10 → 0.9 / 0.01111 · floor 0.545 nats | Smooth labels');
    expect(hover).toContain('Wobble');
    expect(hover).toContain('α is taken from the true class and spread evenly over the K − 1 others');
    expect(hover).not.toContain('UNIFORM_');
    expect(hover).toContain('It wobbles.');
  });

  it.each<[string, AnalysisLanguage, string, string]>([
    [
      'an alias',
      'python',
      'import wobble\nwobble.compat.losses.WobblyCrossEntropy()',
      '2: wobble.compat.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.1 (api-default wobble_smoothing)',
    ],
    [
      'a customary name',
      'python',
      'wb.losses.WobblyCrossEntropy(wobble_smoothing=0.2)',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.2',
    ],
    [
      'a convention by an argument',
      'python',
      'wb.losses.WobblyCrossEntropy(1, 0.2, spread="all")',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_K (argument) | α 0.2',
    ],
    [
      'a convention that isn’t known',
      'python',
      'wb.losses.WobblyCrossEntropy(1, 0.2, spread="far")',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | no convention | α 0.2',
    ],
    [
      'a positional trap',
      'python',
      'wb.losses.WobblyCrossEntropy(0.2)',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.1 (api-default wobble_smoothing) | other-parameter, fix: name-argument "wobble_smoothing="',
    ],
    [
      'an argument it doesn’t have',
      'python',
      'wb.losses.WobblyCrossEntropy(label_smoothing=0.2)',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.1 (api-default wobble_smoothing) | no-such-argument, fix: name-argument "wobble_smoothing"',
    ],
    [
      'True',
      'python',
      'wb.losses.WobblyCrossEntropy(wobble_smoothing=True)',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.2',
    ],
    [
      'a switch',
      'python',
      'wb.losses.WobblyCrossEntropy(wobble_smoothing=0.2, soft=False)',
      '1: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0',
    ],
    [
      '1 − α',
      'python',
      'wb.losses.soft_loss(x, confidence=0.8)  # xent',
      '1: wb.losses.soft_loss = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.2',
    ],
    [
      'K by a layer',
      'python',
      'wb.WobblyLayer(64, 7)\nwb.losses.WobblyCrossEntropy(1, 0.2)  # smooth',
      '2: wb.losses.WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.2 | K 7 (likely: last-layer wb.WobblyLayer(64, 7) @1)',
    ],
    [
      'a copied class',
      'python',
      'LabelSmoothingWobble(0.2)',
      '1: LabelSmoothingWobble = LabelSmoothingWobble | UNIFORM_K (name) | α ? 0.2',
    ],
    [
      'a registered name',
      'yaml',
      'loss:\n  type: WobblyCrossEntropy\n  wobble_smoothing: 0.2\n  spread: all\n',
      '2: WobblyCrossEntropy = wobble.WobblyCrossEntropy | UNIFORM_K (argument) | α 0.2',
    ],
    [
      'a key of its own',
      'yaml',
      'wobble_smoothing: 0.2\n',
      '1: wobble_smoothing = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.2',
    ],
    [
      'a shared key by its signs',
      'yaml',
      'wobble_version: 2\nwobble_gain: 1\ntrain:\n  label_smoothing: 0.2\n  spread: all\n',
      '4: label_smoothing = wobble.WobblyCrossEntropy | UNIFORM_K (argument) | α 0.2',
    ],
    [
      'a flag',
      'shellscript',
      'wobble-train --label-smoothing 0.2 --spread all',
      '1: --label-smoothing = wobble.WobblyCrossEntropy | UNIFORM_K | α 0.2',
    ],
    [
      'a flag without a value',
      'shellscript',
      'wobble-train --label-smoothing',
      '1: --label-smoothing = wobble.WobblyCrossEntropy | UNIFORM_OTHERS | α 0.3',
    ],
  ])('is found by %s, and only with its entry', (_, language, source, expected) => {
    expect(found(source, language)).toEqual([expected]);
    expect(found(source, language, FRAMEWORK_APIS)).not.toEqual([expected]);
  });

  it('has its line in the docs', () => {
    expect(docsTable(APIS)).toMatch(
      /^\| `wobble\.WobblyCrossEntropy` +\| Wobble +\| `wobble_smoothing, confidence, label_smoothing, --label-smoothing` +\| UNIFORM_K or UNIFORM_OTHERS +\| 0\.1 +\| \[0, 1\]: applies +\| read +\|$/m,
    );
  });
});
