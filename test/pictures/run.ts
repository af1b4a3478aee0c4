// Takes pictures of the packaged extension: `npm run screenshots [-- docs | first | lab | light | dark | … ]`. A look's name means its panel,
// editors and windows, `first-…` what a new user meets, `lab-…` the lab.
import { join } from 'node:path';
import { buildForProduction, packageExtension, packageKoreanPack } from '../package.ts';
import { OUTPUT } from '../vscode/paths.ts';
import { Album, type Look } from './album.ts';
import { takeDocsPictures } from './docs.ts';
import { takeEditorStates } from './editorStates.ts';
import { takeFirstStates } from './firstStates.ts';
import { takeLabStates } from './labStates.ts';
import { takeNarrowStates, takeStates } from './states.ts';
import { takeWindowStates } from './windowStates.ts';

const THEMES = ['light', 'dark', 'contrast', 'contrastLight'] as const;
const ZOOM = 2;
const NARROW = 400;
const named = process.argv.slice(2);
const isWanted = (name: string) => named.length === 0 || named.includes(name);
const isPartWanted = (part: string, name: string) => isWanted(part) || named.includes(`${part}-${name}`);

buildForProduction();
const vsix = await packageExtension('complete', join(OUTPUT, 'packages'));
const koreanPack = await packageKoreanPack();
const LOOKS: readonly Look[] = [
  ...THEMES.map((theme) => ({ name: theme, theme })),
  { name: 'zoomed', theme: 'light', zoom: ZOOM },
  { name: 'korean', theme: 'light', koreanPack },
];
const NARROW_LOOKS: readonly Look[] = [
  { name: 'narrow', theme: 'light', width: NARROW },
  { name: 'korean-narrow', theme: 'light', koreanPack, width: NARROW },
];
if (isWanted('docs')) for (const theme of THEMES) await takeDocsPictures(vsix, theme);
for (const look of [...LOOKS, ...NARROW_LOOKS])
  if (isPartWanted('first', look.name)) await begun(look, 'first', (album) => takeFirstStates(vsix, album));
for (const look of LOOKS)
  if (isWanted(look.name))
    await begun(look, undefined, async (album) => {
      await takeStates(vsix, album);
      await takeEditorStates(vsix, album);
      await takeWindowStates(vsix, album);
    });
for (const look of NARROW_LOOKS)
  if (isWanted(look.name)) await begun(look, undefined, (album) => takeNarrowStates(vsix, album));
for (const look of [...LOOKS, NARROW_LOOKS[0]!])
  if (isPartWanted('lab', look.name))
    await begun(look, 'lab', (album) => takeLabStates(vsix, album, look.width));
process.exit();

async function begun(
  look: Look,
  part: string | undefined,
  visit: (album: Album) => Promise<void>,
): Promise<void> {
  const album = new Album(part === undefined ? look : { ...look, name: `${part}-${look.name}` });
  album.begin();
  await visit(album);
}
