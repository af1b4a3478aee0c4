// Takes pictures of the packaged extension: `npm run screenshots [-- docs | states]`.
import { join } from 'node:path';
import { buildForProduction, packageExtension } from '../package.ts';
import { OUTPUT } from '../vscode/paths.ts';
import { takeDocsPictures } from './docs.ts';
import { takeStates } from './states.ts';

const THEMES = ['light', 'dark', 'contrast'] as const;
const wanted = process.argv[2];

buildForProduction();
const vsix = await packageExtension('complete', join(OUTPUT, 'packages'));
for (const theme of THEMES) {
  if (wanted !== 'states') await takeDocsPictures(vsix, theme);
  if (wanted !== 'docs') await takeStates(vsix, theme);
}
process.exit();
