import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { type CallToolResult, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { ROOT } from '../../vscode/paths.ts';
import { ASKED_FILES, questionsAbout } from '../tools/questions.ts';

/** As `npm run build` makes it. */
const PROGRAM = join(ROOT, 'dist', 'cli', 'smooth-labels.js');
const MEGABYTES_100 = 100 * 1024 * 1024;

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-')));
/** What may be read; beside it is what may not. */
const project = join(folder, 'project');
const outside = join(folder, 'outside');
const other = join(folder, 'project-other');
const SECRET = 'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.3)\n';

beforeAll(() => {
  for (const each of [project, outside, other]) mkdirSync(each);
  for (const [name, text] of Object.entries(ASKED_FILES)) writeFileSync(join(project, name), text);
  for (const each of [outside, other]) writeFileSync(join(each, 'secret.py'), SECRET);
  symlinkSync(join(outside, 'secret.py'), join(project, 'link.py'));
  symlinkSync(outside, join(project, 'linked'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The SDK's client with a server of its own. `roots`: what it says its person has open. */
async function connected(
  { args = [], cwd = project, roots }: { args?: string[]; cwd?: string; roots?: string[] } = {},
  work: (call: (name: string, input: object) => Promise<CallToolResult>, client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities: roots ? { roots: {} } : {} });
  if (roots)
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: roots.map((uri) => ({ uri })) }));
  const command = process.execPath;
  await client.connect(new StdioClientTransport({ command, args: [PROGRAM, 'mcp', ...args], cwd }));
  try {
    await work(
      async (name, input) =>
        (await client.callTool({ name, arguments: { ...input } })) as unknown as CallToolResult,
      client,
    );
  } finally {
    await client.close();
  }
}

/** An answer's text; a refusal's begins with "Error: ". */
function textOf({ content, isError }: CallToolResult): string {
  const text = content.map((part) => (part.type === 'text' ? part.text : part.type)).join('');
  return isError ? `Error: ${text}` : text;
}

describe('smooth-labels mcp', () => {
  it('has the tools that VS Code has, with the same descriptions and schemas', () =>
    connected({}, async (_, client) => {
      const { tools } = await client.listTools();
      const own = manifest.contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => ({
        name,
        description: modelDescription,
        inputSchema,
      }));
      expect(tools).toMatchObject(own);
      expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
      expect(client.getServerVersion()).toMatchObject({ name: 'smooth-labels', version: manifest.version });
    }));

  it('answers what people ask', () =>
    connected({}, async (call) => {
      for (const [question, tool, input, says] of questionsAbout(project)) {
        const text = textOf(await call(tool, input));
        for (const part of says) expect(text, question).toContain(part);
        expect(text.length).toBeLessThanOrEqual(2000);
      }
    }));

  it('reads files of arrays, and what cells of a notebook had put out', () =>
    connected({ args: [join(ROOT, 'media', 'samples'), join(ROOT, 'test', 'fixtures')] }, async (call) => {
      const sample = (name: string) => ({ path: join(ROOT, 'media', 'samples', name) });
      expect(textOf(await call('summarise_logits', sample('digits.logits.json')))).toContain(
        'Accuracy: 92.6 %',
      );
      const cells = textOf(await call('summarise_logits', sample('label-smoothing.ipynb')));
      expect(cells).toMatch(/^3 cells with numbers\.\nCell 5: "logits": 6 × 5 logits, K = 5\./);
    }));

  it('refuses what it can’t answer with a sentence', () =>
    connected({}, async (call, client) => {
      const refused = async (tool: string, input: object) => textOf(await call(tool, input));
      expect(await refused('compute_smoothed_loss', {})).toMatch(/^Error: Give "logits" and "targets"/);
      expect(await refused('compute_smoothed_loss', { alpha: 'x' })).toMatch(/^Error: alpha: expected α/);
      expect(await refused('compute_smoothed_loss', { logits: [[1, 2]], targets: [5] })).toBe(
        'Error: targets: 5 in row 0 is outside 0…1',
      );
      expect(await refused('summarise_logits', {})).toMatch(/^Error: There’s no notebook in front/);
      expect(await refused('summarise_logits', { path: 'val.json' })).toMatch(
        /^Error: path: expected an absolute/,
      );
      expect(await refused('summarise_logits', { path: join(project, 'none.json') })).toMatch(
        /^Error: There’s no file/,
      );
      expect(await refused('summarise_logits', { path: `${project}/a\0b` })).toMatch(
        /^Error: There’s no file/,
      );
      expect(await refused('summarise_logits', { path: project })).toMatch(/isn’t a file\.$/);
      expect(await refused('summarise_logits', { path: join(project, 'log.txt') })).toContain('training log');
      expect(await refused('find_loss_configurations', { path: join(project, 'log.txt') })).toMatch(
        /^Error: .*log\.txt isn’t a file that sets up losses/,
      );
      await expect(client.callTool({ name: 'edit_file', arguments: {} })).rejects.toThrow('There’s no tool');
    }));

  it.runIf(process.platform !== 'win32')('doesn’t wait for a pipe', () =>
    connected({}, async (call) => {
      const pipe = join(project, 'pipe.json');
      execFileSync('mkfifo', [pipe]);
      for (const tool of ['summarise_logits', 'find_loss_configurations'])
        expect(textOf(await call(tool, { path: pipe }))).toMatch(/^Error: .* isn’t a file/);
      expect(textOf(await call('find_loss_configurations', { path: project }))).toContain(
        '3 files looked at',
      );
    }),
  );
});

