import type { PlaceRange } from '../../protocol/engineChannel.ts';
import { addressOf, cellAt } from '../notebook/cellAddress.ts';
import type { Source, TargetsSource } from './source.ts';

/** Once logits are found around the cursor, or a cell is found by its index, it's them that are followed, wherever they go. */
export function narrowed(source: Source, range: PlaceRange | null): Source {
  const { targets, ...part } = source;
  const narrow = narrowedPart(part, range);
  return { ...narrow, ...(targets && { targets: narrowedPart(targets, null) }) };
}

function narrowedPart(source: TargetsSource, range: PlaceRange | null): TargetsSource {
  if (source.kind === 'cell') {
    const cell = cellAt(source);
    return cell ? { ...source, ...addressOf(cell) } : source;
  }
  if (source.kind !== 'document' || !source.cursor || !range) return source;
  const { cursor: _, ...rest } = source;
  return { ...rest, range };
}
