import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { ConfigurationTarget, languages, type TextDocument, workspace } from 'vscode';
import { closeAll, hoverOn, lenses, open, until } from './documents.ts';

const SOURCE =
  'from torch import nn\nhead = nn.Linear(512, 5)\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n';

async function set(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('smoothLabels').update(name, value, ConfigurationTarget.Global);
}

function problems({ uri }: TextDocument): number {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'Smooth Labels').length;
}

describe('the settings', () => {
  afterEach(async () => {
    await set('hover', undefined);
    await set('exclude', undefined);
    await closeAll();
  });

  it('switch hovers off and on; lenses stay', async () => {
    const document = await open(SOURCE);
    assert.ok(await hoverOn(document, 'CrossEntropyLoss'));
    await set('hover', false);
    assert.equal(await hoverOn(document, 'CrossEntropyLoss'), undefined);
    assert.equal((await lenses(document)).length, 1);
    await set('hover', true);
    assert.ok(await hoverOn(document, 'CrossEntropyLoss'));
  });

  for (const glob of [(folder: string) => `**/${folder}`, () => '**/source.py', () => '**/*.py'])
    it(`leave out what ${glob('a folder')} matches: no lens, hover or problem, at once`, async () => {
      const document = await open(SOURCE);
      await until(() => problems(document) === 1, 'a problem');
      await set('exclude', [glob(dirname(document.fileName).split('/').at(-1)!)]);
      await until(() => problems(document) === 0, 'no problem');
      assert.deepEqual(await lenses(document), []);
      assert.equal(await hoverOn(document, 'CrossEntropyLoss'), undefined);
      await set('exclude', ['**/*.ipynb']);
      await until(() => problems(document) === 1, 'the problem again');
      assert.equal((await lenses(document)).length, 1);
    });

  it('that aren’t as they should be leave nothing out', async () => {
    const document = await open(SOURCE);
    for (const wrong of ['**/*.py', [1, null], {}]) {
      await set('exclude', wrong);
      assert.equal((await lenses(document)).length, 1);
    }
  });
});
