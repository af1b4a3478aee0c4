// Takes pictures of the packaged extension: `npm run screenshots [-- docs | lab | light | dark | contrast | narrow | korean …]`.
import { join } from 'node:path';
import { buildForProduction, packageExtension, packageKoreanPack } from '../package.ts';
import { OUTPUT } from '../vscode/paths.ts';
import { Album, type Look } from './album.ts';
import { takeDocsPictures } from './docs.ts';
import { takeEditorStates } from './editorStates.ts';
import { takeLabStates } from './labStates.ts';
import { takeNarrowStates, takeStates } from './states.ts';
import { takeWindowStates } from './windowStates.ts';

const THEMES = ['light', 'dark', 'contrast'] as const;
const named = process.argv.slice(2);
const isWanted = (name: string) => named.length === 0 || named.includes(name);
const isLabWanted = (name: string) => isWanted('lab') || named.includes(`lab-${name}`);

buildForProduction();
const vsix = await packageExtension('complete', join(OUTPUT, 'packages'));
const koreanPack = await packageKoreanPack();
if (isWanted('docs')) for (const theme of THEMES) await takeDocsPictures(vsix, theme);
for (const theme of THEMES) if (isWanted(theme)) await takeAlbum({ name: theme, theme });
if (isWanted('korean')) await takeAlbum({ name: 'korean', theme: 'light', koreanPack });
if (isWanted('narrow')) await takeNarrow({ name: 'narrow', theme: 'light' });
if (isWanted('korean')) await takeNarrow({ name: 'korean-narrow', theme: 'light', koreanPack });
for (const theme of THEMES) if (isLabWanted(theme)) await takeLab({ name: `lab-${theme}`, theme });
if (isLabWanted('narrow')) await takeLab({ name: 'lab-narrow', theme: 'light' }, 400);
if (isLabWanted('korean')) await takeLab({ name: 'lab-korean', theme: 'light', koreanPack });
process.exit();

async function takeAlbum(look: Look): Promise<void> {
  const album = new Album(look);
  album.begin();
  await takeStates(vsix, album);
  await takeEditorStates(vsix, album);
  await takeWindowStates(vsix, album);
}

async function takeNarrow(look: Look): Promise<void> {
  const album = new Album(look);
  album.begin();
  await takeNarrowStates(vsix, album);
}

async function takeLab(look: Look, width?: number): Promise<void> {
  const album = new Album(look);
  album.begin();
  await takeLabStates(vsix, album, width);
}
