import { env, l10n, type QuickPickItem, Uri, window, workspace } from 'vscode';
import { EXTENSIONS } from '../../engine/fileFormats.ts';
import { labelText } from '../../escape/label.ts';
import type { CellSource } from './kinds/cellSource.ts';
import { type DocumentSource, documentSource } from './kinds/documentSource.ts';
import { kindOf } from './kinds/kindOf.ts';
import { textSource } from './kinds/textSource.ts';
import { type Source, sourceName } from './source.ts';

interface Choice extends QuickPickItem {
  readonly source: () => Promise<Source | undefined>;
}

/**
 * Asks where the logits are, for when there are none in view. `why` says what was looked at. What is in `editors` is offered first, then
 * outputs of cells, and the samples, if it's known where the extension and they are.
 */
export async function pickSource(
  why: string,
  {
    editors = [],
    cells = [],
    samples,
  }: {
    readonly editors?: readonly DocumentSource[];
    readonly cells?: readonly CellSource[];
    readonly samples?: Uri;
  },
): Promise<Source | undefined> {
  const choices: Choice[] = [
    ...editors.map(choiceOf),
    ...cells.map(cellChoice),
    ...(samples ? sampleChoices(samples) : []),
    {
      label: `$(clippy) ${l10n.t('Paste from the clipboard')}`,
      description: l10n.t('JSON, a printed tensor, or plain numbers'),
      source: clipboard,
    },
    {
      label: `$(folder-opened) ${l10n.t('Choose a file…')}`,
      description: EXTENSIONS.map((extension) => `.${extension}`).join(', '),
      source: chooseFile,
    },
  ];
  const choice = await window.showQuickPick(choices, { title: l10n.t('Smooth labels'), placeHolder: why });
  return choice?.source();
}

function sampleChoices(extensionUri: Uri): Choice[] {
  return [
    {
      label: `$(beaker) ${l10n.t('Open the sample')}`,
      description: l10n.t('500 handwritten digits, 10 classes'),
      source: async () =>
        documentSource(Uri.joinPath(extensionUri, 'media', 'samples', 'digits.logits.json')),
    },
    {
      label: `$(notebook) ${l10n.t('Open the sample notebook')}`,
      description: l10n.t('logits printed by PyTorch'),
      source: async () => {
        const uri = Uri.joinPath(extensionUri, 'media', 'samples', 'label-smoothing.ipynb');
        await window.showNotebookDocument(await workspace.openNotebookDocument(uri));
        return undefined;
      },
    },
  ];
}

function choiceOf(source: DocumentSource): Choice {
  const { range } = source;
  const lines = range && l10n.t('lines {0}–{1}', range.start.line + 1, range.end.line + 1);
  return {
    label: `$(file) ${labelText(sourceName(source))}`,
    ...(lines && { description: lines }),
    source: async () => source,
  };
}

function cellChoice(source: CellSource): Choice {
  return {
    label: `$(notebook) ${labelText(kindOf(source).nameAsTargets?.(source) ?? sourceName(source))}`,
    description: labelText(sourceName(source)),
    source: async () => source,
  };
}

async function clipboard(): Promise<Source> {
  return textSource(l10n.t('clipboard'), await env.clipboard.readText());
}

export async function chooseFile(): Promise<DocumentSource | undefined> {
  const filters = { [l10n.t('Logits')]: EXTENSIONS, [l10n.t('All files')]: ['*'] };
  const [uri] = (await window.showOpenDialog({ filters })) ?? [];
  return uri && documentSource(uri);
}
