// Takes pictures of the packaged extension: `npm run screenshots [-- docs | PART | LOOK | PART-LOOK …]`, such as `panel`, `dark` or `panel-dark`.
// `first` is what a new user meets; `dark` is of both themes of high contrast, too.
import { join } from 'node:path';
import { buildForProduction, packageExtension, packageFixture } from '../package.ts';
import { OUTPUT } from '../vscode/paths.ts';
import { Album, type Look } from './album.ts';
import { takeDocsPictures } from './docs.ts';
import { takeEditorStates } from './editorStates.ts';
import { takeFirstStates } from './firstStates.ts';
import { takeHovers } from './hovers.ts';
import { takeLabStates } from './labStates.ts';
import { takeStates } from './states.ts';
import { takeWindowStates } from './windowStates.ts';

const THEMES = ['light', 'dark', 'contrast', 'contrastLight'] as const;
const ZOOM = 2;
const NARROW = 400;
const named = process.argv.slice(2);
const isWanted = (...names: readonly string[]) =>
  named.length === 0 || names.some((name) => named.includes(name));

buildForProduction();
const vsix = await packageExtension('complete', join(OUTPUT, 'packages'));
const koreanPack = await packageFixture('koreanPack');
const LOOKS: readonly Look[] = [
  { name: 'light', theme: 'light' },
  { name: 'dark', theme: 'dark', otherThemes: ['contrast', 'contrastLight'] },
  { name: 'zoomed', theme: 'light', zoom: ZOOM },
  { name: 'korean', theme: 'light', koreanPack },
  { name: 'narrow', theme: 'light', width: NARROW },
  { name: 'korean-narrow', theme: 'light', koreanPack, width: NARROW },
];
const PARTS: Readonly<Record<string, (vsix: string, album: Album) => Promise<void>>> = {
  first: takeFirstStates,
  panel: takeStates,
  hovers: takeHovers,
  editors: takeEditorStates,
  windows: takeWindowStates,
  lab: takeLabStates,
};
/** Of these the width of the panel changes nothing. */
const WIDE_ONLY: ReadonlySet<string> = new Set(['hovers', 'editors', 'windows']);

if (isWanted('docs')) for (const theme of THEMES) await takeDocsPictures(vsix, theme);
for (const look of LOOKS)
  for (const [part, take] of Object.entries(PARTS)) {
    if (!isWanted(part, look.name, `${part}-${look.name}`) || (look.width && WIDE_ONLY.has(part))) continue;
    for (const each of looksOf(part, look)) await take(vsix, new Album(part, each));
  }
process.exit();

/** A hover keeps the colours that it was opened with: it's opened in each theme. */
function looksOf(part: string, look: Look): readonly Look[] {
  const { otherThemes = [], ...own } = look;
  if (part !== 'hovers') return [look];
  return [own, ...otherThemes.map((theme) => ({ ...own, name: theme, theme }))];
}
