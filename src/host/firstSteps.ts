import { commands, l10n, Uri, window, workspace } from 'vscode';
import { COMMANDS, FIRST_STEPS } from './contributions.ts';

const done = new Set<string>();

/** Completes a step of the walkthrough: somebody has just done it. */
export function completeStep(step: keyof typeof FIRST_STEPS): void {
  if (done.has(step)) return;
  done.add(step);
  void commands.executeCommand('setContext', FIRST_STEPS[step], true);
}

const CODE = `import torch.nn as nn

model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
`;

/** Opens something to try a step with: code with a loss, a notebook, or logits. Anyone may ask for anything. */
export async function openExample(extensionUri: Uri, kind: unknown): Promise<void> {
  const sample = (name: string) => Uri.joinPath(extensionUri, 'media', 'samples', name);
  switch (kind) {
    case 'code': {
      const document = await workspace.openTextDocument({ language: 'python', content: CODE });
      await window.showTextDocument(document);
      return;
    }
    case 'notebook':
      await window.showNotebookDocument(
        await workspace.openNotebookDocument(sample('label-smoothing.ipynb')),
      );
      return;
    case 'logits':
      await commands.executeCommand(COMMANDS.openFile, sample('digits.logits.json'));
      return;
    default: {
      const examples = [
        { label: l10n.t('Code with a loss'), of: 'code' },
        { label: l10n.t('A notebook with logits'), of: 'notebook' },
        { label: l10n.t('A file of logits'), of: 'logits' },
      ];
      const chosen = await window.showQuickPick(examples, {
        title: l10n.t('Smooth labels'),
        placeHolder: l10n.t('Which example?'),
      });
      if (chosen) await openExample(extensionUri, chosen.of);
    }
  }
}