describe('a file outside of what may be read', () => {
  it('isn’t read, whatever leads there', () =>
    connected({}, async (call) => {
      for (const path of [
        join(outside, 'secret.py'),
        `${project}/../outside/secret.py`,
        // A folder whose name begins alike.
        join(other, 'secret.py'),
        join(project, 'link.py'),
        join(project, 'linked', 'secret.py'),
        // What isn't there isn't told from what is.
        join(outside, 'none.py'),
      ])
        for (const tool of ['find_loss_configurations', 'summarise_logits'])
          expect(textOf(await call(tool, { path }))).toBe(
            `Error: ${path} is outside. Only files below ${project} may be read.`,
          );
    }));

  it('isn’t found below a folder, followed as a module, nor asked for rules', async () => {
    const repository = join(folder, 'repository');
    const inner = join(repository, 'inner');
    mkdirSync(join(repository, '.git'), { recursive: true });
    mkdirSync(inner);
    writeFileSync(join(repository, 'settings.py'), 'ALPHA = 0.3\n');
    writeFileSync(join(repository, '.gitignore'), 'inner/\n');
    writeFileSync(
      join(inner, 'train.py'),
      'from settings import ALPHA\nfrom torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=ALPHA)\n',
    );
    symlinkSync(join(outside, 'secret.py'), join(inner, 'link.py'));
    const found = async (cwd: string) => {
      let text = '';
      await connected({ cwd }, async (call) => {
        text = textOf(await call('find_loss_configurations', { path: inner }));
      });
      return text;
    };
    expect(await found(inner)).toMatch(/^1 loss .* 1 file looked at\..*\n.*train\.py:3 .*α unknown/);
    expect(await found(repository)).not.toContain('α unknown');
  });

  it('is what isn’t below the client’s folders, if no folder is named', () =>
    connected({ cwd: outside, roots: [pathToFileURL(project).href, 'file://server/share'] }, async (call) => {
      const path = join(project, 'train.py');
      expect(textOf(await call('find_loss_configurations', { path }))).toContain('α = 0.1');
      const secret = join(outside, 'secret.py');
      expect(textOf(await call('find_loss_configurations', { path: secret }))).toMatch(
        /^Error: .* is outside/,
      );
    }));

  it('is what isn’t below the folders that are named, whatever the client says', () =>
    connected({ args: [project], roots: [pathToFileURL(outside).href] }, async (call) => {
      const secret = join(outside, 'secret.py');
      expect(textOf(await call('find_loss_configurations', { path: secret }))).toMatch(
        /^Error: .* is outside/,
      );
    }));

  it('is everything, if it’s started where everything is', () =>
    connected({ cwd: '/' }, async (call) => {
      const path = join(project, 'train.py');
      expect(textOf(await call('find_loss_configurations', { path }))).toContain('No folder may be read');
      expect(textOf(await call('compute_smoothed_loss', { alpha: 0.1, classes: 5 }))).toContain('0.3896729');
    }));
});

