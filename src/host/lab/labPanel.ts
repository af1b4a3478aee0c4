import { commands, l10n, Uri, type WebviewPanel } from 'vscode';
import type { StoryId } from '../../lab/experiments/stories.ts';
import type { LabFunctions, LabRequests } from '../../protocol/labChannel.ts';
import { COMMANDS } from '../contributions.ts';
import { connectPage } from '../panel/page/connectPage.ts';
import { Exports } from '../panel/panelExports.ts';
import { pictureTheme } from '../panel/panelSettings.ts';
import type { LabAlpha } from './labAlpha.ts';
import { LabRuns, type LabTrainer } from './labRuns.ts';
import { LAB_SCHEMAS } from './labSchemas.ts';
import type { OwnFiles } from './ownFiles.ts';

/** What the lab's panel is built of. */
export interface LabParts {
  readonly extensionUri: Uri;
  readonly version: string;
  readonly trainer: LabTrainer;
  readonly ownFiles: OwnFiles;
  readonly alpha: LabAlpha;
}

/** The lab in a webview. Its page holds what was trained; it lives as long as the panel, seen or not. */
export class LabPanel {
  readonly #panel: WebviewPanel;
  readonly #page: LabFunctions;
  readonly #runs: LabRuns;
  /** What is to be shown once the page can take messages. */
  #wanted: StoryId | undefined;
  #isReady = false;

  constructor(panel: WebviewPanel, { extensionUri, version, trainer, ownFiles, alpha }: LabParts) {
    this.#panel = panel;
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.title = l10n.t('Smooth Labels: the lab');
    const exports = new Exports(() => ({ name: 'lab' }));
    const requests: LabRequests = {
      ready: () => this.#loaded(),
      version: async () => version,
      estimate: (of) => this.#runs.estimate(of),
      train: (run, of) => this.#runs.train(run, of),
      goOn: (run, without) => this.#runs.goOn(run, without),
      pause: (run) => this.#runs.pause(run),
      release: (run) => void this.#runs.release(run),
      teach: (run, settings, firstSeed) => this.#runs.teach(run, settings, firstSeed),
      chooseOwn: () => ownFiles.choose(),
      leaveOut: async (id, row) => ownFiles.leaveOut(id, row),
      exportText: (name, kind, text, to) => exports.text(name, kind, text, to),
      exportTable: (name, table, format, to) => exports.table(name, table, format, to),
      exportPicture: (name, picture, to) => exports.picture(name, picture, to),
      pictureTheme: async () => pictureTheme(),
      previewAlpha: (shown) => alpha.preview(shown),
      applyAlpha: (id) => alpha.apply(id),
      undoAlpha: (id) => alpha.undo(id),
      openLearn: (page) => void commands.executeCommand(COMMANDS.openDocs, page),
    };
    this.#page = connectPage<LabFunctions, LabRequests>(panel, extensionUri, {
      name: 'labPage',
      requests,
      schemas: LAB_SCHEMAS,
      eventNames: ['showStory', 'started', 'progress', 'snapshots', 'reliability', 'part', 'stopped'],
    });
    this.#runs = new LabRuns(
      trainer,
      this.#page,
      (id) => ownFiles.set(id),
      () => panel.visible,
    );
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#runs.pauseHidden();
    });
    panel.onDidDispose(() => this.#runs.releaseAll());
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  showStory(story: StoryId): void {
    this.#wanted = story;
    if (this.#isReady) this.#page.showStory(story);
  }

  /** The page was loaded, perhaps again: what it had trained is gone. */
  #loaded(): void {
    this.#runs.releaseAll();
    this.#isReady = true;
    if (this.#wanted) this.#page.showStory(this.#wanted);
    this.#wanted = undefined;
  }
}
