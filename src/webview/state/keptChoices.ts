import type { KeptState } from '../../protocol/panelKept.ts';
import type { VsCodeApi } from './hostConnection.ts';

const KEEP_AFTER_MS = 200;

/** What is kept for when the page, or the window, is loaded again. */
export class KeptChoices {
  readonly #vscode: Pick<VsCodeApi, 'getState' | 'setState'>;
  #state: KeptState | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(vscode: Pick<VsCodeApi, 'getState' | 'setState'>) {
    this.#vscode = vscode;
  }

  /** What was kept before, and since. */
  get state(): KeptState | undefined {
    this.#state ??= this.#vscode.getState();
    return this.#state;
  }

  /** Keeps the state of what is in front, once it has been still for a moment; that of the other stays. */
  keep(state: KeptState): void {
    const next = { ...this.state, ...state };
    this.#state = next;
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#vscode.setState(next), KEEP_AFTER_MS);
  }
}
