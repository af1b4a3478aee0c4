import { l10n } from 'vscode';
import { PRINT_ALL } from '../../../problems/sources/printAll.ts';
import type { Printer } from '../../../readers/readProblem.ts';
import { sayError } from '../../messages/notifications.ts';
import { cellInView } from '../../sources/findSource.ts';
import { isCell } from '../cellAddress.ts';
import { canMeasure, measureInKernel } from './measureInKernel.ts';

/** The command "Measure in the kernel", of a cell or of the one that's in view. Anyone may run it with anything. */
export async function measureCellInView(of?: unknown, printer?: unknown): Promise<void> {
  const cell = isCell(of) ? of : cellInView();
  if (!cell || !canMeasure(cell)) {
    void sayError(l10n.t('Select the Python cell that shows the logits, and run the command again.'));
    return;
  }
  await measureInKernel(cell, isPrinter(printer) ? printer : undefined);
}

function isPrinter(name: unknown): name is Printer {
  return typeof name === 'string' && Object.hasOwn(PRINT_ALL, name);
}
