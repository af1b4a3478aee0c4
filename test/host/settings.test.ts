import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { ConfigurationTarget, languages, type TextDocument, workspace } from 'vscode';
import { firstAlpha, pictureTheme } from '../../src/host/panel/panelSettings.ts';
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
    for (const name of ['exclude', 'defaultAlpha', 'pictureTheme']) await set(name, undefined);
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

  it('say the α to start with, and the colours of pictures; what they may not be is as if it weren’t there', async () => {
    assert.deepEqual([firstAlpha(), pictureTheme()], [0.1, 'window']);
    await set('defaultAlpha', 0.2);
    await set('pictureTheme', 'dark');
    assert.deepEqual([firstAlpha(), pictureTheme()], [0.2, 'dark']);
    await set('defaultAlpha', 1.5);
    await set('pictureTheme', 'red');
    assert.deepEqual([firstAlpha(), pictureTheme()], [0.1, 'window']);
  });

  it('that aren’t as they should be leave nothing out', async () => {
    const document = await open(SOURCE);
    for (const wrong of ['**/*.py', [1, null], {}]) {
      await set('exclude', wrong);
      assert.equal((await lenses(document)).length, 1);
    }
  });
});
