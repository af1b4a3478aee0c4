import { describe, it, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { lineAt, lineStartsOf } from '../../src/analysis/lineStarts.ts';
import type { LossConfig } from '../../src/analysis/lossConfig.ts';
import { LossDocument } from '../../src/analysis/lossDocument.ts';
import { movedPlace } from '../../src/host/editor/documents/movedSpans.ts';
import { finish } from '../../src/loss/work.ts';
import { shownOf } from '../unit/host/editor/shown.ts';
import { expectLinear } from './growth.ts';
import { type MakeText, nested, numbered, repeated } from './inputs/make.ts';

vi.mock('vscode', () => import('../unit/host/vscode.ts'));

const USE = 'nn.CrossEntropyLoss(label_smoothing=0.1)\n';

const SOURCES: Readonly<Record<string, MakeText>> = {
  losses: repeated(USE),
  'losses of which little is known': repeated('nn.CrossEntropyLoss(label_smoothing=cfg.x)\n'),
  'losses with classes': numbered((i) => `LabelSmoothingLoss(smoothing=0.1, num_classes=${i + 2})\n`),
  'an α that is computed': repeated('a + ', 'nn.CrossEntropyLoss(label_smoothing=', '1)\n'),
  'an α in parentheses': nested('(', 'x', ')', 'nn.CrossEntropyLoss(label_smoothing=', ')\n'),
  'losses in losses': nested('nn.CrossEntropyLoss(x, label_smoothing=', '0.1', ')'),
  'a loss with a long name': repeated('a.', '', 'CrossEntropyLoss(label_smoothing=0.1)\n'),
  'a loss with a long text': repeated('\\u202e', 'nn.CrossEntropyLoss(label_smoothing="', '")\n'),
};

/** A file as VS Code opens it: lines and places are found quickly. */
function documentOf(text: string): TextDocument {
  const starts = lineStartsOf(text);
  const document = {
    uri: { scheme: 'file', path: '/train.py', toString: () => 'file:///train.py' },
    getText: () => text,
    lineAt: (line: number) => ({
      range: { start: { line, character: 0 } },
      text: text.slice(starts[line], starts[line + 1]),
    }),
    positionAt: (offset: number) => {
      const line = lineAt(starts, offset);
      return { line, character: offset - starts[line]! };
    },
  };
  return document as unknown as TextDocument;
}

interface Found {
  readonly document: TextDocument;
  readonly configs: readonly LossConfig[];
}

describe('lenses, hovers and problems take time that grows with the length of the source', () => {
  it.each(Object.entries(SOURCES))('of %s', (_, make) => {
    expectLinear({
      // Each has a picture: a thousand are made in a second.
      make: (length): Found => {
        const text = make(length / 8);
        return {
          document: documentOf(text),
          configs: finish(new LossDocument('python').analyze(text)).configs,
        };
      },
      run: ({ document, configs }) => configs.map((config) => shownOf(config, document)),
      sliced: false,
    });
  });

  it('while it doesn’t parse, and is edited over and over', () => {
    const text = USE.repeat(100);
    const { configs } = finish(new LossDocument('python').analyze(text));
    const document = documentOf(text);
    expectLinear({
      make: (length) =>
        Array.from({ length: length / 1000 }, (_, i) => ({
          from: i % text.length,
          to: i % text.length,
          length: 1,
        })),
      run: (edits) => configs.map((config) => movedPlace(config, edits, document)),
      sliced: false,
    });
  });
});
