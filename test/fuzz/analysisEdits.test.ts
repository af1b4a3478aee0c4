import { describe, it } from 'vitest';
import { alphaEdit, type Sources } from '../../src/analysis/edit/alphaEdit.ts';
import { checkedAlphaEdit } from '../../src/analysis/edit/checkedEdit.ts';
import { lineChange } from '../../src/analysis/edit/textEdit.ts';
import { type AnalysisLanguage, hasHintWord } from '../../src/analysis/hintWords.ts';
import type { LossConfig } from '../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../src/analysis/lossDocument.ts';
import { finish, type Work } from '../../src/loss/work.ts';
import { expectLinear } from './growth.ts';
import { type MakeText, numbered, repeated, shuffled } from './inputs/make.ts';

const LOSS = 'nn.CrossEntropyLoss(label_smoothing=0.1)\n';

/** Sources with a loss first of all. */
const SOURCES: readonly (readonly [kind: string, language: AnalysisLanguage, make: MakeText])[] = [
  ['losses', 'python', repeated(LOSS)],
  [
    'losses that share their α',
    'python',
    repeated('nn.CrossEntropyLoss(label_smoothing=LS)\n', 'LS = 0.1\n'),
  ],
  ['a number of many digits', 'python', repeated('1', 'nn.CrossEntropyLoss(label_smoothing=0.', ')\n')],
  ['an α that is computed', 'python', repeated('get', 'nn.CrossEntropyLoss(label_smoothing=', '+1)\n')],
  ['functions', 'python', numbered((i) => `def f${i}(x):\n  return x + ${i}\n`, LOSS)],
  ['keys', 'yaml', repeated('- label_smoothing: 0.1\n')],
  ['a key with quotes', 'yaml', repeated("'", 'label_smoothing: 0.1', '\n')],
  [
    'types with room for α',
    'yaml',
    repeated('- type: LabelSmoothLoss\n  x: 1\n', '- type: LabelSmoothLoss\n'),
  ],
  ['tables', 'toml', numbered((i) => `[t${i}]\nlabel_smoothing = 0.1\n`)],
  ['objects', 'json', repeated('{"label_smoothing": 0.1},\n', '[', '0]')],
  ['commands', 'shellscript', repeated('python train.py --label-smoothing 0.1\n')],
];

interface Loss {
  readonly sources: Sources;
  readonly config: LossConfig | undefined;
}

/** The first loss there is. */
function lossIn(text: string, language: AnalysisLanguage): Loss {
  const { configs } = finish(new LossDocument(language).analyze(text));
  return { sources: { text, language }, config: configs[0] };
}

/** Opened, and edited at three places, one after the other. */
function* editedSource(language: AnalysisLanguage, text: string): Work<void> {
  const document = new LossDocument(language);
  yield* document.analyze(text);
  for (const at of [0, text.length >> 1, text.length]) {
    const line = text.indexOf('\n', at) + 1;
    yield* document.analyze(`${text.slice(0, line)}x\n${text.slice(line)}`);
  }
}

describe('an edit takes time that grows with the length of the source', () => {
  it.each(SOURCES)('of %s (%s)', (_, language, make) => {
    expectLinear({
      make: (length) => make(length / 8),
      run: (text) => editedSource(language, text),
    });
  });
});

describe('setting α takes time that grows with the length of the source', () => {
  it.each(SOURCES)('of %s (%s)', (_, language, make) => {
    expectLinear({
      make: (length) => lossIn(make(length / 8), language),
      run: ({ config, sources }) => config && checkedAlphaEdit(config, 0.2, sources),
    });
  });

  it.each(SOURCES)('of %s (%s), without trying it out', (_, language, make) => {
    expectLinear({
      make: (length) => lossIn(make(length / 16), language),
      run: ({ config, sources }) => config && alphaEdit(config, 0.2, sources),
      sliced: false,
    });
  });

  it('is shown as the lines that differ', () => {
    const make = repeated('x\r\n');
    expectLinear({ make, run: (text) => lineChange(text, `${text}y`), sliced: false });
    expectLinear({ make, run: (text) => lineChange(`y${text}`, text), sliced: false });
  });
});

describe('whether a document is worth a look takes time that grows with its length', () => {
  const pieces = ['cross', 'smoot', 'ls', '_', 'one_ho', ' ', 'b', 'x'];
  const texts = [
    ...pieces.map((piece) => ({ kind: piece, make: repeated(piece) })),
    { kind: 'all', make: shuffled(pieces, 5) },
  ];
  it.each(texts)('of $kind', ({ make }) => {
    expectLinear({ make, run: hasHintWord, sliced: false });
  });
});
