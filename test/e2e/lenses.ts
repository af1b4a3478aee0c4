import type { Locator } from 'playwright-core';
import { vi } from 'vitest';
import { Panel } from './panel.ts';
import type { Workbench } from './workbench.ts';

/** The lens of a loss with α = 0.1 and K = 5. */
export const RUNNING_EXAMPLE = 'α 0.1 · K 5 → 0.92 / 0.02 · floor 0.390 nats';

/**
 * Clicks a lens until `seen` finds what it should lead to. VS Code draws all lenses anew when a document was just opened or edited,
 * and a click on one of the old ones is lost: a person would click again.
 */
export async function clickLens(
  workbench: Workbench,
  text: string,
  seen: () => Promise<unknown>,
): Promise<void> {
  await untilDone(async () => {
    await lens(workbench, text).first().click({ timeout: 5_000 });
    await seen();
  });
}

/** Does it again, as a person would, where VS Code drew its lenses or its menu anew under the click. */
export async function untilDone(action: () => Promise<void>): Promise<void> {
  await vi.waitFor(action, { timeout: 60_000, interval: 500 });
}

/** The panel that a lens opens. */
export async function panelOfLens(workbench: Workbench): Promise<Panel> {
  await clickLens(workbench, 'Smooth labels', () =>
    workbench.page
      .getByRole('tab', { name: /Smooth Labels: nn\.CrossEntropyLoss/ })
      .waitFor({ timeout: 5_000 }),
  );
  return Panel.of(workbench, 'nn.CrossEntropyLoss');
}

/** A lens that reads exactly so. */
export function lens(workbench: Workbench, text: string): Locator {
  return workbench.page.locator('.codelens-decoration > *').getByText(text, { exact: true });
}
