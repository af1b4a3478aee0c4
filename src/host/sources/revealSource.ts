import { l10n } from 'vscode';
import type { PlaceRange } from '../../protocol/engineChannel.ts';
import { sayWarning } from '../messages/notifications.ts';
import { kindOf, type TargetsSource } from './kinds/kindOf.ts';
import { sourceName } from './source.ts';

/** Shows where something is: a range of a document, or the cell it's an output of. */
export async function revealSource(
  source: TargetsSource,
  range: PlaceRange | null | undefined,
): Promise<void> {
  try {
    await kindOf(source).reveal?.(source, range);
  } catch {
    sayWarning(
      l10n.t('{0} can’t be shown: it was closed or deleted, or it’s too large.', sourceName(source)),
    );
  }
}
