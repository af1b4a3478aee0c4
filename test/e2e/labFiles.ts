import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeededNumbers } from '../../src/lab/random/seededNumbers.ts';
import { npyFile } from '../fixtures/npy.ts';
import type { Workbench } from './workbench.ts';

/** Groups of points that overlap, the same ones each time: X.npy and y.npy, and wrong.npy, where a label is no class. */
export function writeOwnData(folder: string, rows: number, columns: number, classes: number): void {
  const labels = Array.from({ length: rows }, (_, row) => row % classes);
  const numbers = new SeededNumbers(1, 'own data');
  const features = labels.flatMap((label) =>
    Array.from({ length: columns }, (_, i) => (i % classes === label ? 1.2 : 0) + numbers.normal()),
  );
  const wrong = labels.map((label, row) => (row === 212 ? 1.5 : label));
  writeFileSync(join(folder, 'X.npy'), npyFile([rows, columns], features));
  writeFileSync(join(folder, 'y.npy'), npyFile([rows], labels, '<f8'));
  writeFileSync(join(folder, 'wrong.npy'), npyFile([rows], wrong, '<f8'));
}

/** Chooses files one after the other: the next question may be there before the dialog of the last one is seen to be gone. */
export async function chooseFiles(
  workbench: Workbench,
  choice: string,
  files: readonly string[],
): Promise<void> {
  const { page, folder } = workbench;
  const input = page.locator('.quick-input-widget input[type="text"]');
  for (const file of files) {
    const path = join(folder, file);
    await workbench.pick(choice);
    const field = await input.elementHandle();
    await page.waitForFunction((each) => /\/$/.test((each as HTMLInputElement).value), field);
    for (let left = 5; ; left--) {
      await input.fill(path);
      // Enter does nothing until the folder is listed.
      await page.waitForTimeout(500);
      await page.keyboard.press('Enter');
      try {
        await page.waitForFunction(
          (within) => {
            const widget = document.querySelector<HTMLElement>('.quick-input-widget');
            const isHidden = widget === null || getComputedStyle(widget).display === 'none';
            // A folder that is listed late is written over what was typed.
            const value = widget?.querySelector<HTMLInputElement>('input[type="text"]')?.value;
            return isHidden || !value?.startsWith(within);
          },
          folder,
          { timeout: 3_000 },
        );
        break;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }
}
