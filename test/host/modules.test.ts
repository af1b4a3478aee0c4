import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { Uri, workspace } from 'vscode';
import { fileWithoutLinks } from '../../src/host/editor/documents/fileWithoutLinks.ts';
import { closeAll, lenses } from './documents.ts';

const SETTINGS = 'SMOOTHING = 0.1\n';
const KNOWN = /^3: α 0\.1 · K unknown/;
const UNKNOWN = /^3: α = SMOOTHING \(value unknown\)/;

describe('a value imported from another file', () => {
  let folder: string;
  let outside: string;

  before(() => {
    folder = mkdtempSync(join(workspace.workspaceFolders![0]!.uri.fsPath, '.imports-'));
    outside = mkdtempSync(join(tmpdir(), 'outside-'));
    mkdirSync(join(folder, 'package'));
    for (const path of [join(folder, 'package', 'settings.py'), join(outside, 'settings.py')])
      writeFileSync(path, SETTINGS);
    writeFileSync(join(outside, '__init__.py'), SETTINGS);
    symlinkSync('package/settings.py', join(folder, 'file_in.py'));
    symlinkSync('package', join(folder, 'folder_in'));
    symlinkSync(join(outside, 'settings.py'), join(folder, 'file_out.py'));
    symlinkSync(outside, join(folder, 'folder_out'));
    symlinkSync('loop.py', join(folder, 'loop.py'));
    mkdirSync(join(folder, 'folder.py'));
    writeFileSync(join(folder, 'large.py'), `${SETTINGS}${'#'.repeat(200_000)}`);
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'pipe.py')]);
  });
  after(() => {
    for (const each of [folder, outside]) rmSync(each, { recursive: true, force: true });
  });
  afterEach(closeAll);

  /** The lenses of a file that imports α from a module. */
  async function lensesWith(module: string): Promise<string> {
    const path = join(folder, `train_${module.replaceAll('.', '_')}.py`);
    writeFileSync(
      path,
      `from torch import nn\nfrom ${module} import SMOOTHING\nloss = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)\n`,
    );
    return (await lenses(await workspace.openTextDocument(path))).join('\n');
  }

  for (const module of ['package.settings', 'file_in', 'folder_in.settings'])
    it(`is known from ${module}, in the workspace`, async () =>
      assert.match(await lensesWith(module), KNOWN));

  for (const module of [
    'file_out',
    'folder_out.settings',
    'folder_out',
    'loop',
    'folder',
    'large',
    'pipe',
    'nowhere',
  ])
    it(`isn’t known from ${module}`, async () => {
      assert.match(await lensesWith(module), UNKNOWN);
    });

  it('isn’t known from a file outside that an editor shows under its name in the workspace', async () => {
    await workspace.openTextDocument(join(folder, 'file_out.py'));
    assert.match(await lensesWith('file_out'), UNKNOWN);
  });

  it('is never behind a link where nobody says where it goes', async () => {
    const within = (...path: string[]) =>
      fileWithoutLinks(Uri.joinPath(Uri.file(folder), ...path), [Uri.file(folder)]);
    assert.ok(await within('package', 'settings.py'));
    for (const path of [
      ['file_in.py'],
      ['folder_in', 'settings.py'],
      ['folder_out', 'settings.py'],
      ['nowhere.py'],
    ])
      assert.equal(await within(...path), undefined);
    assert.equal(
      await fileWithoutLinks(Uri.file(join(outside, 'settings.py')), [Uri.file(folder)]),
      undefined,
    );
  });
});
