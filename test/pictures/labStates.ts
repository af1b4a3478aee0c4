import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { chooseFiles, writeOwnData } from '../e2e/labFiles.ts';
import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import type { Album } from './album.ts';
import { BARE } from './picture.ts';

interface LabVisit {
  readonly workbench: Workbench;
  readonly album: Album;
  readonly frame: Frame;
  readonly take: (name: string, shows: string) => Promise<void>;
}

/** The lab in every state, to be looked at; it's as wide as the window. */
export async function takeLabStates(vsix: string, album: Album): Promise<void> {
  const { theme, koreanPack, zoom, width = 1200 } = album.look;
  const isNarrow = width < 600;
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: ownFiles(),
    settings: BARE,
    // As high as the page is: what scrolls away isn't seen.
    size: { width, height: isNarrow ? 2600 : 1250 },
  });
  workbench.page.context().setDefaultTimeout(240_000);
  await workbench.page.keyboard.press('Control+KeyB');
  await workbench.runCommand(album.command('openLab'));
  const frame = await workbench.panelFrame('.lab');
  const part = workbench.page.locator('.editor-group-container').last();
  const take = (name: string, shows: string) => album.take(workbench, `lab-${name}`, shows, part);
  const visit: LabVisit = { workbench, album, frame, take };
  await album.visit(workbench, 'lab-overconfidence', () => visitOverconfidence(visit));
  // What takes minutes to train looks alike in each theme.
  const stories = album.look.name === 'light' ? STORIES : STORIES.slice(0, 2);
  // Stories share what they train: each is seen before any of them is.
  for (const [story, shows] of stories)
    await album.visit(workbench, `lab-${story}-before`, async () => {
      await openStory(visit, story);
      await take(`${story}-before`, `${shows}, before training`);
    });
  for (const [story, shows] of stories)
    await album.visit(workbench, `lab-${story}`, async () => {
      await openStory(visit, story);
      await train(visit);
      await take(story, shows);
    });
  await album.visit(workbench, 'lab-own', () => visitOwn(visit));
  await workbench.close();
}

const STORIES = [
  ['calibration', 'the story about calibration'],
  ['clusters', 'the story about clusters'],
  ['wrongLabels', 'the story about wrong labels'],
  ['hurts', 'the story about data where it hurts'],
  ['teacher', 'the story about teachers'],
] as const;

/** Tabs, or where there's no room for them a list. */
async function openStory({ frame }: LabVisit, story: string): Promise<void> {
  const tab = frame.locator(`#tab-${story}`);
  if (await tab.isVisible()) await tab.click();
  else await frame.locator('[data-control="story"]').selectOption(story);
}

/** Trains to the end, unless another story has done so. */
async function train({ frame, album }: LabVisit): Promise<void> {
  const again = frame.locator('[data-control="train"]', { hasText: album.said('Train again') });
  if (await again.isVisible()) return;
  await frame.locator('[data-control="train"]').click();
  await again.waitFor();
}

async function visitOverconfidence(visit: LabVisit): Promise<void> {
  const { frame, take, workbench } = visit;
  const button = frame.locator('[data-control="train"]');
  await take('before', 'before anything is trained');
  await button.click();
  await frame.waitForFunction(() => document.querySelectorAll('[data-verdict="live"]').length > 0);
  await take('running', 'while it trains');
  if (await frame.locator('[data-control="train"]', { hasText: visit.album.said('Cancel') }).isVisible()) {
    await button.click();
    await frame.locator('[data-control="train"]', { hasText: visit.album.said('Resume') }).waitFor();
    await take('cancelled', 'cancelled');
    await button.click();
  }
  await frame.locator('[data-control="train"]', { hasText: visit.album.said('Train again') }).waitFor();
  await take('finished', 'trained, with verdicts');
  await frame.locator('[data-control="time"]').focus();
  for (let i = 0; i < 12; i++) await workbench.page.keyboard.press('ArrowLeft');
  await take('back', 'looking back at an epoch');
  await workbench.page.keyboard.press('End');
  await frame.locator('.papers summary').first().click();
  await frame.locator('.chart .title button.link').first().click();
  await take('table', 'a chart as a table, and who measured a claim');
  await frame.locator('.chart .title button.link').first().click();
  await frame.locator('.papers summary').first().click();
  await frame.locator('[data-control="alpha"]').focus();
  await workbench.page.keyboard.press('ArrowLeft');
  await take('stale', 'another α is set than was trained');
  await workbench.page.keyboard.press('ArrowRight');
}

async function visitOwn(visit: LabVisit): Promise<void> {
  const { workbench, frame, take, album } = visit;
  await openStory(visit, 'own');
  await take('own-before', 'own data, before any were chosen');
  const choose = async (labels: string) => {
    await frame.locator('[data-control="chooseOwn"]').click();
    await chooseFiles(workbench, album.said('Choose a file…'), ['X.npy', labels]);
  };
  await choose('wrong.npy');
  await frame.locator('[data-figure="problem"]').waitFor();
  await take('own-problem', 'own data that can’t be used');
  await choose('y.npy');
  await train(visit);
  await take('own', 'own data');
}

/** Data, and a loss to give the α that suits them. */
function ownFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-pictures-'));
  removeAtExit(folder);
  writeOwnData(folder, 400, 6, 4);
  writeFileSync(
    join(folder, 'train.py'),
    'from torch import nn\n\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n',
  );
  return folder;
}
