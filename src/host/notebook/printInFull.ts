import {
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import type { Printer } from '../../readers/readProblem.ts';
import { revealCell } from './cellAddress.ts';
import { fullPrintCode, printedName } from './fullPrint.ts';

/** Puts a cell below that prints the tensor in full. Running it is up to the user. */
export async function insertFullPrint(cell: NotebookCell, printer: Printer): Promise<void> {
  const { notebook, document, index } = cell;
  const code = fullPrintCode(printer, tensorName(cell));
  const below = new NotebookCellData(NotebookCellKind.Code, code, document.languageId);
  const edit = new WorkspaceEdit();
  edit.set(notebook.uri, [NotebookEdit.insertCells(index + 1, [below])]);
  if (await workspace.applyEdit(edit)) await revealCell(notebook.cellAt(index + 1));
}

/** What the tensor that a cell shows is called; undefined if nothing is called so. */
export function tensorName(cell: NotebookCell): string | undefined {
  return printedName(cell.document.getText()) ?? resultOf(cell);
}

/** IPython keeps what an expression came to by the number of its run. */
function resultOf({ outputs, executionSummary }: NotebookCell): string | undefined {
  const run = executionSummary?.executionOrder;
  const isResult = outputs.some(({ metadata }) => metadata?.outputType === 'execute_result');
  return run !== undefined && isResult ? `Out[${run}]` : undefined;
}
