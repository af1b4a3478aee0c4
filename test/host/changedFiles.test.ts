import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import {
  commands,
  type Disposable,
  EventEmitter,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Session } from '../../src/host/panel/session/session.ts';
import { listSource } from '../../src/host/sources/listSource.ts';
import { readSource } from '../../src/host/sources/readSource.ts';
import type { Source } from '../../src/host/sources/source.ts';
import { describeProblem } from '../../src/problems/sources/problemMessages.ts';
import { npyFile } from '../fixtures/npy.ts';
import { closeAll, until } from './documents.ts';
import { giveTeacher, shownSession, TestEngine } from './sessions.ts';

const value = (seed: number) => (i: number) => ((i * seed) % 13) - 6;

function npy(rows: number, classes: number, seed: number): Uint8Array {
  return npyFile(
    [rows, classes],
    Float32Array.from({ length: rows * classes }, (_, i) => value(seed)(i)),
  );
}

function rowOf(row: number, classes: number, seed: number): Float64Array {
  return Float64Array.from({ length: classes }, (_, k) => value(seed)(row * classes + k));
}

let engine: TestEngine;
let session: Session | undefined;
let folder: string;

before(() => {
  engine = new TestEngine();
  folder = mkdtempSync(join(tmpdir(), 'changed-'));
});
afterEach(async () => {
  session?.dispose();
  session = undefined;
  await closeAll();
});
after(() => {
  engine.client.dispose();
  rmSync(folder, { recursive: true });
});

const pathOf = (name: string) => join(folder, name);
const sourceOf = (name: string): Source => ({ kind: 'document', uri: Uri.file(pathOf(name)).toString() });
const show = async (source: Source): Promise<Session> => {
  session = await shownSession(engine.client, source);
  return session;
};
const shapeOf = ({ state: { opened } }: Session) => opened?.summary.shape.join(' × ');
const reread = (shown: Session, revision: number) =>
  until(() => shown.state.revision > revision && shown.state.progress === null, 'another reading');

