import { l10n } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { BatchSummary } from '../../protocol/engineChannel.ts';
import type { CellTensors } from '../notebook/cellTensors.ts';
import type { CellSource } from '../sources/kinds/cellSource.ts';
import type { TargetsSource } from '../sources/kinds/kindOf.ts';
import { findTargets, stillFits } from './findCellTargets.ts';
import { pickTargets } from './pickTargets.ts';
import type { TargetChoices } from './targetChoices.ts';

/**
 * Where the targets of a cell's logits are: as was chosen before, if it's still there, else as the user says. Null if there are
 * none, or none are wanted; undefined if the user doesn't say.
 */
export async function chooseTargets(
  engine: Pick<EngineClient, 'list'>,
  tensors: CellTensors,
  choices: TargetChoices,
  logits: CellSource,
  summary: Pick<BatchSummary, 'shape' | 'classAxis'>,
): Promise<TargetsSource | null | undefined> {
  const before = choices.of(logits);
  if (before === null || (before && (await stillFits(tensors, before, summary)))) return before;
  const candidates = await findTargets(engine, tensors, logits, summary);
  if (candidates.length === 0) return null;
  const chosen = await pickTargets(
    candidates,
    l10n.t('Which are the targets? Your choice is remembered for this notebook.'),
  );
  if (chosen !== undefined) await choices.choose(logits, chosen);
  return chosen;
}
