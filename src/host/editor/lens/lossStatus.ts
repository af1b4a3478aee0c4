import {
  type Disposable,
  l10n,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  type TextEditor,
  window,
} from 'vscode';
import { COMMANDS, LOSS_STATUS } from '../../contributions.ts';
import { isEligible } from '../documents/eligibleDocuments.ts';
import { editorSettings } from '../editorSettings.ts';
import type { LensTarget } from './codeLens.ts';

/** What is said of the loss under the cursor. */
export interface LossAtCursor {
  /** As its lens has it: "α 0.1 · K 10 → 0.91 / 0.01 · floor 0.500 nats". */
  readonly text: string;
  readonly name: string;
  readonly target: LensTarget;
}

/** The cursor moves on for about this long before it's looked at. */
const MOVE_PAUSE_MS = 120;

/** Says in the status bar what the loss under the cursor comes to: a lens above the first line is scrolled out of view. */
export class LossStatus implements Disposable {
  readonly #lossAt: (document: TextDocument, line: number) => Promise<LossAtCursor | undefined>;
  #item: StatusBarItem | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #subscriptions = [
    window.onDidChangeActiveTextEditor(() => this.update()),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === window.activeTextEditor) this.update();
    }),
  ];

  constructor(lossAt: (document: TextDocument, line: number) => Promise<LossAtCursor | undefined>) {
    this.#lossAt = lossAt;
  }

  /** The cursor is elsewhere, or the code is different. */
  update(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(window.activeTextEditor), MOVE_PAUSE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#item?.dispose();
  }

  async #look(editor: TextEditor | undefined): Promise<void> {
    const loss = editor && (await this.#lossIn(editor));
    if (editor !== window.activeTextEditor) return;
    if (!loss) {
      this.#item?.hide();
      return;
    }
    this.#item ??= this.#newItem();
    this.#item.text = `$(graph) ${loss.text}`;
    this.#item.tooltip = l10n.t('{0}: show in Smooth Labels', loss.name);
    this.#item.command = {
      title: l10n.t('Smooth labels'),
      command: COMMANDS.openConfig,
      arguments: [loss.target],
    };
    this.#item.show();
  }

  async #lossIn({ document, selection }: TextEditor): Promise<LossAtCursor | undefined> {
    if (!isEligible(document)) return undefined;
    const { statusBar, isExcluded } = editorSettings(document);
    return statusBar && !isExcluded ? this.#lossAt(document, selection.active.line) : undefined;
  }

  #newItem(): StatusBarItem {
    const item = window.createStatusBarItem(LOSS_STATUS, StatusBarAlignment.Right, 100);
    item.name = l10n.t('Smooth Labels');
    return item;
  }
}
