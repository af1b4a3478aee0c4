import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'recheck';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { threadMs } from '../fuzz/cost.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Pattern {
  readonly file: string;
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** Patterns that take more than linear time, and may: what they are given is short. */
const STAYS: readonly { readonly file: string; readonly source: string; readonly because: string }[] = [
  {
    file: 'src/words/numberFormat.ts',
    source: String.raw`\.?0+$`,
    because: 'a number with seven digits',
  },
  { file: 'src/escape/fileName.ts', source: String.raw`[\s.]+$`, because: 'a name of 180 bytes at most' },
  {
    file: 'src/readers/printed/bracketed/tensorHeads.ts',
    source: String.raw`\bdtype=["']?(?:\w+\.)*(\w+)|,\s*(?:torch|np|numpy|jnp|tf)\.(\w+\d)`,
    because: 'the 400 bytes behind a tensor',
  },
];

/** Every regular expression of the sources, and every one they put together while they run. */
function patterns(): { readonly literals: readonly Pattern[]; readonly made: readonly string[] } {
  const literals: Pattern[] = [];
  const made: string[] = [];
  for (const path of globSync('src/**/*.{ts,tsx}', { cwd: ROOT })) {
    const file = path.replaceAll('\\', '/');
    // AssemblyScript, compiled on its own
    if (file.startsWith('src/engine/kernel/assembly/')) continue;
    const code = readFileSync(join(ROOT, path), 'utf8');
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, regex, callee, start } = node as Record<string, unknown>;
      const line = code.slice(0, Number(start)).split('\n').length;
      if (type === 'Literal' && regex) {
        const { pattern, flags } = regex as { pattern: string; flags: string };
        literals.push({ file, line, source: pattern, flags });
      }
      const isCall = type === 'NewExpression' || type === 'CallExpression';
      if (isCall && (callee as { name?: string }).name === 'RegExp') made.push(`${file}:${line}`);
      for (const value of Object.values(node)) visit(value);
    };
    visit(parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  }
  return { literals, made };
}

const { literals, made } = patterns();
const unchecked = literals.filter(
  ({ file, source }) => !STAYS.some((each) => each.file === file && each.source === source),
);

/** In V8, in milliseconds of its thread. */
const SLOWEST = 100;
const LENGTH = 20_000;

/** Texts that are nearly what a pattern finds, over and over: its own words, and what usually repeats. */
function hardTexts({ source }: Pattern): readonly string[] {
  const words = source.match(/\w{2,}/g) ?? [];
  return [...new Set([...' \t\n0a_"\'([{<#-./\\=,:%$', ...words])].flatMap((piece) => {
    const text = piece.repeat(LENGTH / piece.length);
    return [`${text}\0`, `${words[0] ?? ''}${text}!`];
  });
}

describe('a regular expression takes time in proportion to the text', () => {
  it('wherever one is written', () => {
    expect(literals.length).toBeGreaterThan(150);
  });

  it('and is written as it is: what is put together can’t be checked', () => {
    expect(made).toEqual([]);
  });

  it('by the theory of what a backtracking engine does', { timeout: 300_000 }, async () => {
    const slow: string[] = [];
    for (const { file, line, source, flags } of unchecked) {
      const result = await check(source, flags, { timeout: 60_000 });
      if (result.status === 'safe') continue;
      const how = result.status === 'vulnerable' ? result.complexity.summary : result.error.kind;
      slow.push(`${file}:${line} /${source}/${flags}: ${how}`);
    }
    expect(slow).toEqual([]);
  });

  it('by the clock', { timeout: 120_000 }, () => {
    const slow: string[] = [];
    for (const pattern of unchecked) {
      for (const text of hardTexts(pattern)) {
        const start = threadMs();
        text.replace(new RegExp(pattern.source, pattern.flags), '');
        if (threadMs() - start < SLOWEST) continue;
        slow.push(
          `${pattern.file}:${pattern.line} /${pattern.source}/ with ${JSON.stringify(text.slice(0, 20))}`,
        );
        break;
      }
    }
    expect(slow).toEqual([]);
  });

  it('or is given a text that is always short, for a reason', () => {
    const gone = STAYS.filter(
      (each) => !literals.some(({ file, source }) => file === each.file && source === each.source),
    );
    expect(gone).toEqual([]);
  });
});
