import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import {
  type Command,
  commands,
  extensions,
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookController,
  NotebookData,
  type NotebookDocument,
  NotebookEdit,
  NotebookRange,
  notebooks,
  Range,
  type Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { EngineClient } from '../../src/engine/engineClient.ts';
import { startWorker } from '../../src/host/loading/startWorker.node.ts';
import { addressOf } from '../../src/host/notebook/cellAddress.ts';
import { statusBarItem } from '../../src/host/notebook/cellStatusBar.ts';
import { CellTensors } from '../../src/host/notebook/cellTensors.ts';
import { insertFullPrint } from '../../src/host/notebook/printInFull.ts';
import { Session } from '../../src/host/panel/session/session.ts';
import { readSource } from '../../src/host/sources/readSource.ts';
import { keptSource, type Source } from '../../src/host/sources/source.ts';
import { findTargets } from '../../src/host/targets/findCellTargets.ts';
import { measuredRows } from '../fixtures/rowStatistics.ts';
import { closeAll, until } from './documents.ts';

const EXTENSION = 'smooth-labels.smooth-labels';
const CONTROLLER = 'test-kernel';

/** What a run of a cell with this code gives. The only thing here that isn't VS Code's is the kernel. */
const outputs = new Map<string, NotebookCellOutput[]>();
let runs = 0;
/** What runs wait for, their old output gone. */
let paused: Promise<void> | undefined;

function textOutput(...texts: readonly string[]): NotebookCellOutput[] {
  return texts.map((text) => new NotebookCellOutput([NotebookCellOutputItem.stdout(text)]));
}

/** What the cell that measures displays. */
function measuredOutput(rows: number): NotebookCellOutput[] {
  return [
    new NotebookCellOutput([
      NotebookCellOutputItem.json(measuredRows(rows), 'application/vnd.smooth-labels.v1+json'),
      NotebookCellOutputItem.text(`${rows} rows`),
    ]),
  ];
}

function createKernel(id = CONTROLLER, notebookType = 'jupyter-notebook'): NotebookController {
  const kernel = notebooks.createNotebookController(id, notebookType, 'Test');
  kernel.supportedLanguages = ['python'];
  kernel.supportsExecutionOrder = true;
  kernel.executeHandler = async (cells) => {
    for (const cell of cells) {
      const execution = kernel.createNotebookCellExecution(cell);
      execution.executionOrder = ++runs;
      execution.start(Date.now());
      await execution.clearOutput();
      await paused;
      await execution.replaceOutput(outputs.get(cell.document.getText()) ?? []);
      execution.end(true, Date.now());
    }
  };
  return kernel;
}

async function openNotebook(...codes: readonly string[]): Promise<NotebookDocument> {
  const cells = codes.map((code) => new NotebookCellData(NotebookCellKind.Code, code, 'python'));
  const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData(cells));
  await window.showNotebookDocument(notebook);
  await commands.executeCommand('notebook.selectKernel', { id: CONTROLLER, extension: EXTENSION });
  return notebook;
}

async function run(cell: NotebookCell): Promise<void> {
  const before = cell.executionSummary?.executionOrder;
  const ranges = [{ start: cell.index, end: cell.index + 1 }];
  await commands.executeCommand('notebook.cell.execute', { ranges, document: cell.notebook.uri });
  await until(() => {
    const { executionOrder, success } = cell.executionSummary ?? {};
    return executionOrder !== before && success === true;
  }, 'a run of the cell');
}

async function edit(notebook: NotebookDocument, ...edits: readonly NotebookEdit[]): Promise<void> {
  const all = new WorkspaceEdit();
  all.set(notebook.uri, [...edits]);
  assert.ok(await workspace.applyEdit(all));
}

/** Undoes in the notebook until it has so many cells. The command goes to what has the focus, which may come late. */
async function undoUntil(notebook: NotebookDocument, cells: number): Promise<void> {
  await window.showNotebookDocument(notebook);
  await until(async () => {
    if (notebook.cellCount !== cells) await commands.executeCommand('undo');
    return notebook.cellCount === cells;
  }, `${cells} cells`);
}