describe('a file that is shown', () => {
  it('of rows on the disk, replaced by one of another shape: never both, and it says so', async () => {
    writeFileSync(pathOf('rows.npy'), npy(3000, 1000, 7));
    const shown = await show(sourceOf('rows.npy'));
    assert.deepEqual((await shown.row(2999)).logits, rowOf(2999, 1000, 7));
    const { revision } = shown.state;
    writeFileSync(pathOf('new.npy'), npy(30_000, 200, 11));
    renameSync(pathOf('new.npy'), pathOf('rows.npy'));
    await assert.rejects(shown.row(2999));
    await until(() => shown.state.problem !== undefined, 'a word about it');
    assert.match(shown.state.problem!, /^rows\.npy changed on disk and is being reloaded\.$/);
    await reread(shown, revision);
    assert.equal(shapeOf(shown), '30000 × 200');
    assert.match(shown.state.notice!, /^rows\.npy changed on disk and was reloaded at /);
    assert.deepEqual((await shown.row(29_999)).logits, rowOf(29_999, 200, 11));
    assert.equal(shown.state.problem, undefined);
  });

  it('is read again though nothing is asked of it', async () => {
    writeFileSync(pathOf('small.npy'), npy(4, 5, 7));
    const shown = await show(sourceOf('small.npy'));
    const { revision } = shown.state;
    writeFileSync(pathOf('small.npy'), npy(4, 5, 11));
    await reread(shown, revision);
    assert.match(shown.state.notice!, /^small\.npy changed on disk and was reloaded at /);
    assert.deepEqual((await shown.row(3)).logits, rowOf(3, 5, 11));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(shown.state.revision, revision + 1);
  });

  it('is read again once it’s complete', async () => {
    writeFileSync(pathOf('long.npy'), npy(40, 50, 7));
    const shown = await show(sourceOf('long.npy'));
    const { revision } = shown.state;
    const bytes = npy(60, 50, 11);
    const problems = new Set<string>();
    shown.onDidChange(() => problems.add(shown.state.problem ?? ''));
    for (let end = 2000; end < bytes.length; end += 1500) {
      writeFileSync(pathOf('long.npy'), bytes.subarray(0, end));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    assert.equal(shown.state.revision, revision);
    writeFileSync(pathOf('long.npy'), bytes);
    await reread(shown, revision);
    assert.equal(shapeOf(shown), '60 × 50');
    assert.ok(
      problems.has('long.npy changed on disk. It will be reloaded once it’s complete.'),
      [...problems].join(),
    );
    assert.ok(![...problems].some((problem) => problem.includes('truncated')), [...problems].join());
  });

  it('that is cut short says so, and comes back', async () => {
    writeFileSync(pathOf('cut.npy'), npy(6000, 100, 7));
    const shown = await show(sourceOf('cut.npy'));
    const { revision } = shown.state;
    writeFileSync(pathOf('cut.npy'), npy(6000, 100, 7).subarray(0, 100_000));
    await assert.rejects(shown.totals({ temperature: 2 }));
    await until(
      () => shown.state.problem?.includes('truncated or damaged') === true,
      'what is wrong with it',
    );
    assert.equal(shown.state.revision, revision);
    writeFileSync(pathOf('cut.npy'), npy(6000, 100, 11));
    await reread(shown, revision);
    assert.deepEqual((await shown.row(5999)).logits, rowOf(5999, 100, 11));
  });

  it('that is deleted says so, and comes back', async () => {
    writeFileSync(pathOf('gone.npy'), npy(4, 5, 7));
    const shown = await show(sourceOf('gone.npy'));
    const { revision } = shown.state;
    renameSync(pathOf('gone.npy'), pathOf('away.npy'));
    await until(() => shown.state.problem === 'gone.npy was deleted or moved.', 'a word about it');
    assert.equal(shown.state.revision, revision);
    renameSync(pathOf('away.npy'), pathOf('gone.npy'));
    await until(() => shown.state.problem === undefined, 'the file');
    assert.deepEqual((await shown.row(0)).logits, rowOf(0, 5, 7));
  });

  it('has targets in another file, which are followed, too', async () => {
    writeFileSync(pathOf('logits.npy'), npy(4, 5, 7));
    writeFileSync(pathOf('y.npy'), npyFile([4], Float32Array.of(0, 1, 2, 3)));
    const shown = await show({
      ...sourceOf('logits.npy'),
      targets: { kind: 'document', uri: Uri.file(pathOf('y.npy')).toString() },
    });
    assert.deepEqual([...shown.state.opened!.stats.target], [0, 1, 2, 3]);
    const { revision } = shown.state;
    writeFileSync(pathOf('y.npy'), npyFile([4], Float32Array.of(4, 4, 4, 4)));
    await reread(shown, revision);
    assert.deepEqual([...shown.state.opened!.stats.target], [4, 4, 4, 4]);
    assert.match(shown.state.notice!, /^y\.npy changed on disk and was reloaded at /);
    rmSync(pathOf('y.npy'));
    await until(() => shown.state.problem === 'y.npy was deleted or moved.', 'a word about the targets');
  });

  it('of text that isn’t open in an editor is followed; once it is, the editor is', async () => {
    writeFileSync(pathOf('text.json'), '[[1, 2], [3, 4]]');
    const shown = await show(sourceOf('text.json'));
    const { revision } = shown.state;
    writeFileSync(pathOf('text.json'), '[[1, 2], [3, 4], [5, 6]]');
    await reread(shown, revision);
    assert.equal(shapeOf(shown), '3 × 2');
    assert.match(shown.state.notice!, /^text\.json changed on disk/);
    const document = await workspace.openTextDocument(pathOf('text.json'));
    const editor = await window.showTextDocument(document);
    await editor.edit((edit) => edit.replace(document.lineAt(0).range, '[[1, 2, 3]]'));
    await until(() => shapeOf(shown) === '1 × 3', 'the edit');
    assert.equal(shown.state.notice, null);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await until(() => shapeOf(shown) === '3 × 2', 'the file as it is');
  });

  it('is a teacher’s, which is read again, too', async () => {
    writeFileSync(pathOf('student.npy'), npy(4, 5, 7));
    writeFileSync(pathOf('teacher.npy'), npy(4, 5, 11));
    const shown = await show(sourceOf('student.npy'));
    await giveTeacher(engine.client, shown, sourceOf('teacher.npy'));
    const { revision } = shown.state;
    writeFileSync(pathOf('teacher.npy'), npy(4, 5, 5));
    await until(
      async () =>
        shown.state.teacher!.problem === undefined && (await shown.teacherRow(3))[4] === rowOf(3, 5, 5)[4],
      'the other teacher',
    );
    rmSync(pathOf('teacher.npy'));
    await until(
      () => shown.state.teacher!.problem === 'teacher.npy was deleted or moved.',
      'a word about the teacher',
    );
    assert.equal(shown.state.revision, revision);
  });
});

describe('a file on another file system', () => {
  /** Files in memory, which tell nobody when they change. */
  class Files implements FileSystemProvider {
    readonly files = new Map<string, { bytes: Uint8Array; mtime: number; type?: FileType }>();
    readonly onDidChangeFile = new EventEmitter<never>().event;
    mtime: (uri: Uri) => number = (uri) => this.#at(uri).mtime;
    reads = 0;

    watch = () => ({ dispose() {} });
    stat = (uri: Uri) => {
      const { bytes, type = FileType.File } = this.#at(uri);
      return { type, ctime: 0, mtime: this.mtime(uri), size: bytes.length };
    };
    readFile = (uri: Uri) => {
      this.reads++;
      return this.#at(uri).bytes;
    };
    readDirectory = (): never => this.#no();
    createDirectory = (): never => this.#no();
    writeFile = (): never => this.#no();
    delete = (): never => this.#no();
    rename = (): never => this.#no();

    set(name: string, bytes: Uint8Array): void {
      this.files.set(`/${name}`, { bytes, mtime: Date.now() });
    }

    #at(uri: Uri) {
      const file = this.files.get(uri.path);
      if (!file) throw FileSystemError.FileNotFound(uri);
      return file;
    }

    #no(): never {
      throw FileSystemError.NoPermissions();
    }
  }

  let files: Files;
  let registered: Disposable;
  before(() => {
    files = new Files();
    registered = workspace.registerFileSystemProvider('silentfs', files, { isCaseSensitive: true });
  });
  after(() => registered.dispose());

  const at = (name: string): Source => ({ kind: 'document', uri: `silentfs:/${name}` });

  for (const name of ['logits.npy', 'logits.json', 'logits.csv']) {
    it(`is followed as well: ${name}`, async () => {
      const bytes = (rows: number) =>
        name.endsWith('.npy')
          ? npy(rows, 5, 7)
          : new TextEncoder().encode(
              name.endsWith('.csv') ? '1,2\n'.repeat(rows) : JSON.stringify(new Array(rows).fill([1, 2])),
            );
      files.set(name, bytes(2));
      const shown = await show(at(name));
      const { revision } = shown.state;
      files.set(name, bytes(3));
      await reread(shown, revision);
      assert.equal(shown.state.opened!.summary.shape[0], 3);
      assert.match(shown.state.notice!, new RegExp(`^${name.replace('.', '\\.')} changed on disk`));
      files.files.delete(`/${name}`);
      await until(() => shown.state.problem === `${name} was deleted or moved.`, 'a word about it');
    });
  }

  it('whose times are always those of the look isn’t read again and again', async () => {
    files.set('now.npy', npy(2, 5, 7));
    files.mtime = () => Date.now();
    const shown = await show(at('now.npy'));
    const [{ revision }, { reads }] = [shown.state, files];
    await new Promise((resolve) => setTimeout(resolve, 3500));
    assert.deepEqual([shown.state.revision, files.reads, shown.state.problem], [revision, reads, undefined]);
  });

  it('that isn’t a file is never read', async () => {
    files.files.set('/pipe.npy', { bytes: new Uint8Array(0), mtime: 0, type: FileType.Unknown });
    const { reads } = files;
    const read = await readSource(engine.client, at('pipe.npy'), {}, {});
    assert.ok(!read.ok && read.problem.reason === 'not-a-file');
    assert.equal(files.reads, reads);
  });
});

