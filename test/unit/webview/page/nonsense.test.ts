import { beforeAll, describe, expect, it } from 'vitest';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const LOGITS = '{"logits": [[1, 2, 3, 0, 0], [0, 0, 1, 0, 2]], "targets": [2, 4]}';

/** Each as it would arrive in the window: what isn't a message at all, and messages with anything in them. */
const NONSENSE: readonly unknown[] = [
  null,
  0,
  7.5,
  'show',
  [],
  {},
  { t: 'q' },
  { t: 'q', m: 'show' },
  { t: 'q', m: 'hide', a: [] },
  { t: 'q', m: 'toString', a: [] },
  { t: 's', i: 'nobody', r: 1 },
  { t: 's' },
  ...[
    null,
    4,
    [],
    { data: null },
    { data: {} },
    { data: { stats: { rows: 3 } } },
    { about: null },
    { about: { source: null } },
    { about: { source: { name: 3 } }, data: 'x' },
    { teacher: { id: 1 } },
  ].map((changes) => ({ t: 'q', m: 'show', a: [changes] })),
  { t: 'q', m: 'showConfig', a: [{ name: 'loss' }, null] },
  { t: 'q', m: 'showConfig', a: [null, null] },
  { t: 'q', m: 'problem', a: [{}] },
  { t: 'q', m: 'progress', a: ['half'] },
  { t: 'q', m: 'progressOf', a: [null] },
];

async function send(panel: PanelPage, messages: readonly unknown[]): Promise<void> {
  await panel.page.evaluate(`
    for (const data of ${JSON.stringify(messages)}) window.dispatchEvent(new MessageEvent('message', { data }));
    window.dispatchEvent(new MessageEvent('message', { data: undefined }));
    window.dispatchEvent(new MessageEvent('message', { data: NaN }));
  `);
  // Time to be rendered, and to fail.
  await panel.page.waitForTimeout(200);
}

const shown = (panel: PanelPage) => panel.text('#root');

describe('a message that makes no sense', () => {
  it('changes nothing that is shown, and throws nothing', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    await panel.settled();
    // What is read out comes last.
    await expect.poll(() => panel.text('.summary [role="status"]')).toContain('Loss');
    const before = await shown(panel);
    expect(before).toContain('logits.json');
    await send(panel, NONSENSE);
    expect(await shown(panel)).toBe(before);
    expect(panel.errors).toEqual([]);
    // It goes on as before.
    await panel.setAlpha('0.3');
    await expect.poll(() => shown(panel)).not.toBe(before);
    await panel.show(LOGITS.replace('3', '5'), 'others.json');
    await expect.poll(() => shown(panel)).toContain('others.json');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('before there are logits leaves the page waiting for them', async () => {
    const panel = await pages.open();
    const before = await shown(panel);
    await send(panel, NONSENSE);
    expect(await shown(panel)).toBe(before);
    await panel.show(LOGITS);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });
});
