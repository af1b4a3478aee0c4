import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText } from '../../../src/escape/markdown.ts';
import { anyName } from '../../fixtures/anyName.ts';
import { HOSTILE_NAMES } from '../../fixtures/hostileNames.ts';

/** As VS Code reads Markdown, and GitHub does: with links that are made of addresses, and tables. */
const lex = (markdown: string): readonly Nested[] => marked.lexer(markdown, { gfm: true, breaks: true });
/** Some places a name may be in: the start of a line, a sentence, a list, a heading, a link, a cell. */
const PLACES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `a ${text} b`,
  (text) => `- ${text}`,
  (text) => `# ${text}`,
  (text) => `[${text}](https://ours.example)`,
  (text) => `| h |\n| --- |\n| ${text} |`,
  (text) => `first\n${text}\nlast`,
];

interface Nested {
  readonly type: string;
  readonly tokens?: readonly Nested[];
  readonly items?: readonly Nested[];
  readonly header?: readonly Cell[];
  readonly rows?: readonly (readonly Cell[])[];
}

interface Cell {
  readonly tokens: readonly Nested[];
}

/** The types of all tokens, in order; texts next to each other are one. */
function types(tokens: readonly Nested[]): string[] {
  return tokens
    .flatMap(({ type, tokens: inner = [], items = [], header = [], rows = [] }) => {
      const cells = [...header, ...rows.flat()].flatMap((cell) => ['cell', ...types(cell.tokens)]);
      return [type === 'escape' ? 'text' : type, ...types(inner), ...types(items), ...cells];
    })
    .filter((type, i, all) => !(type === 'text' && all[i - 1] === 'text'));
}

/** What a reader sees. */
function shown(markdown: string): string {
  const html = marked.parse(markdown, { gfm: true, breaks: true, async: false }).replaceAll('\u2060', '');
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}

/** On one line, without what isn't seen. */
const visible = (name: string) => !/[^\P{C}\n\u200b-\u200d]|\p{Zl}|\p{Zp}/u.test(name);

describe('a text in Markdown', () => {
  it('is nothing but text, wherever it’s put', () =>
    fc.assert(
      fc.property(fc.oneof(anyName, fc.constantFrom(...HOSTILE_NAMES)), (name) => {
        fc.pre(markdownText(name).trim() !== '');
        for (const put of PLACES)
          expect(types(lex(put(markdownText(name)))), put(markdownText(name))).toEqual(types(lex(put('x'))));
      }),
      { numRuns: 2000, examples: HOSTILE_NAMES.map((name) => [name]) },
    ));

  it('reads as it was written', () => {
    const names = [...HOSTILE_NAMES, ...fc.sample(anyName, 1000)].filter(visible);
    for (const name of names) {
      const line = name.replace(/\s+/g, ' ').trim();
      expect(shown(`a ${markdownText(name)} b`).replace(/\s+/g, ' ')).toBe(
        `a ${line} b`.replace(/\s+/g, ' '),
      );
    }
  });

  it('has none of VS Code’s icons, in HTML either', () =>
    fc.assert(
      fc.property(anyName, (name) => {
        for (const markdown of [markdownText(name), markdownCode(name)])
          expect(marked.parse(`a ${markdown} b`, { async: false })).not.toMatch(/\$\([A-Za-z0-9-]+/);
      }),
      { examples: [['$(warning)'], ['\\$(warning)'], ['$$(zap)'], ['&#36;(zap)']] },
    ));

  it('leaves names legible', () => {
    for (const name of ['digits.logits.json', 'on_value', 'cross-entropy', 'Größe 模型, 1/2']) {
      expect(markdownText(name)).toBe(name);
    }
    expect(markdownText('nn.Linear(512, 5)')).toBe('nn.Linear\\(512, 5\\)');
  });
});

describe('a text as code in Markdown', () => {
  it('is one piece of code, wherever it’s put', () =>
    fc.assert(
      fc.property(fc.oneof(anyName, fc.constantFrom(...HOSTILE_NAMES)), (name) => {
        const code = markdownCode(name);
        fc.pre(code !== '');
        expect(types(lex(`a ${code} b`))).toEqual(types(lex('a `x` b')));
        expect(types(lex(code))).toEqual(types(lex('`x`')));
        if (!visible(name)) return;
        const line = name.replace(/[ \n\t\r\v\f]+/g, ' ').trim();
        expect(shown(code).replace(/\s+/g, ' ').trim()).toBe(line.replace(/\s+/g, ' ').trim());
      }),
      { numRuns: 2000, examples: HOSTILE_NAMES.map((name) => [name]) },
    ));

  it('is nothing for nothing', () => expect([markdownCode(''), markdownCode(' \n')]).toEqual(['', '']));
});
