import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parser } from '@lezer/python';
import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../../../src/analysis/python/syntax/parsedPython.ts';
import { splitStatements } from '../../../../../src/analysis/python/syntax/statements.ts';
import { finish } from '../../../../../src/loss/work.ts';
import { CASES } from '../../corpus.ts';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');

/** All Python of the corpus that parses without an error, a few times: too much to be parsed at once. */
const SOURCE = CASES.filter(({ language, source }) => {
  return language === 'python' && !parser.parse(source).toString().includes('⚠');
})
  .map(({ source }) => source)
  .join('')
  .repeat(3);

function treeOf(text: string): string {
  return parser.parse(text).toString();
}

describe('a source that is parsed in parts', () => {
  it('has the tree of the whole', () => {
    const { tree, parsed, unread } = finish(parsePython(SOURCE));
    expect(finish(splitStatements(SOURCE)).length).toBeGreaterThan(500);
    expect([tree.toString() === treeOf(parsed), tree.length, unread]).toEqual([true, SOURCE.length, null]);
  });

  it('has every node where it is in the whole', () => {
    const places = (tree: ReturnType<typeof parser.parse>) => {
      const found: string[] = [];
      tree.iterate({
        enter: ({ name, from, to }) => {
          found.push(`${name} ${from} ${to}`);
        },
      });
      return found;
    };
    const { tree, parsed } = finish(parsePython(SOURCE));
    expect(places(tree)).toEqual(places(parser.parse(parsed)));
  });

  it('has it after each of some edits', () => {
    let before = finish(parsePython(SOURCE));
    let text = SOURCE;
    for (const share of [0, 0.1, 0.33, 0.5, 0.77, 1]) {
      const line = text.indexOf('\n', Math.floor(share * (text.length - 2))) + 1;
      // Not within a block, nor within brackets.
      const at = finish(splitStatements(text)).find(({ from }) => from >= line)?.from ?? text.length;
      text = `${text.slice(0, at)}x = f(${share})\n${text.slice(at)}`;
      before = finish(parsePython(text, before));
      expect(before.tree.toString() === treeOf(before.parsed)).toBe(true);
    }
  });

  it('keeps what is behind an edit', () => {
    const before = finish(parsePython(SOURCE));
    const after = finish(parsePython(`${'x = f(1)\n'.repeat(50)}${SOURCE}`, before));
    const kept = new Set(before.chunks.map(({ tree }) => tree));
    expect(before.chunks.length).toBeGreaterThan(4);
    expect(after.chunks.filter(({ tree }) => kept.has(tree)).length).toBeGreaterThan(
      before.chunks.length / 2,
    );
  });
});

describe('a tree that the parser left broken', () => {
  it('is left out, and the source is said not to be read for its errors', () => {
    const broken = readFileSync(join(FIXTURES, 'brokenTree.py.gz'));
    const source = gunzipSync(broken).toString();
    const cursor = parser.parse(source).cursor();
    let hasType = true;
    while (cursor.next()) hasType &&= (cursor.type as unknown) !== undefined;
    expect(hasType).toBe(false);
    const { tree, unread } = finish(parsePython(`${source}\n`));
    expect([tree.toString(), unread]).toEqual(['Script(ExpressionStatement(VariableName))', 'errors']);
  });
});

describe('statements at the left edge', () => {
  const of = (code: string) => finish(splitStatements(code)).map(({ from, to }) => code.slice(from, to));

  it.each([
    ['simple ones', ['x = 1\n', 'y = 2\n']],
    ['blocks', ['if x:\n  y\nelif y:\n  z\nelse:\n  z\n', 'while x:\n  y\n']],
    ['errors that are caught', ['try:\n  x\nexcept E:\n  y\nfinally:\n  z\n', 'elsewhere = 1\n']],
    ['decorators', ['@a\n@b(\nc)\n# d\n\ndef f(): pass\n', '@a\nclass A: pass\n']],
    ['comments in a block', ['def f():\n  x\n# y\n  z\n', 'w\n']],
    ['brackets', ['x = [\n1,\n2\n]\n', 'f(\n)\n']],
    ['strings', ['x = """\ny = 1\n"""\n', "z = '\\\nw'\n", 'v\n']],
    ['lines that go on', ['x = 1 + \\\ny\n', 'z\n']],
    ['carriage returns', ['x = 1\r\n', '\r\n# a\r\n  \r\n'].join('').split('|')],
    ['what isn’t finished', ['x = 1\n', 'y = (\nz = 2\n']],
  ])('are %s', (_, statements) => {
    expect(of(statements.join(''))).toEqual(statements);
  });
});
