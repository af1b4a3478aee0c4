import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../vscode/paths.ts';

const require = createRequire(import.meta.url);

/** All that the package is made of. `npm pack` changes package.json for a moment, so it isn't run where others read it. */
const SOURCES = [
  '.build',
  '.npmignore',
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'esbuild.js',
  'package.json',
  'package.nls.json',
  'src',
  'tsconfig.json',
];

const folder = mkdtempSync(join(tmpdir(), 'packed-'));
const project = join(folder, 'project');
let files: readonly string[];

function npm(cwd: string, ...args: string[]): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the program as it was installed. */
function run(...args: string[]) {
  const program = join(folder, 'user', 'node_modules', '.bin', 'smooth-labels');
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: project, encoding: 'utf8' });
  return { status, stdout, stderr };
}

beforeAll(() => {
  const source = join(folder, 'source');
  mkdirSync(source);
  for (const name of SOURCES) cpSync(join(ROOT, name), join(source, name), { recursive: true });
  // Compiled already, and newer than what it's compiled of.
  cpSync(join(ROOT, 'dist', 'kernel'), join(source, 'dist', 'kernel'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  const before = readFileSync(join(source, 'package.json'), 'utf8');
  const [packed] = JSON.parse(npm(source, 'pack', '--json', '--silent'));
  expect(readFileSync(join(source, 'package.json'), 'utf8')).toBe(before);
  files = packed.files.map(({ path }: { path: string }) => path).sort();
  mkdirSync(join(folder, 'user'));
  writeFileSync(join(folder, 'user', 'package.json'), '{}');
  npm(join(folder, 'user'), 'install', '--offline', '--no-audit', '--no-fund', join(source, packed.filename));

  mkdirSync(join(project, 'ignored'), { recursive: true });
  mkdirSync(join(project, '.git'));
  writeFileSync(join(project, '.gitignore'), 'ignored/\n');
  const wrong = 'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=10)\n';
  writeFileSync(join(project, 'train.py'), wrong);
  writeFileSync(join(project, 'ignored', 'copy.py'), wrong);
  writeFileSync(join(project, 'right.py'), wrong.replace('10', '0.1'));
  writeFileSync(join(project, 'two words, ü.py'), wrong);
  const code = { cell_type: 'code', metadata: {}, outputs: [], source: wrong.split(/(?<=\n)/) };
  const cells = [{ cell_type: 'markdown', metadata: {}, source: ['# x'] }, code];
  writeFileSync(
    join(project, 'train.ipynb'),
    JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }),
  );
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package that npm makes', () => {
  it('has the program, the engine, their licences and nothing else', () => {
    expect(files).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/arrow.js',
      'dist/cli/ThirdPartyNotices.txt',
      'dist/cli/mcp.js',
      'dist/cli/smooth-labels.js',
      'dist/engine.js',
      'dist/hdf5.js',
      'dist/kernel-shared-plain.wasm',
      'dist/kernel-shared-relaxed.wasm',
      'dist/parquet.js',
      'package.json',
    ]);
  });

  it('says whose libraries it has', () => {
    const notices = readFileSync(
      join(folder, 'user', 'node_modules', 'smooth-labels', 'dist', 'cli', 'ThirdPartyNotices.txt'),
      'utf8',
    );
    for (const name of ['@modelcontextprotocol/sdk', 'zod', 'valibot', 'hyparquet', 'yaml'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
    expect(notices).not.toMatch(/^ajv \d/m);
  });

  it('runs once it’s installed, without a network', () => {
    expect(run('--version').stdout.trim()).toBe(require('../../../package.json').version);
  });
});

describe('smooth-labels check', () => {
  it('reports what is wrong, and leaves out what .gitignore does', () => {
    const { status, stdout, stderr } = run('check', '.');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toContain('train.py:2:44: error SL002 α = 10 is outside [0, 1].');
    expect(stdout).toContain('train.ipynb:cell 2:2:44: error SL002');
    expect(stdout).toContain('3 problems (4 losses, 4 files)');
    expect(stdout).not.toContain('ignored/');
  });

  it('checks a file that is named, though .gitignore leaves it out', () => {
    expect(run('check', 'ignored/copy.py').status).toBe(1);
  });

  it('says nothing of what is right, with exit code 0', () => {
    expect(run('check', 'right.py')).toMatchObject({ status: 0, stderr: '' });
  });

  it('annotates the lines of a pull request', () => {
    expect(run('check', 'train.py', '--format', 'github').stdout).toMatch(
      /^::error file=train\.py,line=2,endLine=2,col=44,endColumn=46,title=SL002::α = 10 is outside/,
    );
  });

  it('writes JSON', () => {
    const [problem] = JSON.parse(run('check', 'train.py', '--format', 'json').stdout);
    expect(problem).toMatchObject({
      path: 'train.py',
      cell: null,
      code: 'SL002',
      start: { line: 2, column: 44 },
    });
  });

  it('writes SARIF that its schema allows', () => {
    const log = JSON.parse(run('check', '.', '--format', 'sarif').stdout);
    const ajv = new Ajv({ schemaId: 'auto', validateSchema: false, unknownFormats: 'ignore' });
    ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
    const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    expect([ajv.validate(schema, log), ajv.errors]).toEqual([true, null]);
    expect(ajv.validate(schema, { ...log, version: 2 })).toBe(false);
    const [{ results }] = log.runs;
    expect(results).toHaveLength(3);
    expect(results[2].locations[0].physicalLocation.artifactLocation.uri).toBe('two%20words%2C%20%C3%BC.py');
  });
});

describe('smooth-labels mcp', () => {
  it('answers from what was installed, with the engine and its libraries', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const columnar = join(ROOT, 'test', 'fixtures', 'columnar');
    const command = join(folder, 'user', 'node_modules', '.bin', 'smooth-labels');
    await client.connect(new StdioClientTransport({ command, args: ['mcp', project, columnar] }));
    const ask = async (name: string, input: object) =>
      JSON.stringify((await client.callTool({ name, arguments: { ...input } })).content);
    try {
      expect((await client.listTools()).tools).toHaveLength(5);
      expect(await ask('compute_smoothed_loss', { alpha: 0.1, classes: 5 })).toContain('0.3896729 nats');
      expect(await ask('find_loss_configurations', { path: project })).toContain('problem SL002');
      for (const name of ['fixed-list.arrow', 'plain.h5', 'wide-zstd.parquet'])
        expect(await ask('summarise_logits', { path: join(columnar, name) })).toContain(
          '25 × 6 logits, K = 6',
        );
    } finally {
      await client.close();
    }
  });
});
