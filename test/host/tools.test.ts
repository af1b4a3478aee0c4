import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'mocha';
import {
  type CancellationToken,
  CancellationTokenSource,
  extensions,
  LanguageModelTextPart,
  lm,
  Uri,
  window,
  workspace,
} from 'vscode';
import { EngineClient } from '../../src/engine/engineClient.ts';
import { ModelTools } from '../../src/host/tools/modelTools.ts';
import { toolWorld } from '../../src/host/tools/toolWorld.ts';
import { TestEngine } from './sessions.ts';

const NAMES = [
  'compute_smoothed_loss',
  'find_loss_configurations',
  'convert_label_smoothing',
  'explain_loss_value',
  'summarise_logits',
];

/** The answer as text. */
async function call(name: string, input: object): Promise<string> {
  const { token } = new CancellationTokenSource();
  const { content } = await lm.invokeTool(name, { toolInvocationToken: undefined, input }, token);
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
}

describe('tools for language models', () => {
  const sample = (name: string) => Uri.joinPath(workspace.workspaceFolders![0]!.uri, name).fsPath;
  before(() => extensions.getExtension('smooth-labels.smooth-labels')!.activate());

  it('are there, with descriptions and schemas', () => {
    const own = lm.tools.filter(({ tags }) => tags.includes('label-smoothing'));
    assert.deepEqual(own.map(({ name }) => name).sort(), [...NAMES].sort());
    for (const { description, inputSchema } of own) {
      assert.match(description, /Use it/);
      assert.equal((inputSchema as { type: string }).type, 'object');
    }
  });

  it('compute a loss', async () => {
    const logits = [0, 0, Math.log(46), 0, 0];
    const answer = await call('compute_smoothed_loss', { logits, targets: [2], alpha: 0.1 });
    assert.match(answer, /^Loss: 0\.3896729 nats/);
  });

  it('convert α, and explain a loss', async () => {
    const asked = { alpha: 0.1, classes: 10, from: 'fairseq', to: 'torch.nn.CrossEntropyLoss' };
    assert.match(await call('convert_label_smoothing', asked), /^α = 0\.1111111/);
    assert.match(
      await call('explain_loss_value', { value: 0.61, alpha: 0.1, classes: 10 }),
      /above its floor/,
    );
  });

  it('find losses in a file, and in a folder', async () => {
    const folder = mkdtempSync(join(workspace.workspaceFolders![0]!.uri.fsPath, 'tools-'));
    try {
      writeFileSync(
        join(folder, 'a.py'),
        'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.2)\n',
      );
      writeFileSync(join(folder, 'b.yaml'), 'optimizer: sgd\n');
      assert.match(
        await call('find_loss_configurations', { path: join(folder, 'a.py') }),
        /a\.py:2 .*α = 0\.2/,
      );
      const all = await call('find_loss_configurations', { path: folder });
      assert.match(all, /^1 loss configuration found\. 2 files looked at\./);
      assert.match(all, /a\.py:2 /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('summarise a file of the workspace', async () => {
    const answer = await call('summarise_logits', { path: sample('digits.logits.json'), alpha: 0.1 });
    assert.match(answer, /K = \d+/);
    assert.match(answer, /Accuracy: [\d.]+ %/);
  });

  it('reject what they can’t do with a sentence', async () => {
    await assert.rejects(call('compute_smoothed_loss', {}), /Give "logits" and "targets"/);
    await assert.rejects(call('compute_smoothed_loss', { alpha: 'x' }), /alpha: expected α/);
    await assert.rejects(call('summarise_logits', { path: 'logits.json' }), /absolute path/);
    await assert.rejects(call('summarise_logits', { path: sample('none.json') }), /There’s no file/);
    await assert.rejects(call('summarise_logits', {}), /no notebook in front/);
  });

  it('summarise what the cells of the notebook in front have put out', async () => {
    const notebook = await workspace.openNotebookDocument(Uri.file(sample('label-smoothing.ipynb')));
    await window.showNotebookDocument(notebook);
    assert.match(await call('summarise_logits', {}), /^\d+ cells? with numbers\.\nCell \d+: /);
  });

  it('summarise a notebook that isn’t open, by its path', async () => {
    const answer = await call('summarise_logits', { path: sample('label-smoothing.ipynb') });
    assert.match(answer, /^\d+ cells? with numbers\.\nCell \d+: /);
  });

  it('end when nobody waits for them, while a file is read', async () => {
    const engine = new TestEngine();
    const tools = new ModelTools((token) => toolWorld(engine.client, { lossesOf: async () => [] }, token));
    const call = (token: CancellationToken) =>
      tools.invoke(
        'summarise_logits',
        { input: { path: sample('digits.logits.json') }, toolInvocationToken: undefined },
        token,
      );
    try {
      await call(new CancellationTokenSource().token);
      engine.deafen(15_000);
      const cancelling = new CancellationTokenSource();
      const start = performance.now();
      const answer = call(cancelling.token);
      setTimeout(() => cancelling.cancel(), 200);
      await assert.rejects(answer, /Cancelled\./);
      assert.ok(performance.now() - start < 10_000, 'before the engine heard of it');
    } finally {
      engine.client.dispose();
    }
  });

  it('don’t read files outside of the workspace unless the person agrees', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
    const path = join(folder, 'secret.json');
    const engine = new EngineClient(() => Promise.reject(new Error('There is no engine.')));
    const tools = new ModelTools((token) => toolWorld(engine, { lossesOf: async () => [] }, token));
    const { token } = new CancellationTokenSource();
    const invoke = () =>
      tools.invoke('find_loss_configurations', { input: { path }, toolInvocationToken: undefined }, token);
    try {
      writeFileSync(path, '{"label_smoothing": 0.1}');
      await assert.rejects(invoke(), /outside the workspace/);
      const { confirmationMessages } = tools.prepare('find_loss_configurations', { input: { path } });
      assert.match(confirmationMessages!.message as string, /secret\.json/);
      // VS Code goes on if the person says yes.
      await invoke();
      await assert.rejects(invoke(), /outside the workspace/);
      const inside = { input: { path: sample('digits.logits.json') } };
      assert.equal(tools.prepare('summarise_logits', inside).confirmationMessages, undefined);
      const climbing = { input: { path: `${sample('')}/../../../etc/passwd` } };
      assert.ok(tools.prepare('summarise_logits', climbing).confirmationMessages);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
