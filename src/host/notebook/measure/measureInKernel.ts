import {
  l10n,
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  type QuickPickItem,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Printer } from '../../../readers/readProblem.ts';
import { count } from '../../../words/numberFormat.ts';
import { sayInformation } from '../../messages/notifications.ts';
import { revealCell } from '../cellAddress.ts';
import { tensorName } from '../printInFull.ts';
import {
  KERNEL_DIALECTS,
  type KernelDialect,
  likelyDialect,
  likelyScope,
  likelyTargets,
  type MeasuredScope,
  MOST_ROWS_SHOWN,
  measureCell,
} from './measureCell.ts';

/** True for a cell of Python: the only language there is a function in. */
export function canMeasure({ document }: NotebookCell): boolean {
  return document.languageId === 'python';
}

/**
 * Puts a cell below that measures the logits where they are. Whoever sees it edits and runs it: nothing runs by itself. In Restricted Mode
 * it's only shown. `printer`: what printed the logits, if that is known.
 */
export async function measureInKernel(cell: NotebookCell, printer?: Printer): Promise<void> {
  const { notebook, document, index } = cell;
  const before = notebook
    .getCells()
    .slice(0, index + 1)
    .filter(({ kind }) => kind === NotebookCellKind.Code)
    .map((each) => each.document.getText())
    .toReversed();
  const above = before.join('\n');
  const dialect = likelyDialect(printer, above) ?? (await chooseDialect());
  const scope = dialect && (await chooseScope(likelyScope(dialect, above)));
  if (!scope) return;
  const code = measureCell(dialect, { logits: tensorName(cell), targets: likelyTargets(before) }, scope);
  if (!workspace.isTrusted) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'python', content: code }));
    void sayInformation(
      l10n.t('This folder is in Restricted Mode, so the cell is only shown here. Nothing was inserted.'),
    );
    return;
  }
  const below = new NotebookCellData(NotebookCellKind.Code, code, document.languageId);
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [NotebookEdit.insertCells(index + 1, [below])]);
  if (await workspace.applyEdit(edit)) await revealCell(notebook.cellAt(index + 1));
}

/** The likely one first. */
async function chooseScope(likely: MeasuredScope): Promise<MeasuredScope | undefined> {
  const rows = {
    scope: 'rows',
    label: l10n.t('Each row'),
    detail: l10n.t(
      'Everything at T = 1, and the table of rows: 64 bytes a row, at most {0} rows in a cell',
      count(MOST_ROWS_SHOWN),
    ),
  } as const;
  const sums = {
    scope: 'sums',
    label: l10n.t('Sums only'),
    detail: l10n.t('Any number of rows in 2 MB: the loss at any α, class weights, calibration, the best T'),
  } as const;
  const items = likely === 'rows' ? [rows, sums] : [sums, rows];
  const chosen = await window.showQuickPick(items, { title: l10n.t('What should the cell compute?') });
  return chosen?.scope;
}

async function chooseDialect(): Promise<KernelDialect | undefined> {
  const items = KERNEL_DIALECTS.map((label): QuickPickItem & { label: KernelDialect } => ({ label }));
  const chosen = await window.showQuickPick(items, { title: l10n.t('Which library holds the logits?') });
  return chosen?.label;
}
