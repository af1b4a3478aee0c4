import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHintWord } from '../../../src/analysis/hintWords.ts';
import { LossDocument } from '../../../src/analysis/lossDocument.ts';
import { finish } from '../../../src/loss/work.ts';
import { analyzed, CASES, described } from './corpus.ts';

const PIECES = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '"""',
  '\\',
  '\n',
  '\r\n',
  '    ',
  '#',
  ':',
  ',',
  '=',
  '*',
  '**',
  '%',
  '!',
  '?',
  '&',
  '.',
  '0.1',
  '1.',
  'label_smoothing',
  'lambda x=',
  'yield',
  '\u0000',
  '🙂',
  '\ufeff',
  '$' + '{a}',
  '---\n',
  'class A(A):',
  'def f(',
];

/** A case, with some stretches of it replaced. */
const edited = fc
  .tuple(
    fc.constantFrom(...CASES),
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(12),
        fc.oneof(fc.constantFrom(...PIECES), fc.constant('')),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  )
  .map(([{ language, source }, edits]) => {
    const texts = [source];
    for (const [where, length, text] of edits) {
      const before = texts.at(-1)!;
      const at = Math.floor(where * before.length);
      texts.push(before.slice(0, at) + text + before.slice(at + length));
    }
    return { language, texts };
  });

describe('whatever the text', () => {
  it('is never an exception, and spans stay inside', () => {
    fc.assert(
      fc.property(edited, ({ language, texts }) => {
        const text = texts.at(-1)!;
        for (const { span, callee, alpha } of analyzed(text, language).configs) {
          for (const each of [span, callee, alpha.span, alpha.argument]) {
            if (each) expect(0 <= each.from && each.from <= each.to && each.to <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('cut off anywhere is never an exception', () => {
    for (const { language, source } of CASES) {
      for (let to = 0; to < source.length; to += 7) analyzed(source.slice(0, to), language);
    }
  });

  it('edited it is as if it had always been so', () => {
    fc.assert(
      fc.property(edited, ({ language, texts }) => {
        const document = new LossDocument(language);
        for (const text of texts) {
          const { configs } = finish(document.analyze(text));
          const fresh = hasHintWord(text)
            ? analyzed(text, language).configs
            : finish(new LossDocument(language).analyze(text)).configs;
          expect(configs.map(described)).toEqual(fresh.map(described));
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each(['python', 'yaml', 'json', 'toml', 'shellscript', 'makefile'] as const)(
    'nested without end: %s',
    (language) => {
      const deep = ['[', '{', '(', '{"a":', 'f(', 'a: [', '- '].map(
        (piece) => `label_smoothing ${piece.repeat(3000)}`,
      );
      for (const text of deep) analyzed(text, language);
    },
  );
});
