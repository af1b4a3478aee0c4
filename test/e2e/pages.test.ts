import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SAMPLES } from '../vscode/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** Addresses of pictures that aren't drawn, and of links that lead nowhere, in the document around it. */
function brokenIn(document: Document): { pictures: string[]; links: string[] } {
  return {
    pictures: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src),
    links: [...document.querySelectorAll('a[href]')]
      .map((link) => link.getAttribute('href')!)
      .filter((address) => !/^(https:|#)/.test(address)),
  };
}

describe('what is to be read', () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES });
  });
  afterAll(() => workbench?.close());

  test('the page of the installed extension has no picture, and no link, that leads nowhere', async () => {
    await workbench.runCommand('Show Installed Extensions');
    await workbench.page.locator('.extension-list-item', { hasText: 'Smooth Labels' }).click();
    const frame = await workbench.panelFrame('h1#smooth-labels, h1');
    await frame.waitForFunction(() => [...document.images].every((image) => image.complete));
    expect(await frame.evaluate(`(${brokenIn})(document)`)).toEqual({ pictures: [], links: [] });
    expect(await frame.locator('body').textContent()).toContain('Open documentation…');
  });

  test.each(['Overview', 'Changelog'])(
    'the page %s, which is named otherwise in a package, opens',
    async (name) => {
      await workbench.runCommand('Open documentation…');
      await workbench.pick(name);
      const title = name === 'Overview' ? 'smooth-labels' : 'changelog';
      await workbench.panelFrame(`body.vscode-body h1[id="${title}"]`);
    },
  );

  test('documentation opens in the editor, with its pictures', async () => {
    await workbench.runCommand('Open documentation…');
    await workbench.pick('Losses in code');
    const frame = await workbench.panelFrame('h1[id="losses-in-code"]');
    await frame.waitForFunction(() => document.images.length === 1 && document.images[0]!.naturalWidth > 0);
  });
});
