// `npm run bench:web -- [ROWS CLASSES] [ROUNDS]`: a .npy file in the web extension host, from the command to its figures, by turns with
// `workspace.fs.readFile` alone, which is all the host gives an extension there.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../../e2e/workbench.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { buildForProduction, packageExtension, packageFixture } from '../../package.ts';
import { OUTPUT } from '../../vscode/paths.ts';
import { removeAtExit } from '../../vscode/processTree.ts';
import { fillWithLogits } from '../contenders/logits.ts';
import { median } from '../interleaved.ts';

const FILE = 'val_logits.npy';
/** Nothing takes as long on a machine that does nothing else. */
const PATIENCE = 300_000;

const [rows = 50_000, classes = 1_000, rounds = 3] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'web-'));
removeAtExit(folder);
writeFileSync(join(folder, FILE), npyFile([rows, classes], fillWithLogits(new Float32Array(rows * classes))));

buildForProduction();
const workbench = await openWorkbench({
  vsix: await packageExtension('browser-only', join(OUTPUT, 'packages')),
  beside: [await packageFixture('readProbe')],
  folder,
});
const { page } = workbench;
page.setDefaultTimeout(PATIENCE);

/** The file alone, in ms. */
async function readAlone(round: number): Promise<number> {
  await workbench.runCommand('Read the file of logits');
  const said = page.locator('.statusbar-item', {
    hasText: new RegExp(`${round + 1}: \\d+ bytes in \\d+ ms`),
  });
  const text = (await said.first().textContent()) ?? '';
  return Number(/ in (\d+) ms/.exec(text)![1]);
}

/** The same file until its loss is to be read, in ms. */
async function open(): Promise<number> {
  await workbench.runInExplorer(FILE, 'Open in Smooth Labels');
  const begun = performance.now();
  const frame = await workbench.panelFrame(`h1:text-is("${FILE}")`, PATIENCE);
  await frame.locator('[data-figure="loss"][data-exact]').first().waitFor({ timeout: PATIENCE });
  const ms = performance.now() - begun;
  await workbench.runCommand('View: Close All Editors');
  return ms;
}

const taken = { readAlone: [] as number[], open: [] as number[] };
for (let round = 0; round < rounds; round++) {
  taken.readAlone.push(await readAlone(round));
  taken.open.push(await open());
}
await workbench.close();
const [alone, whole] = [median(taken.readAlone), median(taken.open)];
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
process.stdout.write(
  `${FILE} of ${rows} × ${classes} in the web extension host, medians of ${rounds}: read ${seconds(alone)}, ` +
    `read, measured and shown ${seconds(whole)}: ${(whole / alone).toFixed(2)}×\n`,
);