describe('the output of a cell', () => {
  let engine: EngineClient;
  let kernel: NotebookController;
  let session: Session | undefined;

  before(() => {
    engine = new EngineClient(() => startWorker(extensions.getExtension(EXTENSION)!.extensionUri, 'engine'));
    kernel = createKernel();
  });
  after(() => {
    engine.dispose();
    kernel.dispose();
  });
  afterEach(async () => {
    session?.dispose();
    session = undefined;
    outputs.clear();
    await closeAll();
  });

  const follow = async (source: Source) => {
    const read = await readSource(engine, source, {}, {});
    assert.ok(read.ok);
    session = new Session(engine, source);
    session.show(source, read.value);
    return session;
  };
  const shapeIn = ({ state: { opened } }: Session) => opened?.summary.shape.join(' × ');
  const sourceOf = (cell: NotebookCell): Source => ({ kind: 'cell', ...addressOf(cell), output: 0 });

  it('is followed from run to run, with what was chosen in the panel', async () => {
    const notebook = await openNotebook('logits');
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('[[1, 2, 3],\n', ' [3, 2, 1]]\n'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    assert.equal(shapeIn(following), '2 × 3');
    const { sourceId } = following.state;
    await following.setView({ chosenTargets: [[0, 1]] });
    outputs.set('logits', textOutput('[[1, 2, 3], [3, 2, 1], [0, 0, 9]]'));
    await run(cell);
    await until(() => shapeIn(following) === '3 × 3', 'three rows');
    assert.equal(following.state.sourceId, sourceId);
    assert.deepEqual(following.state.view.chosenTargets, [[0, 1]]);
  });

  it('is followed when its cell is moved, and when its notebook is opened again', async () => {
    const notebook = await openNotebook('first', 'logits');
    const cell = notebook.cellAt(1);
    outputs.set('logits', textOutput('[[1, 2, 3]]'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    await edit(
      notebook,
      NotebookEdit.insertCells(0, [new NotebookCellData(NotebookCellKind.Markup, '# Title', 'markdown')]),
    );
    assert.equal(cell.index, 2);
    await commands.executeCommand('notebook.focusTop');
    window.activeNotebookEditor!.selection = new NotebookRange(2, 3);
    await commands.executeCommand('notebook.cell.moveUp');
    await until(() => cell.index === 1, 'the cell above the other');
    outputs.set('logits', textOutput('[[1, 2, 3], [4, 5, 6]]'));
    await run(notebook.cellAt(1));
    await until(() => shapeIn(following) === '2 × 3', 'two rows');
    const kept = keptSource(following.state.source);
    assert.ok(kept?.kind === 'cell' && !String(kept.cell).startsWith('vscode-notebook-cell'));
    const again = await readSource(engine, kept, {}, {});
    assert.ok(again.ok && again.value.summary.shape.join() === '2,3');
  });

  it('says when it was cleared, and comes back with the next run', async () => {
    const notebook = await openNotebook('logits');
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('[[1, 2, 3]]'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    await commands.executeCommand('notebook.clearAllCellsOutputs');
    await until(
      () => following.state.problem === 'Cell 1 no longer has output. Run it again.',
      `the message, but: ${following.state.problem}`,
    );
    assert.equal(shapeIn(following), '1 × 3');
    // Another view of what's shown doesn't bring the output back.
    await following.setView({ kind: 'logits' });
    assert.notEqual(following.state.problem, undefined);
    await run(cell);
    await until(() => following.state.problem === undefined, 'no message');
  });

  it('says when its cell is running', async () => {
    const notebook = await openNotebook('logits');
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('[[1, 2, 3]]'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    let goOn = () => {};
    paused = new Promise((resolve) => {
      goOn = resolve;
    });
    const running = run(cell);
    await until(
      () => following.state.problem === 'Cell 1 is running and has no output yet.',
      `the message, but: ${following.state.problem}`,
    );
    paused = undefined;
    goOn();
    await running;
    await until(() => following.state.problem === undefined, 'no message');
  });

  it('says when its cell was deleted, or its notebook closed, and stays as it is', async () => {
    const notebook = await openNotebook('logits', 'other');
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('[[1, 2, 3]]'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    await edit(notebook, NotebookEdit.deleteCells(new NotebookRange(0, 1)));
    await until(() => following.state.problem === 'The cell was deleted.', 'the message');
    assert.equal(shapeIn(following), '1 × 3');
    await undoUntil(notebook, 2);
    await until(() => following.state.problem === undefined, 'no message');
    await closeAll();
    await until(
      () => /is closed/.test(following.state.problem ?? ''),
      `the message, but: ${following.state.problem}`,
    );
    assert.equal(shapeIn(following), '1 × 3');
  });

  it('takes its targets from another cell, which is followed, too', async () => {
    const notebook = await openNotebook('logits', 'labels');
    const [cell, labels] = notebook.getCells();
    outputs.set('logits', textOutput('[[1, 2, 3], [3, 2, 1]]'));
    outputs.set('labels', textOutput('[2, 0]'));
    await run(cell!);
    await run(labels!);
    const targets = { kind: 'cell', ...addressOf(labels!), output: 0 } as const;
    const following = await follow({ ...sourceOf(cell!), targets } as Source);
    assert.equal(following.state.opened?.summary.targetsFrom, 'indices');
    assert.deepEqual([...following.state.opened.stats.target], [2, 0]);
    outputs.set('labels', textOutput('[1, 1]'));
    await run(labels!);
    await until(() => following.state.opened?.stats.target[0] === 1, 'the new targets');
    outputs.set('labels', textOutput('[1, 1, 1]'));
    await run(labels!);
    await until(() => following.state.problem !== undefined, 'a message: there are too many');
  });

  it('is offered integers that fit as targets: from its cell, the nearest ones, a selection', async () => {
    const notebook = await openNotebook('far', 'labels', 'logits', 'other', 'list = [2, 1]');
    outputs.set('far', textOutput('tensor([0, 0])'));
    outputs.set('labels', textOutput('labels: tensor([2, 0])'));
    outputs.set(
      'logits',
      textOutput('logits: tensor([[1., 2., 3.], [3., 2., 1.]])\nclasses: tensor([1, 1])'),
    );
    outputs.set('other', textOutput('tensor([2, 0, 1])\ntensor([0.5, 1.5])'));
    for (const cell of notebook.getCells().slice(0, 4)) await run(cell);
    await window.showTextDocument(notebook.cellAt(4).document, { selection: new Range(0, 7, 0, 13) });
    const cell = notebook.cellAt(2);
    const logits = { kind: 'cell', ...addressOf(cell), output: 0, member: 'logits' } as const;
    const fitting = { shape: [2, 3], classAxis: 1 };
    const found = await findTargets(engine, new CellTensors(engine), logits, fitting);
    const described = found.map(({ name, where, count }) => `${name}, ${where}: ${count}`);
    // As in the margin: the number of the run.
    const runOf = (index: number) => notebook.cellAt(index).executionSummary?.executionOrder;
    assert.deepEqual(described.slice(0, 3), [
      `labels, cell [${runOf(1)}]: 2`,
      `classes, cell [${runOf(2)}]: 2`,
      `far, cell [${runOf(0)}]: 2`,
    ]);
    for (const { source } of found) {
      const following = await follow({ ...logits, targets: source });
      assert.equal(following.state.opened?.summary.targetsFrom, 'indices');
      following.dispose();
    }
  });

  it('is read in the interactive window, too', async () => {
    const interactive = createKernel('interactive-kernel', 'interactive');
    const { notebookUri } = await commands.executeCommand<{ notebookUri: Uri }>(
      'interactive.open',
      undefined,
      undefined,
      `${EXTENSION}/${interactive.id}`,
    );
    const isOpen = () =>
      workspace.notebookDocuments.find(({ uri }) => uri.toString() === notebookUri.toString());
    await until(() => isOpen() !== undefined, 'an interactive window');
    const notebook = isOpen()!;
    await edit(
      notebook,
      NotebookEdit.insertCells(0, [new NotebookCellData(NotebookCellKind.Code, 'logits', 'python')]),
    );
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('tensor([[1., 2., 3.]])'));
    await run(cell);
    const item = await statusBarItem(new CellTensors(engine), cell);
    assert.equal(item?.text, '$(graph) Smooth labels: 1 × 3 tensor');
    const following = await follow(sourceOf(cell));
    outputs.set('logits', textOutput('tensor([[1., 2., 3.], [3., 2., 1.]])'));
    await run(cell);
    await until(() => shapeIn(following) === '2 × 3', 'two rows');
    interactive.dispose();
  });

  it('that was summarised has a cell below it that prints it in full, by its name', async () => {
    const notebook = await openNotebook('model(x)', 'logits = model(x)\nlogits');
    outputs.set('logits = model(x)\nlogits', textOutput('tensor([[1., ..., 3.]])'));
    await run(notebook.cellAt(1));
    await insertFullPrint(notebook.cellAt(1), 'pytorch');
    assert.equal(notebook.cellCount, 3);
    assert.match(notebook.cellAt(2).document.getText(), /precision=8\)\nprint\(logits\)$/);
    await undoUntil(notebook, 2);
  });

  it('that was summarised has an item that puts a cell below it, which measures in the kernel once it’s run', async () => {
    const code = 'import torch\nlogits, labels = evaluate(model)\nlogits';
    const notebook = await openNotebook(code);
    outputs.set(code, textOutput('tensor([[1., ..., 3.],\n        [2., ..., 1.]])'));
    await run(notebook.cellAt(0));
    const item = await statusBarItem(new CellTensors(engine), notebook.cellAt(0));
    assert.equal(item?.text, '$(graph) Smooth labels: measure in the kernel…');
    const { command, arguments: args = [] } = item!.command as Command;
    const done = commands.executeCommand(command, ...args);
    // The first suggestion is to measure each row.
    await until(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return notebook.cellCount === 2;
    }, 'a cell below');
    await done;
    const measuring = notebook.cellAt(1);
    assert.match(measuring.document.getText(), /^import base64\n[\s\S]*\nsmooth_labels\(logits, labels\)\n$/);
    assert.equal(measuring.executionSummary?.executionOrder, undefined);
    assert.equal(measuring.outputs.length, 0);
    outputs.set(measuring.document.getText(), measuredOutput(2));
    await run(measuring);
    const following = await follow(sourceOf(measuring));
    assert.equal(shapeIn(following), '2 × 3');
    assert.equal(following.state.opened?.summary.holds, 'row-statistics');
    outputs.set(measuring.document.getText(), measuredOutput(4));
    await run(measuring);
    await until(() => shapeIn(following) === '4 × 3', 'four rows');
    await undoUntil(notebook, 1);
  });

  it('that a revert has replaced is followed by the same cell', async () => {
    const notebook = await openNotebook('logits');
    const cell = notebook.cellAt(0);
    outputs.set('logits', textOutput('[[1, 2, 3]]'));
    await run(cell);
    const following = await follow(sourceOf(cell));
    const again = new NotebookCellData(NotebookCellKind.Code, 'logits', 'python');
    again.outputs = textOutput('[[1, 2, 3], [4, 5, 6]]');
    await edit(notebook, NotebookEdit.replaceCells(new NotebookRange(0, 1), [again]));
    await until(() => shapeIn(following) === '2 × 3', `two rows, but: ${following.state.problem}`);
  });

  it('isn’t read for the status bar if it’s large: the item says how large', async () => {
    const engineAsleep = { list: () => assert.fail('It was read') };
    const cell = { outputs: textOutput('[1.5, 2.5]\n'.repeat(400_000)) } as unknown as NotebookCell;
    const item = await statusBarItem(new CellTensors(engineAsleep), cell);
    assert.equal(item?.text, '$(graph) Smooth labels: find logits in 4.4 MB of output');
  });

  it('has an item in the status bar below it if it parses, and the engine sleeps if it can’t', async () => {
    const notebook = await openNotebook('logits', 'log', 'json');
    outputs.set('logits', textOutput('[[1, 2, 3], [3, 2, 1]]'));
    outputs.set('log', textOutput('Epoch [1/20] loss 2.3\n'));
    outputs.set('json', [
      new NotebookCellOutput([
        NotebookCellOutputItem.json(
          { logits: [[0, 0, 3.8, 0, 0]], targets: [2] },
          'application/vnd.smooth-labels.v1+json',
        ),
        NotebookCellOutputItem.text('<Logits>'),
      ]),
    ]);
    let asked = 0;
    const tensors = new CellTensors({
      list: (request) => {
        asked++;
        return engine.list(request);
      },
    });
    const texts: (string | undefined)[] = [];
    for (const cell of notebook.getCells()) {
      await run(cell);
      texts.push((await statusBarItem(tensors, cell))?.text);
      await statusBarItem(tensors, cell);
    }
    assert.deepEqual(texts, [
      '$(graph) Smooth labels: 2 × 3 tensor',
      undefined,
      '$(graph) Smooth labels: 1 × 5 tensor',
    ]);
    assert.equal(asked, 2);
  });
});