describe('a file of 100 MB', () => {
  const [array, code] = [join(project, 'large', 'logits.npy'), join(project, 'large', 'train.py')];
  beforeAll(() => {
    mkdirSync(join(project, 'large'));
    const shape = `{'descr': '<f4', 'fortran_order': False, 'shape': (${MEGABYTES_100 / 40}, 10), }`;
    writeFileSync(array, `\x93NUMPY\x01\x00\x76\x00${shape.padEnd(117)}\n`, 'latin1');
    truncateSync(array, 128 + MEGABYTES_100);
    writeFileSync(code, SECRET);
    truncateSync(code, MEGABYTES_100);
  });
  afterAll(() => rmSync(join(project, 'large'), { recursive: true }));

  it('is summarised if it’s an array, and refused if it’s code', () =>
    connected({}, async (call) => {
      expect(textOf(await call('summarise_logits', { path: array }))).toContain(
        '2,621,440 × 10 logits, K = 10',
      );
      expect(textOf(await call('find_loss_configurations', { path: code }))).toMatch(/^Error: .*too large/);
      expect(textOf(await call('find_loss_configurations', { path: join(project, 'large') }))).toBe(
        'No loss configuration found. 0 files looked at.\n1 file wasn’t looked at: too many, too large, or not readable. Ask for one of them, or for a folder below.',
      );
    }));

  it('can be given up: the next question is answered', () =>
    connected({}, async (call, client) => {
      const abort = new AbortController();
      const input = { name: 'summarise_logits', arguments: { path: array } };
      const given = client.callTool(input, undefined, { signal: abort.signal });
      setTimeout(() => abort.abort(), 20);
      await expect(given).rejects.toThrow();
      expect(textOf(await call('compute_smoothed_loss', { alpha: 0.1, classes: 5 }))).toContain('0.3896729');
    }));

  it('doesn’t keep the program from ending with its input', async () => {
    const asked = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
      },
      { method: 'notifications/initialized' },
      { id: 2, method: 'tools/call', params: { name: 'summarise_logits', arguments: { path: array } } },
    ];
    const { code } = await talk(asked.map((each) => JSON.stringify({ jsonrpc: '2.0', ...each })));
    expect(code).toBe(0);
  });
});

/** Writes lines to the program, closes its input once all `answers` are there, and waits for its end. */
function talk(lines: readonly string[], answers = 0) {
  const program = spawn(process.execPath, [PROGRAM, 'mcp'], { cwd: project });
  let [stdout, stderr] = ['', ''];
  program.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  // One that has ended doesn't take the rest.
  program.stdin.on('error', () => {});
  program.stdin.write(lines.map((line) => `${line}\n`).join(''));
  const close = () => {
    if (stdout.split('\n').length > answers) program.stdin.end();
  };
  program.stdout.on('data', (chunk) => {
    stdout += chunk;
    close();
  });
  close();
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    program.on('close', (code) => resolve({ code, stdout, stderr })),
  );
}

describe('what isn’t of the protocol', () => {
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });

  it('is passed over', async () => {
    const odd = [
      '{"jsonrpc": "2.0", ',
      '[]',
      '12',
      'null',
      '\u0000',
      '{"jsonrpc": "2.0", "id": {}, "method": 3}',
    ];
    const { code, stdout, stderr } = await talk([...odd, ping], 1);
    expect(stdout).toBe('{"result":{},"jsonrpc":"2.0","id":7}\n');
    expect(stderr.match(/^smooth-labels: /gm)).toHaveLength(odd.length);
    expect(code).toBe(0);
  });

  it('ends the program, if it’s a line that never ends', async () => {
    const { code, stderr } = await talk(['x'.repeat(11 * 1024 * 1024)], 1);
    expect(code).toBe(1);
    expect(stderr).toContain('exceeded maximum size');
  });
});
