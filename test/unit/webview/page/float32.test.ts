import { beforeAll, expect, it } from 'vitest';
import { PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

it('a loss whose sums float32 can’t hold comes with a word about that', async () => {
  const panel = await pages.open();
  const said = panel.page.locator('[data-says="beyond-float32"]');
  await panel.show('{"logits": [[3e38, -3e38, 0]], "targets": [0]}');
  await expect.poll(() => said.textContent()).toContain('In float32, PyTorch’s sums for this loss overflow');
  await panel.setAlpha('0');
  await expect.poll(() => said.count()).toBe(0);
  await panel.close();
});
