import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import {
  commands,
  type Disposable,
  EventEmitter,
  extensions,
  type FileChangeEvent,
  FileChangeType,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  TabInputCustom,
  Uri,
  window,
  workspace,
} from 'vscode';
import { showOverview } from '../../src/host/overview/overviewEditor.ts';
import type { Source } from '../../src/host/sources/source.ts';
import { npyFile } from '../fixtures/npy.ts';
import { closeAll, panelTitle, until } from './documents.ts';
import { TestEngine } from './sessions.ts';

const SCHEME = 'faraway';
const VIEW = 'smoothLabels.overview';

/** Files that are on no disk, and can't be written: a virtual workspace. */
class FarFiles implements FileSystemProvider {
  readonly #files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  watch = () => ({ dispose() {} });
  stat = (uri: Uri) => {
    const { bytes, mtime } = this.#at(uri);
    return { type: FileType.File, ctime: 0, mtime, size: bytes.length };
  };
  readFile = (uri: Uri) => this.#at(uri).bytes;
  readDirectory = (): [string, FileType][] =>
    [...this.#files.keys()].map((path) => [path.slice(1), FileType.File]);
  createDirectory = (): never => this.#no();
  writeFile = (): never => this.#no();
  delete = (): never => this.#no();
  rename = (): never => this.#no();

  set(name: string, bytes: Uint8Array): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${name}` });
    const type = this.#files.has(uri.path) ? FileChangeType.Changed : FileChangeType.Created;
    this.#files.set(uri.path, { bytes, mtime: Date.now() });
    this.#changed.fire([{ type, uri }]);
    return uri;
  }

  #at(uri: Uri) {
    const file = this.#files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file;
  }

  #no(): never {
    throw FileSystemError.NoPermissions();
  }
}

describe('the overview of a file in a virtual workspace', () => {
  let files: FarFiles;
  let registered: Disposable;
  let engine: TestEngine;
  const bytesOf = (...path: string[]) => {
    const { extensionPath } = extensions.getExtension('smooth-labels.smooth-labels')!;
    return new Uint8Array(readFileSync(join(extensionPath, 'test', ...path)));
  };

  before(() => {
    files = new FarFiles();
    registered = workspace.registerFileSystemProvider(SCHEME, files, { isReadonly: true });
    engine = new TestEngine();
  });
  afterEach(closeAll);
  after(() => {
    registered.dispose();
    engine.client.dispose();
  });

  const shownFiles: readonly (readonly [name: string, bytes: () => Uint8Array, html: readonly RegExp[]])[] = [
    [
      'three.npy',
      () => npyFile([2, 3], [0.5, 1, 2, 3, 4, 5]),
      [/>2 × 3</, /float32/, /0\.5, 1, 2, 3, 4, 5/, /1 array/],
    ],
    [
      'dict.pt',
      () => bytesOf('reference', 'pickles', 'dict.pt'),
      [/>25 × 6</, /data-array="logits"/, /role logits/, /role targets/],
    ],
    [
      'timm-logit.parquet',
      () => bytesOf('fixtures', 'columnar', 'timm-logit.parquet'),
      [/data-array="logit"/, /role logits/, /float32/],
    ],
    ['plain.h5', () => bytesOf('fixtures', 'columnar', 'plain.h5'), [/data-array="/]],
    ['wide.arrow', () => bytesOf('fixtures', 'columnar', 'wide.arrow'), [/>25 × 6</]],
  ];
  for (const [name, bytes, expected] of shownFiles) {
    it(`says what is in ${name}`, async () => {
      const panel = window.createWebviewPanel('test', name, { viewColumn: 1 });
      await showOverview({ engine: engine.client, open: async () => {} }, files.set(name, bytes()), panel);
      // A file that has just come up is shown again.
      await until(() => panel.webview.html !== '', 'an overview');
      for (const each of expected) assert.match(panel.webview.html, each);
    });
  }

  it('follows the file, and says why one can’t be read', async () => {
    const panel = window.createWebviewPanel('test', 'followed.npy', { viewColumn: 1 });
    const services = { engine: engine.client, open: async (_: Source) => {} };
    await showOverview(services, files.set('followed.npy', npyFile([2, 2], [1, 2, 3, 4])), panel);
    await until(() => />2 × 2</.test(panel.webview.html), 'the first shape');
    files.set('followed.npy', npyFile([3, 2], [1, 2, 3, 4, 5, 6]));
    await until(() => />3 × 2</.test(panel.webview.html), 'the new shape');
    files.set('followed.npy', new Uint8Array(100));
    await until(() => /role="alert"/.test(panel.webview.html), 'why it can’t be read');
  });

  it('is what Open With opens, and its file opens in the panel', async () => {
    const uri = files.set('opened.npy', npyFile([2, 3], [0.5, 1, 2, 3, 4, 5]));
    await commands.executeCommand('vscode.openWith', uri, VIEW);
    const { input } = window.tabGroups.activeTabGroup.activeTab!;
    assert.ok(input instanceof TabInputCustom && input.viewType === VIEW && input.uri.scheme === SCHEME);
    await commands.executeCommand('smoothLabels.openFile', uri);
    await until(() => panelTitle() === 'Smooth Labels: opened.npy', 'a panel');
  });
});
