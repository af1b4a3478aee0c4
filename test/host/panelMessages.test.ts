import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { createBirpc } from 'birpc';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  Uri,
  type WebviewPanel,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { addressOf } from '../../src/host/notebook/cellAddress.ts';
import { Panel } from '../../src/host/panel/panel.ts';
import type { PanelActions } from '../../src/host/panel/panelActions.ts';
import { readSource } from '../../src/host/sources/readSource.ts';
import type { Source } from '../../src/host/sources/source.ts';
import type { PanelFunctions, PanelRequests } from '../../src/protocol/panelChannel.ts';
import type { ConfigSnapshot } from '../../src/protocol/panelSnapshot.ts';
import { npyFile } from '../fixtures/npy.ts';
import { closeAll, until } from './documents.ts';
import { TestEngine } from './sessions.ts';

const ROWS = 20_000;
const CLASSES = 10;
/** Whatever isn't about figures is smaller than this. */
const SMALL = 2_048;

const CONFIG: ConfigSnapshot = {
  name: 'nn.CrossEntropyLoss',
  framework: 'PyTorch',
  source: { name: 'train.py', uri: 'file:///train.py', line: 11, character: 4 },
  convention: 'UNIFORM_K',
  conventionWords: '',
  form: 'ce',
  labelSmoothing: 0.2,
  classes: CLASSES,
  notes: [],
};

/** What the page was sent. */
interface Sent {
  readonly name: string;
  readonly bytes: number;
}

/** A panel whose page is the test: VS Code's webview, but for the browser in it. */
class TestPage {
  readonly sent: Sent[] = [];
  readonly panel: Panel;
  readonly requests: PanelRequests;
  readonly #toHost: ((message: unknown) => void)[] = [];
  readonly #closers: (() => void)[] = [];

  constructor(engine: TestEngine['client']) {
    const toPage: ((message: unknown) => void)[] = [];
    const webview = {
      options: {},
      html: '',
      cspSource: '',
      asWebviewUri: (uri: Uri) => uri,
      postMessage: async (message: { m?: string }) => {
        if (message.m !== undefined)
          this.sent.push({ name: message.m, bytes: serialize(message).byteLength });
        for (const listener of toPage) listener(message);
        return true;
      },
      onDidReceiveMessage: (listener: (message: unknown) => void) => {
        this.#toHost.push(listener);
        return { dispose: () => {} };
      },
    };
    const webviewPanel = {
      webview,
      title: '',
      onDidDispose: (listener: () => void) => {
        this.#closers.push(listener);
        return { dispose: () => {} };
      },
      reveal: () => {},
    };
    const nothing = async () => undefined;
    const actions = {
      openDropped: nothing,
      chooseTargets: nothing,
      findLosses: async () => [],
      folds: { unfolded: { explain: false, more: false } },
    } as unknown as PanelActions;
    this.panel = new Panel(webviewPanel as unknown as WebviewPanel, engine, actions, Uri.file('/extension'));
    const ignore = () => {};
    const page: PanelFunctions = {
      show: ignore,
      showConfig: ignore,
      showPlayground: ignore,
      problem: ignore,
      progress: ignore,
      progressOf: ignore,
    };
    this.requests = createBirpc<PanelRequests, PanelFunctions>(page, {
      post: (message) => {
        for (const listener of this.#toHost) listener(message);
      },
      on: (listener) => void toPage.push(listener),
      timeout: -1,
    }) as unknown as PanelRequests;
  }

  /** What is sent while something happens, and until `isOver`. */
  async during(act: () => unknown, isOver: (sent: readonly Sent[]) => boolean): Promise<readonly Sent[]> {
    this.sent.length = 0;
    await act();
    await until(() => isOver(this.sent), 'messages');
    // Whatever else there is to come.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return [...this.sent];
  }

  close(): void {
    for (const close of this.#closers) close();
  }
}

const large = (sent: readonly Sent[]) => sent.filter(({ bytes }) => bytes >= SMALL);
const named = (name: string) => (sent: readonly Sent[]) => sent.some((message) => message.name === name);

describe('the messages of a panel', () => {
  let folder: string;
  let engine: TestEngine;
  let page: TestPage;

  const file = (name: string): Source => {
    const values = Float32Array.from({ length: ROWS * CLASSES }, (_, i) => Math.sin(i * name.length));
    writeFileSync(join(folder, name), npyFile([ROWS, CLASSES], values));
    return { kind: 'document', uri: Uri.file(join(folder, name)).toString() };
  };
  const show = async (source: Source) => {
    const read = await readSource(engine.client, source, {}, {});
    assert.ok(read.ok, JSON.stringify(read));
    await page.panel.showLogits(source, read.value);
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'panel-messages-'));
  });
  beforeEach(() => {
    engine = new TestEngine();
    page = new TestPage(engine.client);
  });
  afterEach(() => {
    page.close();
    engine.client.dispose();
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await closeAll();
  });

  it('are none before the page can take them; then the figures cross once', async () => {
    await show(file('logits.npy'));
    assert.deepEqual(page.sent, []);
    const sent = await page.during(() => page.requests.ready(), named('show'));
    assert.equal(large(sent).length, 1);
    // Loaded again it knows nothing.
    assert.equal(large(await page.during(() => page.requests.ready(), named('show'))).length, 1);
  });

