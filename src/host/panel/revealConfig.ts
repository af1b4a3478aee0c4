import { l10n, Position, Range, Uri, ViewColumn, window } from 'vscode';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { sayWarning } from '../messages/notifications.ts';
import { cellOfDocument, revealCell } from '../notebook/cellAddress.ts';

/** Shows where a configuration is: in its file, or its cell. */
export async function revealConfig(
  { source }: Pick<ConfigSnapshot, 'source'>,
  preserveFocus = false,
): Promise<void> {
  const place = new Position(source.line, source.character);
  const uri = Uri.parse(source.uri);
  const visible = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === source.uri);
  try {
    const cell = cellOfDocument(source.uri);
    if (cell) return await revealCell(cell, preserveFocus);
    await window.showTextDocument(uri, {
      viewColumn: visible?.viewColumn ?? ViewColumn.One,
      selection: new Range(place, place),
      preserveFocus,
    });
  } catch {
    sayWarning(l10n.t('{0} can’t be shown, because it was closed or deleted.', source.name));
  }
}
