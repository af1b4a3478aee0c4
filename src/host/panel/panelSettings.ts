import { workspace } from 'vscode';
import type { PictureTheme } from '../../protocol/panelChannel.ts';
import { SETTINGS } from '../contributions.ts';

/** α where neither the source nor code says it. */
const USUAL_ALPHA = 0.1;

/** The α that logits are shown with first, if neither their source nor code says one. Settings may hold anything. */
export function firstAlpha(): number {
  const alpha = workspace.getConfiguration().get<unknown>(SETTINGS.defaultAlpha);
  return typeof alpha === 'number' && alpha >= 0 && alpha <= 1 ? alpha : USUAL_ALPHA;
}

export function pictureTheme(): PictureTheme {
  const theme = workspace.getConfiguration().get<unknown>(SETTINGS.pictureTheme);
  return theme === 'light' || theme === 'dark' ? theme : 'window';
}
