import { l10n, Uri, ViewColumn, window } from 'vscode';
import type { PlaceRange } from '../../protocol/engineChannel.ts';
import { sayWarning } from '../messages/notifications.ts';
import { cellAt, revealCell } from '../notebook/cellAddress.ts';
import { toRange } from './editorPositions.ts';
import { sourceName, type TargetsSource } from './source.ts';

/** Shows where something is: a range of a document, or the cell it's an output of. */
export async function revealSource(
  source: TargetsSource,
  range: PlaceRange | null | undefined,
): Promise<void> {
  try {
    if (source.kind === 'cell') {
      const cell = cellAt(source);
      if (!cell) throw new Error('There is no such cell');
      await revealCell(cell);
    } else if (source.kind === 'document' && range) {
      const visible = window.visibleTextEditors.find(
        (editor) => editor.document.uri.toString() === source.uri,
      );
      const viewColumn = visible?.viewColumn ?? ViewColumn.One;
      await window.showTextDocument(Uri.parse(source.uri), { viewColumn, selection: toRange(range) });
    }
  } catch {
    sayWarning(l10n.t('{0} can’t be shown: it was closed, deleted, or is too large.', sourceName(source)));
  }
}