  it('have the figures of another view once, whatever is reported meanwhile', async () => {
    await show(file('logits.npy'));
    await page.during(() => page.requests.ready(), named('show'));
    const { view } = engine.client;
    engine.client.view = (batch, next, following = {}) => {
      for (let i = 0; i < 10; i++) following.onProgress?.(i / 10);
      return view.call(engine.client, batch, next, following);
    };
    const sent = await page.during(
      () => page.requests.setView({ temperature: 2 }),
      (messages) => large(messages).length > 0,
    );
    assert.equal(large(sent).length, 1, JSON.stringify(sent));
    assert.ok(sent.filter(({ name }) => name === 'progress').length >= 10, JSON.stringify(sent));
    const figures = large(sent)[0]!.bytes;
    const rest = sent.reduce((sum, { bytes }) => sum + bytes, 0) - figures;
    assert.ok(rest < 10 * SMALL, `${rest} bytes beside the figures`);
  });

  it('are small for an α from code, and for a loss in front and back', async () => {
    await show(file('logits.npy'));
    await page.during(() => page.requests.ready(), named('show'));
    const applied = await page.during(() => page.panel.showConfig(CONFIG), named('show'));
    assert.deepEqual(large(applied), [], 'an applied α');
    assert.deepEqual(large(await page.during(() => page.requests.turnTo('loss'), named('showConfig'))), []);
    assert.deepEqual(large(await page.during(() => page.requests.turnTo('logits'), named('show'))), []);
  });

  it('have a teacher’s predictions once', async () => {
    const [source, teacher] = [file('logits.npy'), file('teacher.npy')];
    await page.requests.ready();
    const sent = await page.during(
      () => page.panel.restoreLogits(source, 'id', {}, teacher),
      (messages) => large(messages).length > 1,
    );
    assert.equal(large(sent).length, 2, JSON.stringify(sent));
    const predictions = large(sent)[1]!.bytes;
    assert.ok(predictions < ROWS * 4 + SMALL, `${predictions} bytes of a teacher`);
    const removed = await page.during(() => page.requests.removeTeacher(), named('show'));
    assert.deepEqual(large(removed), []);
  });

  it('are small for a cell that has moved', async () => {
    const row = Array.from({ length: CLASSES }, (_, k) => k / 4).join(', ');
    const text = `[${Array.from({ length: 200 }, () => `[${row}]`).join(',\n')}]`;
    const path = join(folder, 'logits.ipynb');
    const output = { output_type: 'stream', name: 'stdout', text };
    const cell = {
      cell_type: 'code',
      execution_count: 1,
      metadata: {},
      source: 'print(logits)',
      outputs: [output],
    };
    writeFileSync(path, JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const notebook = await workspace.openNotebookDocument(Uri.file(path));
    await window.showNotebookDocument(notebook);
    await show({ kind: 'cell', ...addressOf(notebook.cellAt(0)), output: 0 });
    assert.equal(large(await page.during(() => page.requests.ready(), named('show'))).length, 1);
    const sent = await page.during(() => {
      const edit = new WorkspaceEdit();
      const above = new NotebookCellData(NotebookCellKind.Code, 'x = 1', 'python');
      edit.set(notebook.uri, [NotebookEdit.insertCells(0, [above])]);
      return workspace.applyEdit(edit);
    }, named('show'));
    assert.deepEqual(large(sent), []);
  });

  it('answer what takes a pass over the logits, and say how far it is', async () => {
    // Long enough that a pass isn't over before the engine first says how far it is.
    const rows = 100_000;
    const path = join(folder, 'labelled.json');
    writeFileSync(
      path,
      JSON.stringify({
        logits: Array.from({ length: rows }, (_, row) => [row % 7, row % 5, row % 3]),
        y: Array.from({ length: rows }, (_, row) => row % 3),
      }),
    );
    await show({ kind: 'document', uri: Uri.file(path).toString() });
    await page.requests.ready();
    const { requests } = page;
    assert.equal((await requests.calibrate(1, '1')).fittedRows, rows);
    assert.ok(page.sent.some(({ name }) => name === 'progressOf'));
    assert.equal((await requests.totals(1, { temperature: 2 }, '2')).counted, rows);
    await assert.rejects(requests.totals(1, { temperature: 0 }, '3'), { name: 'InvalidRequestError' });
  });

  it('answer no question about figures that aren’t shown any more', async () => {
    await show(file('logits.npy'));
    await page.requests.ready();
    const { revision } = { revision: 1 };
    const { row } = engine.client;
    // While the answer is on its way, another view is shown.
    engine.client.row = async (batch, index) => {
      const detail = await row.call(engine.client, batch, index);
      await page.during(
        () => page.requests.setView({ temperature: 3 }),
        (messages) => large(messages).length > 0,
      );
      return detail;
    };
    await assert.rejects(page.requests.row(revision, 0), { name: 'OutdatedError' });
    engine.client.row = row;
    await assert.rejects(page.requests.row(revision, 0), { name: 'OutdatedError' });
    assert.equal((await page.requests.row(revision + 1, 0)).logits.length, CLASSES);
  });
});
