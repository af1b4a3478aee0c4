import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchGoneError } from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import type { FileFormat, SourceRequest } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { startedEngine } from './worker.ts';

const ORIGIN = { line: 0, character: 0 };
const LOGITS: SourceRequest = { input: { text: '[[1, 2], [3, 4]]' }, origin: ORIGIN };
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
let engine: EngineClient;
let server: Server;

/** What may have the name of a file of logits, and how it's made. */
const SPECIAL: Readonly<Record<string, (path: string) => void | Promise<void>>> = {
  'a named pipe': pipe,
  'a link to a named pipe': (path) => {
    pipe(`${path}.pipe`);
    symlinkSync(`${path}.pipe`, path);
  },
  'a device without an end': (path) => symlinkSync('/dev/zero', path),
  'a device that waits': (path) => symlinkSync('/dev/ptmx', path),
  'a socket': (path) => new Promise((resolve) => (server = createServer().listen(path, resolve))),
  'a folder': (path) => void mkdirSync(path),
};

function pipe(path: string): void {
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
}

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => {
  engine.dispose();
  server?.close();
  rmSync(folder, { recursive: true });
});

const sourceOf = (path: string, format: FileFormat): SourceRequest => ({
  input: { file: { format, path } },
  origin: ORIGIN,
});

describe.skipIf(process.platform === 'win32')('what is called like a file but isn’t one', () => {
  describe.each(['npy', 'npz', 'safetensors', 'table'] as const)('.%s', (format) => {
    it.each(Object.entries(SPECIAL))(
      '%s is refused at once, be it for logits or targets',
      async (what, make) => {
        const path = join(folder, `${what.replaceAll(' ', '-')}.${format}`);
        await make(path);
        const found = what === 'a folder' ? 'folder' : 'special';
        const problem = { reason: 'not-a-file', found };
        const source = sourceOf(path, format);
        expect(await engine.list(source)).toMatchObject({ ok: false, problem });
        expect(await engine.open({ ...source, view: {} })).toMatchObject({ ok: false, problem });
        const asTargets = await engine.open({ ...LOGITS, targets: source, view: {} });
        expect(asTargets).toMatchObject({ ok: false, problem: { ...problem, of: 'targets' } });
      },
      5000,
    );
  });

  it('is no longer read once it has taken the place of a file of rows', async () => {
    const path = join(folder, 'rows.npy');
    writeFileSync(path, npyFile([6000, 100], new Float32Array(600_000)));
    const read = await engine.open({ ...sourceOf(path, 'npy'), view: {} });
    if (!read.ok) return expect.unreachable();
    pipe(`${path}.pipe`);
    renameSync(`${path}.pipe`, path);
    await expect(engine.row(read.value.batch, 0)).rejects.toThrow(BatchGoneError);
  }, 5000);
});