describe('what is called like a file of logits but isn’t one', () => {
  if (process.platform === 'win32') return;
  const special: readonly (readonly [what: string, make: (path: string) => void, message: RegExp])[] = [
    [
      'pipe',
      (path) => void spawnSync('mkfifo', [path]),
      /^This is a pipe, a socket or a device, not a file\.$/,
    ],
    [
      'device',
      (path) => symlinkSync('/dev/zero', path),
      /^This is a pipe, a socket or a device, not a file\.$/,
    ],
    ['folder', (path) => void mkdirSync(path), /^This is a folder, not a file\.$/],
  ];
  const soon = <T>(work: Promise<T>) =>
    Promise.race([
      work,
      new Promise<never>((_, reject) => setTimeout(() => reject(new Error('It hangs')), 5000)),
    ]);

  for (const [what, make, message] of special) {
    for (const extension of ['npy', 'npz', 'safetensors', 'csv', 'json']) {
      it(`is refused at once: a ${what} as .${extension}`, async () => {
        const name = `${what}.${extension}`;
        make(pathOf(name));
        const source = sourceOf(name);
        const read = await soon(readSource(engine.client, source, {}, {}));
        assert.ok(!read.ok);
        assert.match(describeProblem(read.problem), message);
        const listed = await soon(listSource(engine.client, source));
        assert.ok(!listed.ok);
        assert.match(describeProblem(listed.problem), message);
        const logits: Source = { kind: 'text', name: 'x', text: '[[1, 2]]' };
        const { targets: _, ...targets } = source;
        const withTargets = await soon(readSource(engine.client, { ...logits, targets }, {}, {}));
        assert.ok(!withTargets.ok);
        assert.match(describeProblem(withTargets.problem), /^Targets: This is a (pipe|folder)/);
      });
    }
  }

  it('doesn’t keep the command from ending, nor files from being read afterwards', async () => {
    for (const name of ['pipe.npy', 'pipe.json', 'pipe.csv', 'device.npy', 'folder.npy', 'folder.json'])
      await soon(Promise.resolve(commands.executeCommand('smoothLabels.openFile', Uri.file(pathOf(name)))));
    writeFileSync(pathOf('after.json'), '[[1, 2]]');
    const shown = await soon(show(sourceOf('after.json')));
    assert.equal(shapeOf(shown), '1 × 2');
  });
});
