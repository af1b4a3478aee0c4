import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runCommandLine } from '../../../src/cli/commandLine.ts';

/** What a command line prints, and its exit code. */
function run(...args: string[]) {
  return runWith(null, ...args);
}

async function runWith(progress: ((line: string) => void) | null, ...args: string[]) {
  const [printed, errors]: [string[], string[]] = [[], []];
  const code = await runCommandLine(args, {
    folder: import.meta.dirname,
    version: manifest.version,
    print: (text) => void printed.push(text),
    error: (text) => void errors.push(text),
    progress,
  });
  return { code, printed: printed.join(''), errors: errors.join('') };
}

describe('smooth-labels', () => {
  it('says which files it skips, as they are too large', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'large-'));
    try {
      const loss = 'loss = F.cross_entropy(z, y, label_smoothing=0.1)\n';
      writeFileSync(join(folder, 'a.py'), loss);
      writeFileSync(join(folder, 'large.py'), `${loss}x = '${'a'.repeat(100_001)}'\n`);
      writeFileSync(join(folder, 'data.json'), `["${'a'.repeat(100_001)}"]`);
      expect(await run('check', folder)).toEqual({
        code: 0,
        printed: '0 problems (1 loss, 3 files)\n',
        errors: expect.stringMatching(
          /^1 file was skipped \(more than 2,000,000 characters, or a line of more than 100,000\): \S*large\.py\n$/,
        ),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('tells a terminal how far it is, and clears that line before it reports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'far-'));
    try {
      for (let i = 0; i < 3; i++) writeFileSync(join(folder, `${i}.py`), 'x = 1\n');
      const lines: string[] = [];
      await runWith((line) => lines.push(line), 'check', folder);
      expect(lines[0]).toMatch(/^0 of 3 files: \S*0\.py$/);
      expect(lines.at(-1)).toBe('');
      const quiet: string[] = [];
      await runWith((line) => quiet.push(line), 'check', folder, '--quiet');
      expect(quiet).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says how it is used', async () => {
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, errors: '' });
    expect(help.printed).toContain('check PATH…');
    expect(await run()).toEqual(help);
    expect((await run('check', '--help')).printed).toContain('--severity');
  });

  it('says how agents are to call it, and which folder isn’t one', async () => {
    expect((await run('mcp', '--help')).printed).toContain('Model Context Protocol');
    expect(await run('mcp', 'nowhere')).toMatchObject({ code: 2, printed: '' });
    expect((await run('mcp', 'nowhere')).errors).toMatch(/^smooth-labels: .*nowhere isn’t a folder\./);
    expect((await run('mcp', '--port', '80')).errors).toMatch(/^smooth-labels: Unknown option '--port'/);
  });

  it('says which version it is', async () => {
    expect((await run('--version')).printed).toBe(`${manifest.version}\n`);
  });

  it.each([
    [['chekc'], '“chekc” isn’t a command.'],
    [['toString'], '“toString” isn’t a command.'],
    [['check'], 'Name a file or a folder.'],
    [['check', '.', '--format', 'xml'], '“xml” isn’t a value of --format: text, github, json'],
    [['check', '.', '--severity', 'fatal'], '“fatal” isn’t a value of --severity'],
    [['check', '.', '--fix'], '--fix'],
    [['check', 'no-such-file.py'], 'no-such-file.py can’t be read (ENOENT).'],
  ])('refuses %j with exit code 2, and says why', async (args, reason) => {
    const { code, printed, errors } = await run(...args);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(errors).toContain(reason);
    expect(errors).toContain('Usage: smooth-labels');
  });
});
