// The entry of dist/lab.js: the lab, with its data sets. Its trainer is a worker of its own.
import { type ExtensionContext, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { TrainerClient } from '../../engine/trainer/trainerClient.ts';
import type { StoryId } from '../../lab/experiments/stories.ts';
import { LAB_VIEW_TYPE } from '../contributions.ts';
import type { RegisteredEditor } from '../editor/registerEditor.ts';
import { speakDisplayLanguage } from '../loading/displayLanguage.ts';
import { startTrainer } from '../loading/startTrainer.ts';
import { LabAlpha } from './labAlpha.ts';
import { LabPanel } from './labPanel.ts';
import { OwnFiles } from './ownFiles.ts';

speakDisplayLanguage();

export interface LabFeatures {
  /** The command "Open the lab"; with the name of a story, at that one. Anyone may run it with anything. */
  open(story?: unknown): void;
  restore(panel: WebviewPanel): void;
}

/** What the lab needs of the rest of the extension. */
export interface LabNeeds extends Pick<RegisteredEditor, 'lossPlaces' | 'alphaWriter'> {
  readonly engine: Pick<EngineClient, 'sample' | 'list' | 'features'>;
}

const STORY_IDS: readonly StoryId[] = [
  'overconfidence',
  'calibration',
  'clusters',
  'wrongLabels',
  'teacher',
  'hurts',
  'own',
];

/** Builds the lab, once. */
export function createLab(
  { extension, extensionUri, subscriptions }: ExtensionContext,
  needs: LabNeeds,
): LabFeatures {
  const trainer = new TrainerClient(() => startTrainer(extensionUri));
  subscriptions.push(trainer);
  let lab: LabPanel | undefined;
  const take = (panel: WebviewPanel) => {
    const ownFiles = new OwnFiles(needs.engine);
    const { version } = extension.packageJSON as { readonly version: string };
    const parts = { extensionUri, version, trainer, ownFiles, alpha: new LabAlpha(needs) };
    const taken = new LabPanel(panel, parts);
    taken.onDidDispose(() => {
      if (lab === taken) lab = undefined;
    });
    lab = taken;
    return taken;
  };
  return {
    open(story) {
      lab?.reveal();
      // What was trained took a while: the page keeps it while it isn't seen.
      const options = { enableScripts: true, retainContextWhenHidden: true };
      const shown = lab ?? take(window.createWebviewPanel(LAB_VIEW_TYPE, '', ViewColumn.Active, options));
      const wanted = STORY_IDS.find((id) => id === story);
      if (wanted) shown.showStory(wanted);
    },
    restore(panel) {
      if (lab) panel.dispose();
      else take(panel);
    },
  };
}
