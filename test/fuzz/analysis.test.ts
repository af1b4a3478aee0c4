import { describe, expect, it } from 'vitest';
import type { AnalysisLanguage } from '../../src/analysis/hintWords.ts';
import { LossDocument } from '../../src/analysis/lossDocument.ts';
import { finish } from '../../src/loss/work.ts';
import { expectLinear } from './growth.ts';
import { JSON_FILES, MAKEFILE, SHELL, TOML, YAML } from './inputs/configs.ts';
import type { MakeText } from './inputs/make.ts';
import { PYTHON_NAMES } from './inputs/pythonNames.ts';
import { PYTHON_SYNTAX } from './inputs/pythonSyntax.ts';

const INPUTS: readonly (readonly [AnalysisLanguage, Readonly<Record<string, MakeText>>])[] = [
  ['python', { ...PYTHON_SYNTAX, ...PYTHON_NAMES }],
  ['yaml', YAML],
  ['json', JSON_FILES],
  ['toml', TOML],
  ['shellscript', SHELL],
  ['makefile', MAKEFILE],
];

describe.each(INPUTS)('%s is analysed in time that grows with its length', (language, inputs) => {
  it.each(Object.entries(inputs))('%s', (_, make) => {
    expectLinear({ make, run: (text) => new LossDocument(language).analyze(text, { runs: 'some' }) });
  });
});

/** Lines with their numbers, in about so many characters. */
function lines(line: (i: number) => string, length: number): string {
  return Array.from({ length: Math.ceil(length / line(1000).length) }, (_, i) => line(i)).join('');
}

describe('python is analysed in time that grows with the file that it hands losses to the functions of', () => {
  it.each(['setattr(c,"w",0)', 'c.weight=0', 'c["w"]=0'])('%s', (set) => {
    expectLinear({
      make: (length) => ({
        code: `from torch.nn import CrossEntropyLoss as C\nimport tools as t\n${lines(
          (i) => `l${i}=C(label_smoothing=.1)\nt.f${i}(l${i})\n`,
          length / 5,
        )}`,
        tools: lines((i) => `def f${i}(c):\n${` ${set}\n`.repeat(8)}`, (length * 4) / 5),
      }),
      run: ({ code, tools }) =>
        new LossDocument('python').analyze(code, { modules: new Map([['tools', tools]]) }),
    });
  });
});

const DEEP: readonly (readonly [AnalysisLanguage, string])[] = [
  ['python', '('],
  ['python', 'x = ['],
  ['python', '{"a":'],
  ['python', 'f(a='],
  ['python', '-'],
  ['python', 'not '],
  ['python', 'lambda x: '],
  ['python', 'x if y else '],
  ['python', 'x.a'],
  ['python', 'f()'],
  ['python', 'if x:\n '],
  ['yaml', '['],
  ['yaml', '{a: '],
  ['yaml', '- '],
  ['yaml', '? '],
  ['json', '['],
  ['json', '{"a":'],
  ['toml', '['],
  ['toml', '{a = '],
  ['toml', 'a.'],
  ['shellscript', '$('],
  ['shellscript', '${'],
  ['makefile', '$('],
  ['makefile', 'ifeq\n'],
];

describe('what is nested 100,000 deep is no matter for the stack', () => {
  it.each(DEEP)('%s: %s', (language, piece) => {
    for (const before of ['label_smoothing', 'label_smoothing = ', 'label_smoothing: ']) {
      const text = `${before}${piece.repeat(100_000)}`;
      expect(() => finish(new LossDocument(language).analyze(text))).not.toThrow();
    }
  });
});
