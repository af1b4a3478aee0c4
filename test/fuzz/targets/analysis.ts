import { type AnalysisLanguage, LANGUAGES } from '../../../src/analysis/hintWords.ts';
import { LossDocument } from '../../../src/analysis/lossDocument.ts';
import { CASES } from '../../unit/analysis/corpus.ts';
import { checkSame } from '../properties.ts';
import { decode, encode, expectThat, type FuzzTarget } from '../target.ts';

const TOKENS = [
  ...'( ) [ ] { } " \' """ \\ \n \r\n # : , = * ** % ! ? & . 0.1 1. 1e999 label_smoothing smoothing weight lambda yield \t'.split(
    ' ',
  ),
  ...'def class self return None import from as for if else nn. F. cross_entropy( CrossEntropyLoss( num_classes f" r\''.split(
    ' ',
  ),
  ' ',
  '\n    ',
  '\u0000',
  '🙂',
  '\uFEFF',
  '$' + '{a}',
  '---\n',
  'class A(A):\n  pass\n',
  'def f(x=1):\n  return x\n',
  '%time ',
  '!pip install x\n',
  '- &a ',
  '<<: *a\n',
  '[table]\n',
  '--label-smoothing ',
  '# smooth-labels: K=10\n',
  '0.1',
  '9'.repeat(400),
  '# '.repeat(40),
];

/** A document in a language: what is found is in it; and after an edit it's found as if it had never been another. */
function analysisTarget(language: AnalysisLanguage): FuzzTarget {
  return {
    name: `analysis of ${language}`,
    samples: CASES.filter((each) => each.language === language).map(({ source }) => encode(source)),
    tokens: TOKENS,
    *run(bytes) {
      const text = decode(bytes);
      const document = new LossDocument(language);
      const { configs } = yield* document.analyze(text);
      for (const { span, callee, alpha } of configs) {
        expectThat(
          span.from >= 0 && span.from <= span.to && span.to <= text.length,
          () => `A loss at ${span.from}–${span.to} of ${text.length}`,
        );
        expectThat(
          span.from <= callee.from && callee.to <= text.length,
          () => `A callee at ${callee.from}–${callee.to}`,
        );
        const { value } = alpha;
        expectThat(value === undefined || typeof value === 'number', () => `α ${value}`);
        if (alpha.span)
          checkSame(
            text.slice(alpha.span.from, alpha.span.to),
            alpha.text,
            'α where it is, and as it is written',
          );
      }
      const edited = `${text.slice(0, text.length >> 1)}\n${text.slice((text.length >> 1) + 3)}`;
      const again = yield* document.analyze(edited);
      const fresh = yield* new LossDocument(language).analyze(edited);
      checkSame(again.configs, fresh.configs, 'After an edit, and afresh');
      return configs.length === 0 ? 'nothing' : 'losses';
    },
  };
}

export const ANALYSIS_TARGETS: readonly FuzzTarget[] = LANGUAGES.map(analysisTarget);
