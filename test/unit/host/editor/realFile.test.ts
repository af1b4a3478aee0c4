import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { realPathWithin } from '../../../../src/host/editor/documents/realFile.node.ts';
import { removeAtExit } from '../../../vscode/processTree.ts';

describe('the real path of a file of the workspace', () => {
  let base: string;
  let workspace: string;
  const within = (path: string, ...folders: readonly string[]) =>
    realPathWithin(
      join(base, path),
      (folders.length > 0 ? folders : ['workspace']).map((folder) => join(base, folder)),
    );

  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
    removeAtExit(base);
    workspace = join(base, 'workspace');
    for (const folder of ['workspace/package', 'workspace/..odd', 'outside/package', 'workspace-too'])
      mkdirSync(join(base, folder), { recursive: true });
    for (const file of [
      'workspace/a.py',
      'workspace/package/b.py',
      'workspace/..odd/c.py',
      'outside/secret.py',
      'outside/package/secret.py',
      'workspace-too/d.py',
    ])
      writeFileSync(join(base, file), '');
    const links: readonly (readonly [string, string])[] = [
      ['workspace/file-in.py', 'package/b.py'],
      ['workspace/file-out.py', '../outside/secret.py'],
      ['workspace/absolute.py', join(base, 'outside/secret.py')],
      ['workspace/folder-in', 'package'],
      ['workspace/folder-out', '../outside'],
      ['workspace/chain.py', 'file-out.py'],
      ['workspace/out-and-in.py', '../outside/back.py'],
      ['outside/back.py', '../workspace/a.py'],
      ['workspace/loop.py', 'loop.py'],
      ['workspace/round', 'about'],
      ['workspace/about', 'round'],
      ['workspace/self', '.'],
      ['workspace/dangling.py', 'nowhere.py'],
      ['workspace/sibling.py', '../workspace-too/d.py'],
      ['linked', 'workspace'],
    ];
    for (const [link, target] of links) symlinkSync(target, join(base, link));
  });

  it.each([
    ['workspace/a.py', 'a.py'],
    ['workspace/..odd/c.py', '..odd/c.py'],
    ['workspace/file-in.py', 'package/b.py'],
    ['workspace/folder-in/b.py', 'package/b.py'],
    ['workspace/self/self/a.py', 'a.py'],
    ['workspace/out-and-in.py', 'a.py'],
  ])('%s is %s', async (path, real) => expect(await within(path)).toBe(join(workspace, real)));

  it.each([
    'workspace/file-out.py',
    'workspace/absolute.py',
    'workspace/folder-out/secret.py',
    'workspace/folder-out/package/secret.py',
    'workspace/chain.py',
    'workspace/sibling.py',
    'workspace/loop.py',
    'workspace/round/a.py',
    'workspace/dangling.py',
    'workspace/nothing.py',
    'workspace/../outside/secret.py',
    'workspace',
    'outside/secret.py',
  ])('%s is none', async (path) => expect(await within(path)).toBeUndefined());

  it('is found in a workspace that is a link itself, under either name', async () => {
    expect(await within('linked/a.py', 'linked')).toBe(join(workspace, 'a.py'));
    expect(await within('workspace/a.py', 'linked')).toBe(join(workspace, 'a.py'));
    expect(await within('linked/file-out.py', 'linked')).toBeUndefined();
  });

  it('may be in another folder of the workspace', async () =>
    expect(await within('workspace/sibling.py', 'workspace', 'workspace-too')).toBe(
      join(base, 'workspace-too/d.py'),
    ));

  it('is none without a folder', async () =>
    expect(await realPathWithin(join(workspace, 'a.py'), [])).toBeUndefined());
});
