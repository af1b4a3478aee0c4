import { workspace } from 'vscode';
import { tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import { type CellSource, cellSource } from '../sources/kinds/cellSource.ts';
import { addressOf } from './cellAddress.ts';

/** The outputs of all notebooks that are open which may have tensors in them, the ones further down first: they're newer as a rule. */
export function outputsInNotebooks(): CellSource[] {
  return workspace.notebookDocuments.flatMap((notebook) =>
    notebook
      .getCells()
      .toReversed()
      .flatMap((cell) => tensorTexts(cell).map((_, output) => cellSource({ ...addressOf(cell), output }))),
  );
}
