import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonComment, pythonString } from '../../../src/escape/python.ts';
import { anyName } from '../../fixtures/anyName.ts';
import { HOSTILE_NAMES } from '../../fixtures/hostileNames.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['-c', '']).status === 0;

/** What is in Python source, for each: the UTF-16 units of the one string that it is, or null; and the number of statements. */
const READ = `import ast, json, sys
def units(text):
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i] + 256 * data[i + 1] for i in range(0, len(data), 2)]
read = []
for source in json.load(sys.stdin):
    body = ast.parse(source.encode("utf-8")).body
    text = body[0].value.value if len(body) == 1 else None
    read.append([units(text) if isinstance(text, str) else None, len(body)])
print(json.dumps(read))`;

function read(sources: readonly string[]): readonly [readonly number[] | null, number][] {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', READ], {
    input: JSON.stringify(sources),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const NAMES = [...HOSTILE_NAMES, ...fc.sample(anyName, 2000)];
const units = (text: string) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));

describe('a Python string literal', () => {
  it.runIf(hasPython)('is the text it was made of, and nothing else', () => {
    expect(read(NAMES.map(pythonString))).toEqual(NAMES.map((name) => [units(name), 1]));
  });
});

describe('a Python comment', () => {
  it.runIf(hasPython)('is no code, alone or between statements', () => {
    expect(read(NAMES.map(pythonComment))).toEqual(NAMES.map(() => [null, 0]));
    const between = (name: string) => `a = 1\n${pythonComment(name)}\nb = 2\n`;
    expect(read(NAMES.map(between))).toEqual(NAMES.map(() => [null, 2]));
  });

  it('shows names like any other as they are', () => {
    expect(pythonComment('model/head · Größe 模型.npz')).toBe('# model/head · Größe 模型.npz');
    expect(pythonComment('a\n\tb\\c\0')).toBe('# a\\n\\tb\\\\c\\x00');
  });
});
