import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sources } from '../../../../src/analysis/edit/alphaEdit.ts';
import { checkedAlphaEdit } from '../../../../src/analysis/edit/checkedEdit.ts';
import { lineChange } from '../../../../src/analysis/edit/textEdit.ts';
import { isAnalysisLanguage } from '../../../../src/analysis/hintWords.ts';
import { finish } from '../../../../src/loss/work.ts';
import { analyzed } from '../corpus.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/edits');

interface Case {
  readonly name: string;
  readonly sources: Sources;
  readonly alpha: number;
  /** The text after the edit, or why there is none. */
  readonly expected: { readonly text: string } | { readonly why: string };
}

/** A case is `#### language: name`, a source, `==> α`, and the source after it; or `==> α reason`. */
function casesOf(file: string, common?: string): readonly Case[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split(/^#### /m)
    .slice(1)
    .map((block) => {
      const [, title = '', text = '', alpha, why = '', after = ''] =
        /^(.*)\n([\s\S]*)^==> (\S+)(?: (.*))?\n([\s\S]*)$/m.exec(block) ?? [];
      const language = common ?? /^(\w+): /.exec(title)?.[1] ?? '';
      if (!isAnalysisLanguage(language)) throw new Error(`${file}: ${title} has no language`);
      const expected = why === '' ? { text: after } : { why };
      return { name: title, sources: { text, language }, alpha: Number(alpha), expected };
    });
}

const CASES = [...casesOf('python.txt', 'python'), ...casesOf('configs.txt')];

/** Sets α of the last loss there is. */
function set({ text, language, ...context }: Sources, alpha: number) {
  const config = analyzed(text, language, context).configs.at(-1)!;
  return finish(checkedAlphaEdit(config, alpha, { text, language, ...context }));
}

function outcome(sources: Sources, alpha: number): Case['expected'] {
  const edit = set(sources, alpha);
  if (!('reason' in edit)) return { text: edit.after };
  return { why: edit.reason + ('text' in edit ? ` ${edit.line + 1}: ${edit.text}` : '') };
}

describe('α is set in', () => {
  it.each(CASES)('$name', ({ sources, alpha, expected }) =>
    expect(outcome(sources, alpha)).toEqual(expected),
  );

  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  it.each(CASES)('$name, with CRLF', ({ sources, alpha, expected }) => {
    const converted = outcome({ ...sources, text: crlf(sources.text) }, alpha);
    expect(converted).toEqual('text' in expected ? { text: crlf(expected.text) } : expected);
  });
});

describe('setting α', () => {
  const settable = CASES.filter(({ expected }) => 'text' in expected);

  it('is read back exactly, and changes nothing but one number', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...settable),
        fc.double({ min: 1e-9, max: 1, noNaN: true, maxExcluded: true }),
        ({ sources }, alpha) => {
          const edit = set(sources, alpha);
          if ('reason' in edit) throw new Error(edit.reason);
          const again = analyzed(edit.after, sources.language).configs.at(-1)!;
          const { value = Number(again.alpha.text?.slice(1, -1)) } = again.alpha;
          expect(Math.abs(value - alpha)).toBeLessThanOrEqual(1e-12);
          // A second edit has nothing left to add.
          const second = set({ ...sources, text: edit.after }, 0.5);
          if ('reason' in second) throw new Error(second.reason);
          expect(second.edits).toHaveLength(1);
          const [{ span, text }] = second.edits as [(typeof second.edits)[0]];
          expect(second.after).toBe(edit.after.slice(0, span.from) + text + edit.after.slice(span.to));
          expect(Number(text.replaceAll('_', ''))).toBe(0.5);
        },
      ),
      { numRuns: 300 },
    ));

  it('of a constant says which other losses take it, too', () => {
    const text =
      'from torch import nn\nS = 0.1\na = nn.CrossEntropyLoss(label_smoothing=S)\nb = nn.CrossEntropyLoss(label_smoothing=S)\n';
    const edit = set({ text, language: 'python' }, 0.2);
    if ('reason' in edit) throw new Error(edit.reason);
    expect(edit.others.map(({ line }) => line)).toEqual([2]);
  });

  it('reaches a constant in a file that is imported from', () => {
    const text = 'from torch import nn\nfrom conf import S\nnn.CrossEntropyLoss(label_smoothing=S)\n';
    const modules = new Map([['conf', '# settings\nS = 1e-1\n']]);
    const edit = set({ text, language: 'python', modules }, 0.2);
    expect(edit).toMatchObject({ in: { module: 'conf' }, after: '# settings\nS = 2e-1\n' });
  });

  it('reaches a constant in a cell above', () => {
    const text = 'nn.CrossEntropyLoss(label_smoothing=S)\n';
    const cells = ['import torch.nn as nn\n', 'S = .1'];
    expect(set({ text, language: 'python', cells }, 0.2)).toMatchObject({ in: { cell: 1 }, after: 'S = .2' });
  });
});

describe('the lines of an edit', () => {
  it.each([
    ['a\nb\nc', 'a\nB\nc', { line: 1, above: null, removed: ['b'], added: ['B'] }],
    ['a\r\nb\r\n', 'a\r\nb\r\nc\r\n', { line: 2, above: 'b', removed: [], added: ['c'] }],
    ['a\nb', 'a,\nc\nb', { line: 0, above: null, removed: ['a'], added: ['a,', 'c'] }],
    ['', 'a', { line: 0, above: null, removed: [''], added: ['a'] }],
  ])('%j becomes %j', (before, after, change) => expect(lineChange(before, after)).toEqual(change));
});
