import { workspace as plain } from '../../../fixtures/vscode.ts';

/** The module `vscode` for who listens to documents and notebooks: none of them ever changes. */
export * from '../../../fixtures/vscode.ts';

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
