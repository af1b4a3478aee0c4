import { l10n } from 'vscode';
import type { PanelRequests } from '../../../protocol/panelChannel.ts';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';
import type { AlphaWriter } from '../alpha/writtenAlpha.ts';
import { revealConfig } from '../revealConfig.ts';

/** How the page has α written to the code that the panel, or its α, is from: what is written is shown there, too. */
export function alphaRequests(
  config: () => ConfigSnapshot | undefined,
  writer: AlphaWriter,
): Pick<PanelRequests, 'previewAlpha' | 'applyAlpha' | 'undoAlpha'> {
  return {
    previewAlpha: async (shown) => {
      const from = config();
      if (!from) return { why: l10n.t('This α doesn’t come from code.') };
      return writer.preview({ ...from.source, loss: from.name }, shown);
    },
    applyAlpha: async (id) => {
      const written = await writer.apply(id);
      if (!('done' in written)) return written;
      await revealConfig({ source: written.at }, true);
      return { done: written.done, undo: written.undo };
    },
    undoAlpha: async (id) => {
      const undone = await writer.undo(id);
      if (!('done' in undone)) return undone;
      await revealConfig({ source: undone.at }, true);
      return { done: undone.done };
    },
  };
}
