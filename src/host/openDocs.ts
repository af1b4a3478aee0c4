import { commands, l10n, type QuickPickItem, Uri, window } from 'vscode';

interface Page extends QuickPickItem {
  readonly path: string;
}

/** Asks which page of the documentation to read, and shows it as the editor shows Markdown. */
export async function openDocs(extensionUri: Uri): Promise<void> {
  const pages: Page[] = [
    {
      path: 'README.md',
      label: l10n.t('Overview'),
      description: l10n.t('what Smooth Labels does, in one page'),
    },
    { path: 'docs/panel.md', label: l10n.t('The panel'), description: l10n.t('figures, tabs, export') },
    {
      path: 'docs/code.md',
      label: l10n.t('Losses in code'),
      description: l10n.t('CodeLens, hover, settings'),
    },
    { path: 'docs/notebook.md', label: l10n.t('Notebooks'), description: l10n.t('cell outputs and targets') },
    { path: 'docs/formats.md', label: l10n.t('File formats'), description: l10n.t('what can be read') },
    {
      path: 'docs/semantics.md',
      label: l10n.t('What α means'),
      description: l10n.t('conventions, formulas and 76 APIs, with sources'),
    },
    {
      path: 'docs/speed.md',
      label: l10n.t('Speed'),
      description: l10n.t('benchmarks against PyTorch and tfjs'),
    },
    {
      path: 'docs/api.md',
      label: l10n.t('API for other extensions'),
      description: 'computeLoss, findLossConfigs',
    },
    { path: 'CHANGELOG.md', label: l10n.t('Changelog') },
  ];
  const page = await window.showQuickPick(pages, {
    title: l10n.t('Smooth Labels documentation'),
    matchOnDescription: true,
  });
  if (page) await commands.executeCommand('markdown.showPreview', Uri.joinPath(extensionUri, page.path));
}
