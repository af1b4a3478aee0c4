import { beforeAll, describe, expect, it } from 'vitest';
import type { AppliedAlpha } from '../../../../src/protocol/panelSnapshot.ts';
import { LOSS_IN_CODE } from './lossInCode.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const APPLIED: AppliedAlpha = {
  id: 'first',
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  from: 'nn.CrossEntropyLoss, line 5 of train.py',
  place: 'train.py, line 5',
  isWanted: false,
};

/** A host with code in it: edits are made of a number, and told of a moment later. */
async function withCode(logits: boolean): Promise<PanelPage> {
  const panel = await pages.open();
  if (logits) {
    await panel.show('{"logits": [[1, 2, 3, 0, 0]], "targets": [2]}');
    await panel.host((fake, applied) => fake.showAgain({ applied }), APPLIED);
  } else await panel.host((fake, config) => fake.showConfig(config), LOSS_IN_CODE);
  await panel.host(
    (fake, { isLogits, config, applied }) => {
      let [code, wanted] = [0.1, 0.1];
      const tell = (alpha: number) => {
        code = alpha;
        setTimeout(() => {
          if (isLogits)
            fake.showAgain({ applied: { ...applied, id: `${Math.random()}`, labelSmoothing: code } });
          else fake.showConfig({ ...config, labelSmoothing: code });
        }, 100);
      };
      fake.answer('previewAlpha', ({ labelSmoothing }: { labelSmoothing: number }) => {
        wanted = labelSmoothing;
        const [removed, added] = [[`alpha = ${code}`], [`alpha = ${wanted}`]];
        return { preview: { id: 'edit', file: 'train.py', line: 4, above: null, removed, added, notes: [] } };
      });
      fake.answer('applyAlpha', () => {
        tell(wanted);
        return { done: 'Written to train.py, line 5.', undo: 'undo' };
      });
      fake.answer('undoAlpha', () => {
        tell(0.1);
        return { done: 'Undid the change in train.py, line 5.' };
      });
      Object.assign(window, { edit: tell, codeNow: () => code });
    },
    { isLogits: logits, config: LOSS_IN_CODE, applied: APPLIED },
  );
  return panel;
}

const code = (panel: PanelPage) => panel.page.evaluate<number>('window.codeNow()');
const alpha = (panel: PanelPage) => panel.page.locator('[data-control="alpha"]');
const undo = (panel: PanelPage) => panel.page.locator('[data-control="undo"]');
const written = (panel: PanelPage) => panel.text('[data-figure="written"]');

/** Types α, and has it written. */
async function write(panel: PanelPage, text: string): Promise<void> {
  await alpha(panel).click();
  await alpha(panel).press('Control+KeyA');
  await alpha(panel).pressSequentially(text);
  await panel.page.locator('[data-control="apply"]').click();
  await panel.page.locator('[data-control="confirm"]').click();
  await undo(panel).waitFor();
  expect(await written(panel)).toBe('✓ Written to train.py, line 5.');
  expect(await code(panel)).toBe(Number(text));
}

describe.each([
  ['with logits', true],
  ['without', false],
])('α that was written to the code, %s', (_, logits) => {
  it('is undone by a button that stays beside it', async () => {
    const panel = await withCode(logits);
    await write(panel, '0.15');
    // Longer than it takes the panel to hear of the edit.
    await panel.page.waitForTimeout(400);
    expect(await written(panel)).toBe('✓ Written to train.py, line 5.');
    await undo(panel).click();
    await expect.poll(() => written(panel)).toBe('✓ Undid the change in train.py, line 5.');
    expect(await undo(panel).count()).toBe(0);
    expect(await code(panel)).toBe(0.1);
    await expect.poll(() => alpha(panel).inputValue()).toBe('0.1');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it.each(['field', 'nothing'])('is undone by the keys for it, with the focus on %s', async (focus) => {
    const panel = await withCode(logits);
    await write(panel, '0.15');
    await panel.page.waitForTimeout(200);
    if (focus === 'field') await alpha(panel).focus();
    await panel.page.keyboard.press('Control+KeyZ');
    await expect.poll(() => code(panel)).toBe(0.1);
    await expect.poll(() => alpha(panel).inputValue()).toBe('0.1');
    expect(await written(panel)).toBe('✓ Undid the change in train.py, line 5.');
    await panel.close();
  });

  it('is undone by VS Code’s Undo, which the page hears as a command', async () => {
    const panel = await withCode(logits);
    await write(panel, '0.15');
    await panel.page.waitForTimeout(200);
    await alpha(panel).focus();
    await panel.page.evaluate(() => document.execCommand('undo'));
    await expect.poll(() => code(panel)).toBe(0.1);
    await expect.poll(() => alpha(panel).inputValue()).toBe('0.1');
    await panel.close();
  });

  it('is no longer said to be there when another α is shown, or the code has another one', async () => {
    const panel = await withCode(logits);
    await write(panel, '0.15');
    await panel.page.waitForTimeout(200);
    await panel.setAlpha('0.2');
    await undo(panel).waitFor({ state: 'detached' });
    expect(await written(panel)).toBe('');
    await write(panel, '0.25');
    await panel.page.waitForTimeout(200);
    await panel.page.evaluate('window.edit(0.1)');
    await undo(panel).waitFor({ state: 'detached' });
    expect(await written(panel)).toBe('');
    await expect.poll(() => alpha(panel).inputValue()).toBe('0.1');
    await panel.close();
  });

  it('is no longer said to be undone once something else is set', async () => {
    const panel = await withCode(logits);
    await write(panel, '0.15');
    await panel.page.waitForTimeout(200);
    await undo(panel).click();
    // The panel takes α from the code once more: that's still the edit's end.
    await expect.poll(() => alpha(panel).inputValue()).toBe('0.1');
    await panel.page.waitForTimeout(200);
    expect(await written(panel)).toBe('✓ Undid the change in train.py, line 5.');
    if (logits) await panel.setAlpha('0.3');
    else await panel.page.locator('[data-control="more-classes"]').click();
    await expect.poll(() => written(panel)).toBe('');
    await panel.close();
  });

  it('that can’t be undone says why', async () => {
    const panel = await withCode(logits);
    await panel.host((fake) =>
      fake.answer('undoAlpha', () => ({ why: 'train.py has changed there since.' })),
    );
    await write(panel, '0.15');
    await undo(panel).click();
    await panel.page.getByText('train.py has changed there since.').waitFor();
    expect(await written(panel)).toBe('');
    expect(await code(panel)).toBe(0.15);
    await panel.close();
  });
});

it('what is typed after the edit is undone as text', async () => {
  const panel = await withCode(true);
  await write(panel, '0.15');
  await panel.page.waitForTimeout(200);
  const temperature = panel.page.locator('[data-control="temperature"]');
  await temperature.click();
  await temperature.press('End');
  await temperature.pressSequentially('5');
  await temperature.press('Control+KeyZ');
  expect(await temperature.inputValue()).toBe('1');
  expect(await code(panel)).toBe(0.15);
  await panel.close();
});
