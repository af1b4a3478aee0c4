import {
  type ConfigurationChangeEvent,
  languages,
  RelativePattern,
  type TextDocument,
  workspace,
} from 'vscode';
import { SETTINGS } from '../contributions.ts';
import type { LensSetting } from './lens/codeLens.ts';

/** What the settings say about the losses in a document. */
export interface EditorSettings {
  readonly codeLens: LensSetting;
  readonly hover: boolean;
  /** The loss under the cursor is in the status bar. */
  readonly statusBar: boolean;
  /** Nothing is shown in it, unless a command asks. */
  readonly isExcluded: boolean;
}

export function editorSettings(document: TextDocument): EditorSettings {
  const settings = workspace.getConfiguration(undefined, document);
  return {
    codeLens: settings.get<LensSetting>(SETTINGS.codeLens, 'all'),
    hover: settings.get<boolean>(SETTINGS.hover, true),
    statusBar: settings.get<boolean>(SETTINGS.statusBar, true),
    isExcluded: isExcluded(document, settings.get<unknown>(SETTINGS.exclude)),
  };
}

export function affectsEditor(event: ConfigurationChangeEvent): boolean {
  const all = [SETTINGS.codeLens, SETTINGS.hover, SETTINGS.statusBar, SETTINGS.exclude, SETTINGS.checks];
  return all.some((setting) => event.affectsConfiguration(setting));
}

/** Globs are relative to the folder of the workspace, and a folder's name stands for all that is in it. */
function isExcluded(document: TextDocument, globs: unknown): boolean {
  if (!Array.isArray(globs)) return false;
  const folder = workspace.getWorkspaceFolder(document.uri);
  return globs
    .filter((glob) => typeof glob === 'string')
    .flatMap((glob) => [glob, `${glob}/**`])
    .some(
      (glob) => languages.match({ pattern: folder ? new RelativePattern(folder, glob) : glob }, document) > 0,
    );
}
