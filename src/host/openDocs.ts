import {
  commands,
  type ExtensionContext,
  ExtensionMode,
  env,
  l10n,
  type QuickPickItem,
  Uri,
  window,
} from 'vscode';
import { LEARN_PAGES, type LearnPage } from '../protocol/learnPages.ts';

type DocsPlace = Pick<ExtensionContext, 'extensionUri' | 'extensionMode'>;

interface Page extends QuickPickItem {
  readonly path: string;
}

/**
 * Asks which page of the documentation to read, if `learn` isn't one of docs/learn, and shows it as the editor shows Markdown. In a package, README and CHANGELOG have names
 * in lower case, as vsce writes them.
 */
export async function openDocs({ extensionUri, extensionMode }: DocsPlace, learn?: unknown): Promise<void> {
  const wanted = LEARN_PAGES.find((name) => name === learn);
  if (wanted) return showPage(extensionUri, learnPath(wanted));
  const isPackaged = extensionMode === ExtensionMode.Production;
  const pages: Page[] = [
    {
      path: env.language === 'ko' ? 'README.ko.md' : isPackaged ? 'readme.md' : 'README.md',
      label: l10n.t('Overview'),
      description: l10n.t('what Smooth Labels does, in one page'),
    },
    { path: 'docs/panel.md', label: l10n.t('The panel'), description: l10n.t('figures, tabs, export') },
    {
      path: 'docs/code.md',
      label: l10n.t('Losses in code'),
      description: l10n.t('CodeLens, hover, settings'),
    },
    {
      path: 'docs/checks.md',
      label: l10n.t('Checks'),
      description: l10n.t('mistakes that are found, and how to fix them'),
    },
    { path: 'docs/notebook.md', label: l10n.t('Notebooks'), description: l10n.t('cell outputs and targets') },
    {
      path: SCALE,
      label: l10n.t('Where the data is'),
      description: l10n.t('measure in a kernel or on a compute cluster'),
    },
    { path: 'docs/formats.md', label: l10n.t('File formats'), description: l10n.t('what can be read') },
    {
      path: 'docs/semantics.md',
      label: l10n.t('What α means'),
      description: l10n.t('conventions, formulas and 77 APIs, with sources'),
    },
    {
      path: learnPath('label-smoothing'),
      label: l10n.t('Learn: label smoothing'),
      description: l10n.t('what it does, why, and what is related to it'),
    },
    {
      path: 'docs/speed.md',
      label: l10n.t('Speed'),
      description: l10n.t('benchmarks against PyTorch and tfjs'),
    },
    {
      path: 'docs/tools.md',
      label: l10n.t('Tools for AI assistants'),
      description: l10n.t('what a chat or an agent can ask'),
    },
    {
      path: 'docs/api.md',
      label: l10n.t('API for other extensions'),
      description: 'computeLoss, findLossConfigs, readLogits',
    },
    { path: isPackaged ? 'changelog.md' : 'CHANGELOG.md', label: l10n.t('Changelog') },
  ];
  const page = await window.showQuickPick(pages, {
    title: l10n.t('Smooth Labels documentation'),
    matchOnDescription: true,
  });
  if (page) await showPage(extensionUri, page.path);
}

const SCALE = 'docs/scale.md';

/** The page about measuring where the logits are. */
export async function openScaleDocs({ extensionUri }: DocsPlace): Promise<void> {
  await showPage(extensionUri, SCALE);
}

async function showPage(extensionUri: Uri, path: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(extensionUri, path));
}

/** In Korean where the display is. */
function learnPath(page: LearnPage): string {
  return env.language === 'ko' ? `docs/learn/ko/${page}.md` : `docs/learn/${page}.md`;
}
