import { workspace as plain } from '../../../fixtures/vscode.ts';

/** What of the module `vscode` listens to documents and notebooks: none of them ever changes. */
export class Disposable {
  dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
  static from(...all: readonly { dispose(): void }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
}

const listen = () => new Disposable(() => {});

export const workspace = {
  ...plain,
  onDidChangeTextDocument: listen,
  onDidChangeNotebookDocument: listen,
  onDidCloseNotebookDocument: listen,
  onDidOpenNotebookDocument: listen,
};
